// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.waymark.node.listing.hsds.HsdsMember;
import org.waymark.node.listing.hsds.HsdsModel;
import org.waymark.node.listing.hsds.HsdsObject;

/// What HSDS and our Profile name. A member that nobody knows may say anything: who somebody is, or
/// where a house stands.
final class KnownMembers {

    // Which of the texts a machine wrote.
    private static final String MACHINE = "machine";
    private static final String TRANSLATIONS = "translations";

    private static final Map<String, List<String>> OURS =
            Map.of(
                    "service",
                    List.of(
                            "base_language",
                            "zone",
                            "kind",
                            "reach",
                            "place",
                            "phone_only",
                            "access",
                            "bring",
                            "name_needed",
                            "papers_needed",
                            "may_have_to_report",
                            "referral_policy",
                            "checked_how",
                            "check_months",
                            "source_year",
                            "situations",
                            "wait_days",
                            "wait_told",
                            "closed_from",
                            "closed_to",
                            "origin"),
                    "schedule",
                    List.of("exception", "closed", "frequency"),
                    "location",
                    List.of("areas", TranslatedDocument.TOWN),
                    "organization",
                    List.of("placeholder"));

    // What may stand in an object of each kind, and in its translations.
    private static final Map<String, Known> KNOWN = known();

    private record Known(Set<String> members, Set<String> inTranslations) {}

    private KnownMembers() {}

    private static Map<String, Known> known() {
        var all = new HashMap<String, Known>();
        for (var object : HsdsModel.get().objects()) {
            var members = new HashSet<String>(OURS.getOrDefault(object.name(), List.of()));
            object.members().forEach(it -> members.add(it.name()));
            var inTranslations = new HashSet<>(members);
            inTranslations.add(MACHINE);
            members.add(TRANSLATIONS);
            all.put(object.name(), new Known(Set.copyOf(members), Set.copyOf(inTranslations)));
        }
        return Map.copyOf(all);
    }

    private static Known known(HsdsObject object) {
        return Objects.requireNonNull(KNOWN.get(object.name()));
    }

    /// Takes out all others, in what is in it, too.
    ///
    /// @param name a kind of HSDS object, such as `service`
    static void retain(String name, ObjectNode json) {
        var object = HsdsModel.get().object(name);
        var known = known(object);
        for (var translation : json.path(TRANSLATIONS)) {
            if (translation instanceof ObjectNode texts) {
                texts.retain(known.inTranslations());
            }
        }
        json.retain(known.members());
        for (var member : object.members()) {
            if (member.type() == HsdsMember.Type.OBJECT
                    && json.path(member.name()) instanceof ObjectNode inner) {
                retain(member.of(), inner);
            } else if (member.type() == HsdsMember.Type.LIST
                    && json.path(member.name()) instanceof ArrayNode list) {
                list.forEach(
                        one -> {
                            if (one instanceof ObjectNode inner) {
                                retain(member.of(), inner);
                            }
                        });
            }
        }
    }

    /// The names of what an object of this kind has that nobody knows.
    static List<String> unknown(String name, ObjectNode json) {
        var known = known(HsdsModel.get().object(name)).members();
        return json.properties().stream()
                .map(Map.Entry::getKey)
                .filter(it -> !known.contains(it) && !it.equals("held"))
                .toList();
    }
}
