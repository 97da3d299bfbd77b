// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

/// Why someone touches data. Written into every audit entry beside who and what.
public enum Purpose {
    /// Helping a person: referrals, cases, consent.
    HELP,
    /// Keeping the directory right: listings, imports, review.
    DIRECTORY,
    /// Working with other organisations: peering, agreements, focal points.
    PARTNERSHIP,
    /// Running the node: accounts, tokens, settings.
    ADMINISTRATION,
    /// Answering for it: audit, complaints, rights of the people concerned.
    OVERSIGHT,
    /// No person acts: a worker of the node does what a person set in motion.
    NODE
}
