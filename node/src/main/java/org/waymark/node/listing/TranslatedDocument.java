// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The member `translations` of an HSDS object: by language tag, then by member, and `machine`
/// naming the members that a machine wrote and nobody has checked.
final class TranslatedDocument {

    /// The texts of a service that readers see, in the order of its page.
    static final List<String> OF_SERVICES =
            List.of(
                    "name",
                    "alternate_name",
                    "description",
                    "eligibility_description",
                    "application_process",
                    "fees_description",
                    "bring");

    /// What people call the town of a place. In the language of the place it stands in the address.
    static final String TOWN = "city";

    private static final String TRANSLATIONS = "translations";
    private static final String MACHINE = "machine";

    private TranslatedDocument() {}

    /// What is translated; empty where there is nothing.
    static String original(JsonNode json, String member) {
        return Document.text(json, member)
                .orElseGet(() -> member.equals(TOWN) ? Profile.spot(json).city() : "");
    }

    static String read(ObjectNode json, String language, String member) {
        return Document.text(json.path(TRANSLATIONS).path(language), member).orElse("");
    }

    /// Blank words take the translation away.
    static void write(
            ObjectNode json, String language, String member, String words, boolean byMachine) {
        var all =
                json.path(TRANSLATIONS) instanceof ObjectNode present
                        ? present
                        : json.putObject(TRANSLATIONS);
        var one =
                all.path(language) instanceof ObjectNode present
                        ? present
                        : all.putObject(language);
        one.remove(member);
        Document.setUnlessBlank(one, member, words);
        mark(one, member, byMachine && !words.isBlank());
        tidy(json);
    }

    /// Takes a member away in every language.
    static void clear(ObjectNode json, String member) {
        for (var translation : json.path(TRANSLATIONS)) {
            if (translation instanceof ObjectNode one) {
                one.remove(member);
                mark(one, member, false);
            }
        }
        tidy(json);
    }

    private static void mark(ObjectNode one, String member, boolean byMachine) {
        var named = new TreeSet<String>();
        one.path(MACHINE).forEach(it -> named.add(it.asText()));
        if (byMachine) {
            named.add(member);
        } else {
            named.remove(member);
        }
        one.remove(MACHINE);
        if (!named.isEmpty()) {
            var list = one.putArray(MACHINE);
            named.forEach(list::add);
        }
    }

    private static void tidy(ObjectNode json) {
        if (!(json.path(TRANSLATIONS) instanceof ObjectNode all)) {
            return;
        }
        var empty = new ArrayList<String>();
        all.properties()
                .forEach(
                        it -> {
                            if (it.getValue().isEmpty()) {
                                empty.add(it.getKey());
                            }
                        });
        all.remove(empty);
        if (all.isEmpty()) {
            json.remove(TRANSLATIONS);
        }
    }
}
