// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Instant;

/// How fast the jobs of one group may go now.
///
/// @param atOnce how many may run beside each other
/// @param notBefore none begins before this moment
public record Pace(int atOnce, Instant notBefore) {

    /// So many at once, from now on.
    public static Pace of(int atOnce) {
        return new Pace(atOnce, Instant.MIN);
    }
}
