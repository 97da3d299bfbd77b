// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// Whether a provider takes requests for help that another organisation sends.
public enum ReferralPolicy {
    TAKEN,
    /// By a call only.
    PHONE_ONLY,
    NOT_TAKEN,
    UNKNOWN
}
