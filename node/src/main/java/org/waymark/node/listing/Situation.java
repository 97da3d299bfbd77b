// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// What can decide whether someone can use a service at all. Unknown is never taken for yes.
public enum Situation {
    WOMEN_ONLY,
    FAMILIES,
    NO_PAPERS,
    NO_NAME,
    EVENING,
    ONLINE,
    INTERPRETER,
    SIGN_LANGUAGE
}
