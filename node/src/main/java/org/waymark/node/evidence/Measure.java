// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

/// What is counted. Names are message keys in lower case.
public enum Measure {
    ASKED,
    /// The first answer. The detail is the answer.
    ANSWERED,
    HELPED,
    /// It ended without help.
    NOT_HELPED,
    /// Somebody stopped it first.
    STOPPED,
    /// The detail is the reason. Kept without service and partner: beside a row of a referral it
    /// would tell what is sealed there.
    REFUSED,
    /// How many people those were who were helped. Kept without service and partner, too.
    REACHED
}
