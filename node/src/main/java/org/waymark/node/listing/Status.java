// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// Whether the service runs, in the words of HSDS.
public enum Status {
    ACTIVE,
    INACTIVE,
    DEFUNCT,
    TEMPORARILY_CLOSED
}
