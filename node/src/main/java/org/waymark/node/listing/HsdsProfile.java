// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.waymark.node.http.BaseUrl;

/// Our HSDS Profile: the members that we add to objects of HSDS 3.1, as JSON Schemas in the form of
/// HSDS Profiles, to be merged into those of HSDS (RFC 7386). `docs/reference/hsds-profile.md` says
/// what they mean.
final class HsdsProfile {

    private HsdsProfile() {}

    static ObjectNode document(BaseUrl baseUrl) {
        var profile =
                Document.object()
                        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                        .put("$id", baseUrl.resolve("/hsds/profile.json").toString())
                        .put("title", "Waymark HSDS Profile 1")
                        .put("description", "What Waymark adds to HSDS 3.1. All of it is optional.")
                        .put("version", "1");
        var objects = profile.putObject("$defs");
        service(members(objects, "service"));
        schedule(members(objects, "schedule"));
        var location = members(objects, "location");
        location.putObject("areas")
                .put("type", "array")
                .put("description", "Town and region of a place that says no more (place: area)")
                .putObject("items")
                .put("type", "object");
        text(location, "city", "In translations only: what people call the town of its address");
        var organization = members(objects, "organization");
        flag(organization, "placeholder", "A service named it, and nothing else is known of it");
        for (var object : List.of("organization", "location", "taxonomy_term", "program")) {
            translations(members(objects, object));
        }
        return profile;
    }

    private static void service(ObjectNode service) {
        text(service, "base_language", "BCP 47 tag of the language of texts outside translations");
        translations(service);
        text(service, "zone", "IANA time zone of all hours; timezone in schedules is its offset");
        words(service, "kind", "Who runs it, for the person who goes there", Kind.values());
        words(service, "reach", "How widely it may be shown", Reach.values());
        words(service, "place", "How exactly its place may be said", Place.values());
        flag(service, "phone_only", "It is asked by phone only; nobody sends it a request");
        words(service, "access", "How to get in", Access.values());
        text(service, "bring", "What to bring");
        words(service, "name_needed", "Must a person say their name", Answer.values());
        words(service, "papers_needed", "Must a person show papers", Answer.values());
        words(
                service,
                "may_have_to_report",
                "May it have to tell the immigration authority",
                Answer.values());
        words(service, "referral_policy", "Does it take requests", ReferralPolicy.values());
        words(service, "checked_how", "How assured_date came about", Checked.How.values());
        service.putObject("source_year")
                .put("type", "integer")
                .put("description", "Year of the source of what nobody has checked");
        for (var day : List.of("closed_from", "closed_to")) {
            text(service, day, "First and last day on which its door is shut");
            ((ObjectNode) service.path(day)).put("format", "date");
        }
        service.putObject("wait_days")
                .put("type", "integer")
                .put("description", "wait_time in days");
        text(service, "wait_told", "Day on which the wait was told");
        var situations = service.putObject("situations").put("type", "array");
        situations.put("description", "For whom it is made");
        choices(situations.putObject("items"), Situation.values());
        var origin = service.putObject("origin").put("type", "object");
        origin.put("description", "Where it comes from");
        var members = origin.putObject("properties");
        uri(members, "uri", "Its id on the network, for ever");
        uri(members, "publisher", "The organisation that publishes it");
    }

    private static void schedule(ObjectNode schedule) {
        flag(schedule, "exception", "Holds instead of all others from valid_from to valid_to");
        flag(schedule, "closed", "Closed on those days");
        choices(
                schedule.putObject("frequency")
                        .put("description", "As freq, where HSDS has no word for it"),
                "DAILY",
                "YEARLY");
    }

    private static ObjectNode members(ObjectNode objects, String name) {
        return objects.withObject("/" + name).put("type", "object").withObject("/properties");
    }

    private static void translations(ObjectNode members) {
        var translations = members.putObject("translations").put("type", "object");
        translations.put("description", "By BCP 47 tag, then by member");
        var texts = translations.putObject("additionalProperties").put("type", "object");
        texts.putObject("additionalProperties");
    }

    private static void text(ObjectNode members, String name, String description) {
        members.putObject(name).put("type", "string").put("description", description);
    }

    private static void uri(ObjectNode members, String name, String description) {
        text(members, name, description);
        ((ObjectNode) members.path(name)).put("format", "uri");
    }

    private static void flag(ObjectNode members, String name, String description) {
        members.putObject(name).put("type", "boolean").put("description", description);
    }

    private static void words(
            ObjectNode members, String name, String description, Enum<?>[] words) {
        choices(members.putObject(name).put("description", description), words);
    }

    private static void choices(ObjectNode schema, Enum<?>... words) {
        choices(schema, Arrays.stream(words).map(Projection::word).toArray(String[]::new));
    }

    private static void choices(ObjectNode schema, String... words) {
        var choices = schema.put("type", "string").putArray("enum");
        Arrays.stream(words).forEach(choices::add);
    }
}
