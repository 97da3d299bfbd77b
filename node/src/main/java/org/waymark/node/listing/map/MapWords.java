// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.map;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingWords;
import org.waymark.node.page.Page;

/// A sketch in the words of one page.
public final class MapWords {

    // Of a pin that stands for many, so that it can still be read out.
    private static final int NAMED = 3;

    private final Page page;
    private final Sketch sketch;
    private final Instant now;

    MapWords(Page page, Sketch sketch, Instant now) {
        this.page = page;
        this.sketch = sketch;
        this.now = now;
    }

    public Sketch sketch() {
        return sketch;
    }

    public List<ListingWords> words(List<Listing> listings) {
        return listings.stream().map(it -> new ListingWords(page, it, now)).toList();
    }

    /// For those who do not see it: its number, and what is there.
    public String label(Sketch.Pin pin) {
        var names =
                words(pin.listings()).stream()
                        .limit(NAMED)
                        .map(ListingWords::title)
                        .collect(Collectors.joining(page.plain("page.comma")));
        return page.plain(
                "map.pin", pin.number(), pin.listings().size() > NAMED ? names + " …" : names);
    }

    public String number(Sketch.Pin pin) {
        return page.formats().number(pin.number());
    }

    public String scale() {
        return page.plain(
                "results.distance", page.formats().kilometres(sketch.scale().kilometres()));
    }
}
