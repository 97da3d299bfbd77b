// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// Brings HSDS 3 objects of others into good order: plain texts, numbers that are numbers, ids for
/// everything, and what belongs to a person held back (safety rule 4). Members that it does not
/// know stay as they are, except those of contacts.
final class ObjectTidying {

    private static final Set<String> NUMBERS =
            Set.of(
                    "latitude",
                    "longitude",
                    "minimum_age",
                    "maximum_age",
                    "extension",
                    "timezone",
                    "interval",
                    "count",
                    "amount",
                    "available",
                    "maximum",
                    "year_incorporated");
    // Such as first_name, prenom, apellido.
    private static final Pattern SAYS_A_NAME =
            Pattern.compile("(?i)nam|nom|apellido|person|imi|nazw|first|last|given|family");
    private static final Set<String> STATES =
            Set.of("active", "inactive", "defunct", "temporarily closed");

    private final Intake.Options options;
    private final ImportReport report;
    private final CellCleaner cleaner;
    private final LanguageNames languageNames;

    ObjectTidying(Intake.Options options, ImportReport report) {
        this.options = options;
        this.report = report;
        this.cleaner = new CellCleaner(report);
        this.languageNames = new LanguageNames(options.language(), options.country());
    }

    /// Cleans all texts in it, and takes out what is empty.
    void tidy(ObjectNode json, String where) {
        var members = new ArrayList<String>();
        json.fieldNames().forEachRemaining(members::add);
        for (var member : members) {
            var value = json.get(member);
            if (value.isTextual()) {
                text(json, member, value.asText(), where);
            } else if (value instanceof ObjectNode object) {
                tidy(object, where);
            } else if (value instanceof ArrayNode array) {
                list(array, where);
            }
            var now = json.get(member);
            if (now != null && (now.isNull() || (now.isContainerNode() && now.isEmpty()))) {
                json.remove(member);
            }
        }
    }

    private void list(ArrayNode array, String where) {
        for (int i = array.size() - 1; i >= 0; i--) {
            var value = array.get(i);
            if (value instanceof ObjectNode object) {
                tidy(object, where);
            } else if (value.isTextual()) {
                array.set(i, TextNode.valueOf(cleaner.clean(value.asText(), () -> where)));
            }
            if (array.get(i).isNull() || (value.isContainerNode() && value.isEmpty())) {
                array.remove(i);
            }
        }
    }

    private void text(ObjectNode json, String member, String value, String where) {
        var clean = cleaner.clean(value, () -> where + ", " + member);
        if (clean.isEmpty()) {
            json.remove(member);
        } else if (NUMBERS.contains(member)) {
            number(json, member, clean, where);
        } else if (!clean.equals(value)) {
            json.put(member, clean);
        }
    }

    private void number(ObjectNode json, String member, String text, String where) {
        var number = text.matches("-?\\d+,\\d+") ? text.replace(',', '.') : text;
        if (number.matches("-?\\d{1,9}")) {
            json.put(member, Integer.parseInt(number));
        } else if (number.matches("-?\\d{0,9}\\.\\d{1,15}")) {
            json.put(member, Double.parseDouble(number));
        } else {
            json.remove(member);
            report.note(Problem.NUMBER_UNUSABLE, where + ", " + member + " " + text);
        }
    }

    void service(ObjectNode json, String where) {
        json.put("status", status(json, where));
        if (!json.has("description")) {
            json.put("description", "");
            report.note(Problem.DESCRIPTION_MISSING, where);
        }
        if (!json.has("access")) {
            json.put(
                    "access",
                    Projection.word(AccessWords.access(json.path("application_process").asText())));
        }
        if (!json.has("base_language")) {
            json.put("base_language", options.language());
        }
        if (!json.has("zone")) {
            json.put("zone", options.zone().getId());
        }
        options.year()
                .filter(_ -> !json.has("source_year"))
                .ifPresent(it -> json.put("source_year", it));
        url(json, "url", where);
        email(json, "email", where);
        email(json, "assurer_email", where);
        common(json, where);
        TextLanguages.check(json, where, report);
    }

    private String status(ObjectNode json, String where) {
        var word =
                Document.text(json, "status").orElse("").toLowerCase(Locale.ROOT).replace('_', ' ');
        if (STATES.contains(word)) {
            return word;
        }
        report.note(Problem.STATUS_MISSING, where + (word.isEmpty() ? "" : ": " + word));
        return "active";
    }

    void organization(ObjectNode json, String where) {
        if (!json.has("description")) {
            json.put("description", "");
        }
        url(json, "website", where);
        email(json, "email", where);
        common(json, where);
    }

    void place(ObjectNode json, UUID id, String where) {
        common(json, where);
        parts(json, id, where);
    }

    void location(ObjectNode json, UUID id, String where) {
        if (!json.has("location_type")) {
            json.put("location_type", "physical");
        }
        url(json, "url", where);
        common(json, where);
        coordinates(json, where);
        for (var address : Document.objects(json, "addresses")) {
            if (!address.has("address_type")) {
                address.put("address_type", "physical");
            }
            hold(address, "attention", Problem.PERSONAL_NAME, where);
            if (!address.has("country") && options.country().isPresent()) {
                address.put("country", options.country().get());
                report.note(Problem.COUNTRY_MISSING, where);
            }
        }
        for (var contact : Document.objects(json, "contacts")) {
            contact(contact, id, where);
        }
    }

    private void coordinates(ObjectNode json, String where) {
        var north = json.path("latitude");
        var east = json.path("longitude");
        if (north.isMissingNode() && east.isMissingNode()) {
            return;
        }
        if (!north.isNumber()
                || !east.isNumber()
                || Math.abs(north.asDouble()) > 90
                || Math.abs(east.asDouble()) > 180
                || (north.asDouble() == 0 && east.asDouble() == 0)) {
            json.remove(List.of("latitude", "longitude"));
            report.note(Problem.COORDINATE_UNUSABLE, where);
        }
    }

    void contact(ObjectNode json, UUID id, String where) {
        var unknown = KnownMembers.unknown("contact", json);
        var isPerson =
                json.has("name") || unknown.stream().anyMatch(it -> SAYS_A_NAME.matcher(it).find());
        // Whatever else stands with a contact is somebody's.
        for (var member : unknown) {
            json.withObject("/held").set(member, json.remove(member));
            report.note(Problem.UNKNOWN_COLUMN, where + ", " + member);
        }
        hold(json, "name", Problem.PERSONAL_NAME, where);
        hold(json, "email", Problem.PERSONAL_MAIL, where);
        common(json, where);
        if (isPerson) {
            hold(json, "phones", Problem.PERSONAL_NUMBER, where);
        }
        parts(json, id, where);
    }

    void plain(ObjectNode json) {
        if (!json.has("description")) {
            json.put("description", json.path("name").asText());
        }
    }

    private void common(ObjectNode json, String where) {
        hold(json, "metadata", Problem.HISTORY, where);
        phones(json, where);
        languages(json, where);
        for (var schedule : Document.objects(json, "schedules")) {
            time(schedule, "opens_at", where);
            time(schedule, "closes_at", where);
        }
    }

    private void hold(ObjectNode json, String member, Problem problem, String where) {
        var value = json.remove(member);
        if (value != null) {
            json.withObject("/held").set(member, value);
            report.note(problem, where);
        }
    }

    private void phones(ObjectNode json, String where) {
        var shown = new ArrayList<ObjectNode>();
        var mobiles = new ArrayList<ObjectNode>();
        for (var phone : Document.objects(json, "phones")) {
            if (Document.text(phone, "number").isEmpty()) {
                report.note(Problem.NUMBER_UNUSABLE, where + ", phone without a number");
                continue;
            }
            var extension = PackageLines.EXTENSION.matcher(phone.path("number").asText());
            if (extension.matches()) {
                report.note(Problem.EXTENSION_IN_NUMBER, where);
                phone.put("number", extension.group(1).strip());
                phone.put("extension", Integer.parseInt(extension.group(2)));
                Document.setUnlessBlank(phone, "description", extension.group(3));
            }
            languages(phone, where);
            if (Personal.isMobile(
                    phone.path("type").asText(), phone.path("description").asText())) {
                mobiles.add(phone);
                report.note(Problem.MOBILE, where);
            } else {
                shown.add(phone);
            }
        }
        json.remove("phones");
        Document.setUnlessEmpty(json, "phones", shown);
        mobiles.forEach(it -> json.withObject("/held").withArray("/phones").add(it));
    }

    private void languages(ObjectNode json, String where) {
        if (!json.path("languages").isArray()) {
            return;
        }
        var all = new ArrayList<ObjectNode>();
        for (var language : Document.objects(json, "languages")) {
            var words = Document.text(language, "name").orElse("");
            if (language.has("code") || words.isEmpty()) {
                all.add(language);
                continue;
            }
            var apart =
                    languageNames.tag(words).isPresent()
                            ? List.<String>of()
                            : languageNames.apart(words);
            if (!apart.isEmpty()) {
                report.note(Problem.SEVERAL_LANGUAGES, where + ": " + words);
                apart.forEach(name -> all.add(named(Document.object(), name, where)));
            } else {
                all.add(named(language, words, where));
            }
        }
        json.remove("languages");
        Document.setUnlessEmpty(json, "languages", all);
    }

    private ObjectNode named(ObjectNode language, String words, String where) {
        language.put("name", words);
        languageNames
                .tag(words)
                .ifPresentOrElse(
                        tag -> language.put("code", tag),
                        () -> report.note(Problem.LANGUAGE_NOT_UNDERSTOOD, where + ": " + words));
        return language;
    }

    private void time(ObjectNode schedule, String member, String where) {
        var text = Document.text(schedule, member);
        if (text.isEmpty() || text.get().matches("\\d{2}:\\d{2}.*")) {
            return;
        }
        var time = TimeOfDay.parse(text.get());
        if (time.isPresent()) {
            schedule.put(member, time.get().toString());
        } else {
            schedule.remove(member);
            var words = Document.text(schedule, "description").map(it -> it + ", ").orElse("");
            schedule.put("description", words + text.get());
            report.note(Problem.TIME_NOT_UNDERSTOOD, where + ": " + text.get());
        }
    }

    private void url(ObjectNode json, String member, String where) {
        Document.text(json, member)
                .ifPresent(
                        text -> {
                            var url = text;
                            if (!url.matches("(?i)https?://.*")) {
                                url = "https://" + url.replaceFirst("(?i)^https?:/*", "");
                                report.note(Problem.URL_WITHOUT_SCHEME, where + ": " + text);
                            }
                            if (isUsable(url)) {
                                json.put(member, url);
                            } else {
                                hold(json, member, Problem.URL_UNUSABLE, where + ": " + text);
                            }
                        });
    }

    private static boolean isUsable(String url) {
        try {
            var host = URI.create(url).getHost();
            return host != null && host.contains(".");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void email(ObjectNode json, String member, String where) {
        Document.text(json, member)
                .filter(
                        mail ->
                                !mail.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")
                                        || !Personal.isRoleMail(mail))
                .ifPresent(_ -> hold(json, member, Problem.PERSONAL_MAIL, where));
    }

    /// Gives ids to the things in an object that have none of their own, or one that is no UUID.
    void parts(ObjectNode json, UUID owner, String where) {
        for (var entry : List.copyOf(json.properties())) {
            if (entry.getKey().equals("translations")) {
                continue;
            }
            if (entry.getKey().equals("held") && entry.getValue() instanceof ObjectNode held) {
                parts(held, owner, where);
                continue;
            }
            if (entry.getKey().equals("unit") && entry.getValue() instanceof ObjectNode unit) {
                part(unit, "unit", owner, where);
            }
            if (!(entry.getValue() instanceof ArrayNode array)) {
                continue;
            }
            for (JsonNode value : array) {
                if (value instanceof ObjectNode object) {
                    part(object, entry.getKey(), owner, where);
                }
            }
        }
    }

    private void part(ObjectNode object, String member, UUID owner, String where) {
        var id =
                Document.text(object, "id")
                        .map(
                                foreign ->
                                        Optional.of(foreign)
                                                .filter(it -> it.length() == 36)
                                                .flatMap(Document::uuid)
                                                .orElseGet(
                                                        () -> NameUuid.of(owner, member, foreign)))
                        .orElseGet(() -> NameUuid.of(owner, member, Document.of(object).text()));
        object.put("id", id.toString());
        parts(object, id, where);
    }
}
