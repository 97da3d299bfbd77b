// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads a projection back as a [Listing]: our own and what partners send. Anything it does not
/// understand is left out, never an error.
final class Profile {

    static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    // 200: ten places with hours of their own for seven days, twice a day, and holidays. Most
    // places of a service repeat those of the others.
    private static final int MOST_SCHEDULES = 200;
    private static final int MOST_SCHEDULES_READ = 1_000;

    private Profile() {}

    static Listing read(ListingRow row) {
        var json = Document.parse(row.document());
        var base = Document.text(json, "base_language").orElse("en");
        var places = Document.objects(json, "service_at_locations");
        return new Listing(
                row.id(),
                row.uri(),
                row.origin(),
                provider(row.providerId(), json.path("organization"), base),
                text(json, base, "name"),
                text(json, base, "alternate_name"),
                text(json, base, "description"),
                row.topics(),
                choice(json, "access", Access.class, Access.UNKNOWN),
                text(json, base, "application_process"),
                phones(json, places),
                Document.text(json, "email"),
                uri(json, "url"),
                places.stream()
                        .map(at -> at.path("location"))
                        .filter(JsonNode::isObject)
                        .map(Profile::spot)
                        .toList(),
                schedules(json, places),
                zone(json),
                languages(json),
                text(json, base, "fees_description"),
                Details.read(json),
                text(json, base, "bring"),
                text(json, base, "eligibility_description"),
                choice(json, "name_needed", Answer.class, Answer.UNKNOWN),
                choice(json, "papers_needed", Answer.class, Answer.UNKNOWN),
                choice(json, "may_have_to_report", Answer.class, Answer.UNKNOWN),
                choice(json, "referral_policy", ReferralPolicy.class, ReferralPolicy.UNKNOWN),
                FitDocument.read(json),
                checked(json),
                StandingDocument.read(json),
                row.status(),
                row.kind(),
                row.reach(),
                row.place(),
                row.review(),
                row.updated(),
                row.version());
    }

    static Status status(JsonNode service) {
        return Document.text(service, "status")
                .map(word -> word.toUpperCase(Locale.ROOT).replace(' ', '_'))
                .flatMap(name -> named(Status.class, name))
                .orElse(Status.ACTIVE);
    }

    static <E extends Enum<E>> E choice(JsonNode json, String member, Class<E> type, E otherwise) {
        return Document.text(json, member)
                .flatMap(word -> named(type, word.toUpperCase(Locale.ROOT)))
                .orElse(otherwise);
    }

    private static <E extends Enum<E>> Optional<E> named(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst();
    }

    static Text text(JsonNode json, String base, String member) {
        var words = new TreeMap<String, String>();
        var byMachine = new HashSet<String>();
        Document.text(json, member).ifPresent(text -> words.put(base, text));
        for (var translation : json.path("translations").properties()) {
            Document.text(translation.getValue(), member)
                    .ifPresent(
                            text -> {
                                words.put(translation.getKey(), text);
                                if (isByMachine(translation.getValue(), member)) {
                                    byMachine.add(translation.getKey());
                                }
                            });
        }
        return new Text(base, words, byMachine);
    }

    /// `machine` names the members of a translation that a machine wrote and nobody has checked.
    static boolean isByMachine(JsonNode translation, String member) {
        for (var named : translation.path("machine")) {
            if (named.asText().equals(member)) {
                return true;
            }
        }
        return false;
    }

    private static Provider provider(UUID id, JsonNode organization, String base) {
        return new Provider(
                id,
                Document.text(organization, "name").orElse(""),
                text(
                        organization,
                        Document.text(organization, "base_language").orElse(base),
                        "description"),
                uri(organization, "website"));
    }

    static Optional<URI> uri(JsonNode json, String member) {
        return Document.text(json, member)
                .flatMap(
                        text -> {
                            try {
                                return Optional.of(URI.create(text));
                            } catch (IllegalArgumentException e) {
                                return Optional.empty();
                            }
                        })
                .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    }

    private static List<Phone> phones(JsonNode json, List<ObjectNode> places) {
        var phones = new LinkedHashSet<Phone>();
        phones(json, phones);
        places.forEach(at -> phones(at, phones));
        places.forEach(at -> phones(at.path("location"), phones));
        return List.copyOf(phones);
    }

    private static void phones(JsonNode owner, Set<Phone> phones) {
        Document.objects(owner, "phones").forEach(it -> phone(it).ifPresent(phones::add));
    }

    static Optional<Phone> phone(JsonNode json) {
        return Document.text(json, "number")
                .map(
                        number ->
                                new Phone(
                                        number,
                                        Document.text(json, "extension").orElse(""),
                                        Document.text(json, "description").orElse(""),
                                        tags(json)));
    }

    private static List<String> tags(JsonNode phone) {
        return Document.objects(phone, "languages").stream()
                .flatMap(language -> Document.text(language, "code").stream())
                .toList();
    }

    static Spot spot(JsonNode location) {
        var addresses = Document.objects(location, "addresses");
        var areas = Document.objects(location, "areas");
        JsonNode address =
                addresses.stream()
                        .filter(it -> !"postal".equals(it.path("address_type").asText()))
                        .findFirst()
                        .or(() -> areas.stream().findFirst())
                        .orElseGet(Document::object);
        return new Spot(
                Document.uuid(location, "id").orElse(Spot.NEW),
                Document.text(location, "name").orElse(""),
                Arrays.asList("address_1", "address_2").stream()
                        .flatMap(member -> Document.text(address, member).stream())
                        .toList(),
                Document.text(address, "city").orElse(""),
                Document.text(address, "state_province").orElse(""),
                Document.text(address, "postal_code").orElse(""),
                Document.text(address, "country").orElse(""),
                point(location),
                Document.text(location, "transportation").orElse(""),
                Document.objects(location, "accessibility").stream()
                        .flatMap(it -> Document.text(it, "description").stream())
                        .toList());
    }

    private static Optional<Spot.Point> point(JsonNode location) {
        var latitude = location.path("latitude");
        var longitude = location.path("longitude");
        return latitude.isNumber() && longitude.isNumber()
                ? Optional.of(new Spot.Point(latitude.asDouble(), longitude.asDouble()))
                : Optional.empty();
    }

    /// Of the service and of its places; of the buildings only where those say nothing.
    private static List<Schedule> schedules(JsonNode json, List<ObjectNode> places) {
        var found = schedules(Stream.concat(Stream.of(json), places.stream()));
        return found.isEmpty() ? schedules(places.stream().map(at -> at.path("location"))) : found;
    }

    private static List<Schedule> schedules(Stream<JsonNode> owners) {
        return owners.flatMap(it -> Document.objects(it, "schedules").stream())
                .limit(MOST_SCHEDULES_READ)
                .map(ScheduleDocument::read)
                .distinct()
                .limit(MOST_SCHEDULES)
                .toList();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZoneId zone(JsonNode json) {
        try {
            return Document.text(json, "zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static List<SpokenLanguage> languages(JsonNode json) {
        return Document.objects(json, "languages").stream().map(Profile::language).toList();
    }

    static SpokenLanguage language(JsonNode json) {
        return new SpokenLanguage(
                Document.text(json, "code"), Document.text(json, "name").orElse(""));
    }

    static Checked checked(JsonNode json) {
        var date = Document.text(json, "assured_date").flatMap(Profile::date);
        var year = json.path("source_year");
        return new Checked(
                date,
                date.isEmpty()
                        ? Checked.How.NOT_CHECKED
                        : choice(json, "checked_how", Checked.How.class, Checked.How.SOURCE),
                year.isInt() ? OptionalInt.of(year.asInt()) : OptionalInt.empty(),
                months(json));
    }

    private static int months(JsonNode json) {
        var months = json.path("check_months");
        return months.isInt()
                ? Math.clamp(months.asInt(), 1, Checked.LONGEST_MONTHS)
                : Checked.USUAL_MONTHS;
    }
}
