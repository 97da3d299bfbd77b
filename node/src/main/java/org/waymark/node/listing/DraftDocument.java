// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Writes a [Draft] into HSDS objects.
final class DraftDocument {

    // Fixed, so that the same hours always give the same document.
    private static final Instant OFFSET_AT = Instant.parse("2026-01-01T00:00:00Z");

    private DraftDocument() {}

    /// Writes what staff drafted as the service's own members; what the draft does not speak of is
    /// kept.
    ///
    /// @param named terms that have a name here
    static void write(ObjectNode json, Draft draft, ZoneId zone, Predicate<UUID> named) {
        var base = draft.name().baseLanguage();
        json.put("base_language", base);
        json.put("zone", zone.getId());
        text(json, base, "name", draft.name());
        text(json, base, "description", draft.description());
        text(json, base, "application_process", draft.howToGetIn());
        text(json, base, "fees_description", draft.cost());
        text(json, base, "bring", draft.bring());
        text(json, base, "eligibility_description", draft.eligibility());
        json.put("status", Projection.word(draft.status()).replace('_', ' '));
        json.put("access", Projection.word(draft.access()));
        json.put("name_needed", Projection.word(draft.nameNeeded()));
        json.put("papers_needed", Projection.word(draft.papersNeeded()));
        json.put("may_have_to_report", Projection.word(draft.mayHaveToReport()));
        json.put("referral_policy", Projection.word(draft.referralPolicy()));
        FitDocument.write(json, draft.fit());
        optional(json, "email", draft.email());
        optional(json, "url", draft.website().map(URI::toString));
        var service = Document.uuid(json, "id").orElseThrow();
        json.set("phones", phones(json, service, draft));
        json.set("schedules", schedules(json, service, draft, zone));
        json.set("languages", languages(json, service, draft));
        draft.backing().ifPresent(it -> it.write(json, named));
        var attributes = Document.JSON.createArrayNode();
        Document.objects(json, "attributes").stream()
                .filter(
                        it ->
                                !TopicTaxonomy.NAME.equals(
                                        it.path("taxonomy_term").path("taxonomy").asText()))
                .forEach(attributes::add);
        draft.topics().stream()
                .sorted()
                .forEach(topic -> attributes.add(TopicTaxonomy.attribute(service, topic)));
        json.set("attributes", attributes);
    }

    private static void optional(ObjectNode json, String member, Optional<String> value) {
        json.remove(member);
        value.ifPresent(text -> Document.setUnlessBlank(json, member, text));
    }

    private static void text(ObjectNode json, String base, String member, Text text) {
        json.remove(member);
        TranslatedDocument.clear(json, member);
        text.byLanguage()
                .forEach(
                        (language, words) -> {
                            if (language.equals(base)) {
                                Document.setUnlessBlank(json, member, words);
                            } else {
                                TranslatedDocument.write(
                                        json,
                                        language,
                                        member,
                                        words,
                                        text.byMachine().contains(language));
                            }
                        });
    }

    /// What has not changed stays as it was, with all its members.
    private static ArrayNode phones(ObjectNode before, UUID service, Draft draft) {
        var array = Document.JSON.createArrayNode();
        for (var phone : draft.phones()) {
            array.add(
                    Document.objects(before, "phones").stream()
                            .filter(it -> Profile.phone(it).equals(Optional.of(phone)))
                            .findFirst()
                            .orElseGet(() -> phone(service, phone)));
        }
        return array;
    }

    private static ObjectNode phone(UUID service, Phone phone) {
        var json = Document.object();
        json.put("id", NameUuid.of(service, "phone", phone.number(), phone.extension()) + "");
        json.put("number", phone.number());
        if (phone.extension().matches("\\d{1,9}")) {
            json.put("extension", Integer.parseInt(phone.extension()));
        }
        Document.setUnlessBlank(json, "description", phone.note());
        for (var language : phone.languages()) {
            json.withArray("/languages")
                    .addObject()
                    .put("id", NameUuid.of(service, phone.number(), language) + "")
                    .put("code", language);
        }
        return json;
    }

    private static ArrayNode schedules(ObjectNode before, UUID service, Draft draft, ZoneId zone) {
        var array = Document.JSON.createArrayNode();
        for (var schedule : draft.schedules()) {
            array.add(
                    Document.objects(before, "schedules").stream()
                            .filter(it -> ScheduleDocument.read(it).equals(schedule))
                            .findFirst()
                            .orElseGet(() -> schedule(service, schedule, zone)));
        }
        return array;
    }

    private static ObjectNode schedule(UUID service, Schedule schedule, ZoneId zone) {
        var json = Document.object();
        ScheduleDocument.write(schedule, json);
        json.put("timezone", standardOffsetHours(zone));
        json.put("id", NameUuid.of(service, "schedule", Document.of(json).text()) + "");
        return json;
    }

    static String byday(Set<DayOfWeek> days) {
        return String.join(
                ",",
                days.stream().sorted().map(day -> Profile.DAYS.get(day.getValue() - 1)).toList());
    }

    /// Hours from UTC without summer time, which HSDS's number cannot say: it stays the same all
    /// year, and `zone` says the rest.
    static double standardOffsetHours(ZoneId zone) {
        return zone.getRules().getStandardOffset(OFFSET_AT).getTotalSeconds() / 3600.0;
    }

    private static ArrayNode languages(ObjectNode before, UUID service, Draft draft) {
        var array = Document.JSON.createArrayNode();
        for (var language : draft.languages()) {
            array.add(
                    Document.objects(before, "languages").stream()
                            .filter(it -> Profile.language(it).equals(language))
                            .findFirst()
                            .orElseGet(() -> language(service, language)));
        }
        return array;
    }

    private static ObjectNode language(UUID service, SpokenLanguage language) {
        var json = Document.object();
        json.put("id", NameUuid.of(service, "language", language.toString()) + "");
        language.tag().ifPresent(tag -> json.put("code", tag));
        Document.setUnlessBlank(json, "name", language.name());
        return json;
    }

    /// Writes a place as an HSDS location; one that says so already stays as it is, with all its
    /// members.
    static void writeLocation(ObjectNode json, UUID id, Spot spot) {
        if (!Profile.spot(json).equals(spot)) {
            rewriteLocation(json, id, spot);
        }
    }

    private static void rewriteLocation(ObjectNode json, UUID id, Spot spot) {
        var was = Profile.spot(json);
        if (!was.city().equals(spot.city())) {
            // Another town has another name in every language.
            TranslatedDocument.clear(json, TranslatedDocument.TOWN);
        }
        var others =
                Document.objects(json, "addresses").stream()
                        .filter(it -> "postal".equals(it.path("address_type").asText()))
                        .toList();
        var before =
                Document.objects(json, "addresses").stream()
                        .filter(it -> !"postal".equals(it.path("address_type").asText()))
                        .findFirst();
        json.remove(
                List.of(
                        "name",
                        "transportation",
                        "latitude",
                        "longitude",
                        "addresses",
                        "accessibility"));
        json.put("id", id.toString());
        json.put("location_type", "physical");
        Document.setUnlessBlank(json, "name", spot.name());
        Document.setUnlessBlank(json, "transportation", spot.howToGetThere());
        spot.point()
                .ifPresent(
                        point ->
                                json.put("latitude", point.latitude())
                                        .put("longitude", point.longitude()));
        if (isNowhere(spot)) {
            // A name and a point: an address that says nothing would be no HSDS.
            others.forEach(json.withArray("/addresses")::add);
            accessible(json, id, spot);
            return;
        }
        var address = json.withArray("/addresses").addObject();
        // What nobody here writes stays: whoever gave it knows what it means.
        before.ifPresent(it -> keep(it, address, isSameAddress(was, spot)));
        if (before.isEmpty()) {
            address.put("id", NameUuid.of(id, "address") + "");
            address.put("address_type", "physical");
        }
        var street = spot.street();
        Document.setUnlessBlank(address, "address_1", street.isEmpty() ? "" : street.getFirst());
        if (street.size() > 1) {
            address.put("address_2", String.join(", ", street.subList(1, street.size())));
        }
        Document.setUnlessBlank(address, "city", spot.city());
        Document.setUnlessBlank(address, "state_province", spot.region());
        Document.setUnlessBlank(address, "postal_code", spot.postalCode());
        Document.setUnlessBlank(address, "country", spot.country());
        others.forEach(json.withArray("/addresses")::add);
        accessible(json, id, spot);
    }

    private static boolean isSameAddress(Spot one, Spot other) {
        return one.street().equals(other.street())
                && one.city().equals(other.city())
                && one.postalCode().equals(other.postalCode());
    }

    private static void keep(ObjectNode before, ObjectNode address, boolean isSame) {
        var kept = new ArrayList<>(KnownMembers.unknown("address", before));
        kept.addAll(List.of("id", "address_type"));
        if (isSame) {
            kept.addAll(List.of("attention", "region"));
        }
        kept.stream().filter(before::has).forEach(it -> address.set(it, before.get(it)));
    }

    private static boolean isNowhere(Spot spot) {
        return spot.street().isEmpty()
                && (spot.city() + spot.region() + spot.postalCode() + spot.country()).isBlank();
    }

    private static void accessible(ObjectNode json, UUID id, Spot spot) {
        for (var words : spot.accessibility()) {
            json.withArray("/accessibility")
                    .addObject()
                    .put("id", NameUuid.of(id, "accessibility", words) + "")
                    .put("description", words);
        }
    }
}
