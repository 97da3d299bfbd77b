// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.util.ArrayDeque;
import java.util.List;

/// One page of many things that come one after the other; the others are counted and forgotten. A
/// page after the last one shows the last.
final class Window<T> {

    private final int wanted;
    private final int size;
    private final ArrayDeque<T> kept = new ArrayDeque<>();
    private int total;

    Window(int page, int size) {
        this.wanted = Math.max(1, page);
        this.size = size;
    }

    void add(T one) {
        if ((long) total >= (long) wanted * size) {
            total++;
            return;
        }
        if (total % size == 0) {
            kept.clear();
        }
        kept.add(one);
        total++;
    }

    List<T> shown() {
        return List.copyOf(kept);
    }

    int total() {
        return total;
    }

    int pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    int number() {
        return Math.min(wanted, pages());
    }
}
