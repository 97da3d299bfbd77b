// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import gg.jte.Content;
import java.util.List;
import java.util.Map;
import org.waymark.node.listing.hsds.Fault;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;

/// What HSDS does not allow, in words, and at the field of the form where it can be mended.
final class FaultWords {

    // The beginning of a path, the longest that fits counts, and the field of the listing's form.
    private static final Map<String, String> FIELDS =
            Map.ofEntries(
                    Map.entry("service.email", "email"),
                    Map.entry("service.url", "website"),
                    Map.entry("service.phones", "phone"),
                    Map.entry("service.languages", "languages"),
                    Map.entry("service.schedules", "opens"),
                    Map.entry("service.minimum_age", "minimum-age"),
                    Map.entry("service.maximum_age", "maximum-age"),
                    Map.entry("service.funding", "funding"),
                    Map.entry("service.description", "description"),
                    Map.entry("location", "street"));

    private FaultWords() {}

    static List<Wrong> ofListing(Page page, List<Fault> faults) {
        return faults.stream().map(it -> new Wrong(field(it), words(page, it.code()))).toList();
    }

    private static String field(Fault fault) {
        if (fault.code() == Fault.Code.AGES_REVERSED) {
            return "maximum-age";
        }
        return FIELDS.keySet().stream()
                .filter(it -> fault.path().startsWith(it))
                .findFirst()
                .map(FIELDS::get)
                .orElse("name");
    }

    static Content words(Page page, Fault.Code code) {
        return page.say("staff.fault." + code.key());
    }
}
