// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.waymark.node.listing.hsds.HsdsMember;
import org.waymark.node.listing.hsds.HsdsModel;

/// For whom the API's answers are: readers of HSDS 3.1 with our Profile, or of Open Referral UK
/// 3.0.
enum HsdsView {
    HSDS("3.1", "/hsds"),
    /// Without our additions and what came after 3.0, and with the members of the UK's profile.
    OPEN_REFERRAL_UK("HSDS-UK-3.0", "/hsds/oruk");

    private final String version;
    private final String path;

    HsdsView(String version, String path) {
        this.version = version;
        this.path = path;
    }

    String version() {
        return version;
    }

    String path() {
        return path;
    }

    ObjectNode show(String object, ObjectNode json) {
        if (this == OPEN_REFERRAL_UK) {
            plain(object, json);
        }
        return json;
    }

    private static void plain(String object, ObjectNode json) {
        var model = HsdsModel.get().object(object);
        var kept =
                model.members().stream()
                        .map(HsdsMember::name)
                        .filter(it -> !it.equals("capacities") && !it.startsWith("additional_"))
                        .collect(java.util.stream.Collectors.toSet());
        // Beside what HSDS knows: how lists say a change, and what is at a place.
        kept.addAll(java.util.Set.of("modified_date", "service", "services"));
        json.retain(kept);
        for (var member : model.members()) {
            each(json.path(member.name()), member.of());
        }
        each(json.path("service"), "service");
        each(json.path("services"), "service");
        switch (object) {
            case "service" ->
                    Document.text(json, "fees_description")
                            .ifPresent(words -> json.put("fees", words));
            case "accessibility" ->
                    Document.text(json, "description")
                            .ifPresent(words -> json.put("accessibility", words));
            case "service_area" ->
                    Document.text(json, "name").ifPresent(words -> json.put("service_area", words));
            default -> {
                // As in HSDS.
            }
        }
    }

    private static void each(JsonNode value, String object) {
        if (object.isEmpty()) {
            return;
        }
        if (value instanceof ObjectNode inner) {
            plain(object, inner);
        } else if (value.isArray()) {
            value.forEach(
                    it -> {
                        if (it instanceof ObjectNode inner) {
                            plain(object, inner);
                        }
                    });
        }
    }
}
