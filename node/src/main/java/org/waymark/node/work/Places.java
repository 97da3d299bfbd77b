// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.util.function.Function;

/// How the jobs of one kind share the machine.
///
/// @param atOnce how many may run beside each other, all groups together
/// @param pace of one group; asked often, so it answers quickly
public record Places(int atOnce, Function<String, Pace> pace) {

    /// So many at once, and no groups.
    public static Places of(int atOnce) {
        return new Places(atOnce, _ -> Pace.of(atOnce));
    }
}
