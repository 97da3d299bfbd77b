// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A HSDS 3 service that is put together value by value.
final class ServiceBuilding {

    private final String base;
    private final ObjectNode service = JsonNodeFactory.instance.objectNode();
    private final ObjectNode organization = JsonNodeFactory.instance.objectNode();
    private final ObjectNode location = JsonNodeFactory.instance.objectNode();
    private final ObjectNode address = JsonNodeFactory.instance.objectNode();
    private final ObjectNode schedule = JsonNodeFactory.instance.objectNode();

    ServiceBuilding(String base) {
        this.base = base;
    }

    void put(Meaning meaning, String language, String label, String join, List<String> values) {
        var holder = holder(meaning.target());
        var member = meaning.target().substring(meaning.target().indexOf('/') + 1);
        switch (meaning.shape()) {
            case ID -> {
                if (!holder.has(member)) {
                    holder.put(member, values.getFirst());
                }
            }
            case TEXT ->
                    append(
                            language.equals(base)
                                    ? holder
                                    : holder.withObject("/translations/" + language),
                            member,
                            join,
                            label + String.join(", ", values));
            case WORD -> word(meaning, holder, member, join, label, values);
            case LIST -> values.forEach(value -> add(meaning, label, value));
        }
    }

    private void word(
            Meaning meaning,
            ObjectNode holder,
            String member,
            String join,
            String label,
            List<String> values) {
        var text = label + (meaning == Meaning.DAYS ? String.join(",", values) : values.getFirst());
        switch (meaning) {
            // Several rules may each say a part of these.
            case STREET, STREET_MORE, HOURS -> append(holder, member, join, text);
            default -> {
                if (!holder.has(member)) {
                    holder.put(member, text);
                }
            }
        }
    }

    private static void append(ObjectNode holder, String member, String join, String text) {
        var before = holder.path(member).asText();
        if (!before.equals(text)) {
            holder.put(member, before.isEmpty() ? text : before + join + text);
        }
    }

    private ObjectNode holder(String target) {
        return switch (target.substring(0, Math.max(0, target.indexOf('/')))) {
            case "organization" -> organization;
            case "location" -> location;
            case "address" -> address;
            case "schedule" -> schedule;
            default -> service;
        };
    }

    private void add(Meaning meaning, String label, String value) {
        switch (meaning) {
            case TOPIC -> service.withArray("/topics").add(value);
            case PHONE -> service.withArray("/phones").addObject().put("number", value);
            case MOBILE ->
                    service.withArray("/phones")
                            .addObject()
                            .put("number", value)
                            .put("type", "cell");
            case LANGUAGE -> {
                var isTag = value.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");
                service.withArray("/languages").addObject().put(isTag ? "code" : "name", value);
            }
            case AREA -> service.withArray("/service_areas").addObject().put("name", label + value);
            case DOCUMENT ->
                    service.withArray("/required_documents").addObject().put("document", value);
            case CONTACT -> service.withArray("/contacts").addObject().put("name", value);
            case ACCESSIBILITY ->
                    location.withArray("/accessibility").addObject().put("description", value);
            default -> throw new IllegalStateException(meaning + " is no list");
        }
    }

    ObjectNode build() {
        if (!service.has("name")) {
            otherBase();
        }
        if (!organization.isEmpty()) {
            if (!organization.has("name")) {
                organization.put("name", organization.path("id").asText());
            }
            service.set("organization", organization);
        }
        if (!address.isEmpty()) {
            location.putArray("addresses").add(address);
        }
        if (!location.isEmpty()) {
            service.putArray("service_at_locations").addObject().set("location", location);
        }
        if (schedule.has("byday") || schedule.has("opens_at") || schedule.has("description")) {
            schedule.put("freq", "WEEKLY");
            service.putArray("schedules").add(schedule);
        }
        return service;
    }

    /// What has no name in the base language has another base language.
    private void otherBase() {
        for (var translation : service.path("translations").properties()) {
            if (translation.getValue().has("name")) {
                var tag = translation.getKey();
                var old = JsonNodeFactory.instance.objectNode();
                for (var meaning : Meaning.values()) {
                    if (meaning.isText() && service.has(meaning.target())) {
                        old.set(meaning.target(), service.remove(meaning.target()));
                    }
                }
                service.setAll((ObjectNode) translation.getValue());
                service.put("base_language", tag);
                var translations = service.withObject("/translations");
                translations.remove(tag);
                if (!old.isEmpty()) {
                    translations.set(base, old);
                }
                return;
            }
        }
    }
}
