// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// What stands behind a listing: someone who helps, or an authority (safety rule 1).
public enum Kind {
    HELP,
    PUBLIC_OFFICE,
    /// Police, detention, removal: never under a topic, in suggestions or as a receiver.
    ENFORCEMENT
}
