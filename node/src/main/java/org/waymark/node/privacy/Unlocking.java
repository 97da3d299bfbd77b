// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

/// What opens the keys (`keys.unlock`; safety.md 17).
public enum Unlocking {
    /// The node, by itself: the master key lies in the key folder.
    SERVICE,
    /// Staff, by signing in: it lies there only under their passwords.
    STAFF
}
