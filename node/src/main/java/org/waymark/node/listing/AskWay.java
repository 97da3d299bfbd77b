// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// How a visitor asks for help from a listing; what decides it lies elsewhere.
public enum AskWay {
    /// By a form of this site.
    FORM,
    /// By phone only (safety.md 9).
    PHONE,
    /// On the site of whoever runs it: no third node sees what they write.
    THERE,
    /// Not through any site now.
    NONE
}
