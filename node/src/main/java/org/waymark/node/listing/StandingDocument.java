// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// A [Standing] as members of a service: HSDS's `capacities` and `wait_time`, and of our Profile
/// `wait_days`, `wait_told`, `closed_from` and `closed_to`.
final class StandingDocument {

    private static final UUID PLACES = NameUuid.of(new UUID(0, 0), "unit", "places");

    private StandingDocument() {}

    static Standing read(JsonNode service) {
        var capacity = Document.objects(service, "capacities").stream().findFirst();
        var told =
                capacity.flatMap(it -> Document.text(it, "updated"))
                        .flatMap(StandingDocument::day)
                        .or(
                                () ->
                                        Document.text(service, "wait_told")
                                                .flatMap(StandingDocument::day));
        return new Standing(
                number(capacity.<JsonNode>map(it -> it).orElseGet(Document::object), "available"),
                number(capacity.<JsonNode>map(it -> it).orElseGet(Document::object), "maximum"),
                number(service, "wait_days"),
                told,
                closure(service));
    }

    private static Optional<Standing.Closure> closure(JsonNode service) {
        var from = Document.text(service, "closed_from").flatMap(StandingDocument::day);
        var to = Document.text(service, "closed_to").flatMap(StandingDocument::day);
        return from.isPresent() && to.isPresent() && !to.get().isBefore(from.get())
                ? Optional.of(new Standing.Closure(from.get(), to.get()))
                : Optional.empty();
    }

    static void writePlaces(ObjectNode service, OptionalInt free, OptionalInt of, Instant now) {
        var before = read(service);
        // The same said again on the same day is no news for anybody.
        if (free.isPresent()
                && before.free().equals(free)
                && before.places().equals(of)
                && before.toldOn().equals(Optional.of(LocalDate.ofInstant(now, ZoneOffset.UTC)))) {
            return;
        }
        service.remove("capacities");
        if (free.isEmpty()) {
            return;
        }
        var id = Document.uuid(service, "id").orElseThrow();
        var json = service.withArray("/capacities").addObject();
        json.put("id", NameUuid.of(id, "capacity") + "");
        json.put("service_id", id.toString());
        json.putObject("unit").put("id", PLACES.toString()).put("name", "places");
        json.put("available", free.getAsInt());
        of.ifPresent(all -> json.put("maximum", all));
        json.put("updated", now.toString());
    }

    static void writeWait(ObjectNode service, OptionalInt days, LocalDate today) {
        service.remove("wait_days");
        service.remove("wait_time");
        service.remove("wait_told");
        days.ifPresent(
                wait ->
                        service.put("wait_days", wait)
                                .put("wait_time", wait + (wait == 1 ? " day" : " days"))
                                .put("wait_told", today.toString()));
    }

    static void writeClosure(ObjectNode service, Optional<Standing.Closure> closure) {
        service.remove("closed_from");
        service.remove("closed_to");
        closure.ifPresent(
                it ->
                        service.put("closed_from", it.from().toString())
                                .put("closed_to", it.to().toString()));
    }

    private static OptionalInt number(JsonNode json, String member) {
        var value = json.path(member);
        return value.isNumber() && value.asInt() >= 0
                ? OptionalInt.of(value.asInt())
                : OptionalInt.empty();
    }

    /// The day of a date, or of a moment.
    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(
                    text.length() > 10
                            ? LocalDate.ofInstant(Instant.parse(text), ZoneOffset.UTC)
                            : LocalDate.parse(text));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
