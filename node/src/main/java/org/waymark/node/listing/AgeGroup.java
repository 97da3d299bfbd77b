// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Roughly how old someone is: nobody has to say more to find what fits.
public enum AgeGroup {
    CHILD(0, 11),
    YOUTH(12, 17),
    ADULT(18, 64),
    OLDER(65, 150);

    private final int from;
    private final int to;

    AgeGroup(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /// The groups that a service takes some of. One that names no age takes all.
    static Set<AgeGroup> between(OptionalInt minimum, OptionalInt maximum) {
        return Arrays.stream(values())
                .filter(group -> minimum.orElse(0) <= group.to && maximum.orElse(150) >= group.from)
                .collect(Collectors.toUnmodifiableSet());
    }
}
