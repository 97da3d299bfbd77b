// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.waymark.node.listing.Listing;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;

/// The languages a person can say they speak best.
final class Languages {

    // What people who come from far often speak; whoever misses theirs says so in words.
    private static final List<String> OFTEN =
            List.of(
                    "am", "ar", "bn", "ckb", "de", "en", "es", "fa", "fr", "ka", "kmr", "ml", "ps",
                    "pt", "ro", "ru", "so", "sq", "sr", "sw", "ti", "tr", "uk", "ur", "vi", "zh");

    private Languages() {}

    static List<String> offered(Page page, Listing listing) {
        var spoken = listing.languages().stream().flatMap(it -> it.tag().stream());
        var ours = page.languages().stream().map(Language::tag);
        return Stream.of(ours, spoken, OFTEN.stream())
                .flatMap(it -> it)
                .distinct()
                .sorted(Comparator.comparing(page.formats()::languageName))
                .toList();
    }
}
