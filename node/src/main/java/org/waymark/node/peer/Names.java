// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

/// Names that strangers give themselves, before they are stored.
final class Names {

    // 500 characters: the limit published in FEDERATION.md.
    private static final int MOST = 500;

    private Names() {}

    static String shortened(String name) {
        return name.length() <= MOST ? name : name.substring(0, MOST);
    }
}
