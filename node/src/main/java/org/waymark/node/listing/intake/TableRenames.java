// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Map;

/// Gives columns of HSDS 2.0 the names that they have since 3.0.
final class TableRenames {

    private static final Map<HsdsTable, Map<String, String>> NAMES =
            Map.of(
                    HsdsTable.ORGANIZATION, Map.of("url", "website"),
                    HsdsTable.SERVICE, Map.of("fees", "fees_description"),
                    HsdsTable.TAXONOMY_TERM, Map.of("term", "name"),
                    HsdsTable.PAYMENT_ACCEPTED, Map.of("payment", "option"),
                    HsdsTable.ACCESSIBILITY_FOR_DISABILITIES,
                            Map.of("accessibility", "description"),
                    HsdsTable.LANGUAGE, Map.of("language", "name"),
                    HsdsTable.SERVICE_AREA, Map.of("service_area", "name"),
                    HsdsTable.SERVICE_TAXONOMY,
                            Map.of("taxonomy_id", "taxonomy_term_id", "taxonomy_detail", "value"));

    void apply(HsdsTable table, ObjectNode json) {
        NAMES.getOrDefault(table, Map.of())
                .forEach(
                        (old, now) -> {
                            if (json.has(old) && !json.has(now)) {
                                json.set(now, json.remove(old));
                            }
                        });
        switch (table) {
            case PHYSICAL_ADDRESS -> json.put("address_type", "physical");
            case POSTAL_ADDRESS -> json.put("address_type", "postal");
            case PHONE -> {
                if (json.has("language")) {
                    json.withArray("/languages").addObject().set("name", json.remove("language"));
                }
            }
            default -> {}
        }
    }

    /// Rows on who may come were a table once and are a text now.
    void joinEligibility(ObjectNode service) {
        if (service.has(HsdsTable.ELIGIBILITY.member(HsdsTable.SERVICE))) {
            var texts = new ArrayList<String>();
            var rows = service.remove(HsdsTable.ELIGIBILITY.member(HsdsTable.SERVICE));
            if (service.has("eligibility_description")) {
                texts.add(service.path("eligibility_description").asText());
            }
            rows.forEach(row -> texts.add(row.path("eligibility").asText()));
            service.put("eligibility_description", String.join("\n", texts));
        }
    }
}
