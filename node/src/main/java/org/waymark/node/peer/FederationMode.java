// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.Arrays;

/// What a stranger may ask for (`federation.mode`).
public enum FederationMode {
    /// Peering, and to follow an organisation. Both wait for staff. The default.
    ALLOW_LIST("allow-list"),
    /// Peering, which waits for staff; and anyone may follow the public listings of an
    /// organisation.
    OPEN_LISTINGS("open-listings"),
    /// Nothing: peers are found by us only.
    CLOSED("closed");

    private final String word;

    FederationMode(String word) {
        this.word = word;
    }

    /// The mode by its word in the settings; one we do not know is the default, which allows less
    /// than any other that lets strangers in.
    public static FederationMode of(String word) {
        return Arrays.stream(values())
                .filter(it -> it.word.equals(word))
                .findFirst()
                .orElse(ALLOW_LIST);
    }
}
