// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// An answer that may be missing. Unknown counts as yes wherever that is the safer reading.
public enum Answer {
    YES,
    NO,
    UNKNOWN
}
