// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.LocalTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What listings are filtered and counted by: the names of groups in the index, and the values that
/// a listing has there.
final class ListingKeywords {

    static final String TOPIC = "topic";
    static final String SPOKEN = "spoken";
    static final String TERM = "term";
    static final String ACCESS = "access";
    static final String AGE = "age";
    static final String FREE = "free";
    static final String STEP_FREE = "step-free";
    static final String REFERRALS = "referrals";
    static final String OPEN_DATA = "open-data";
    static final String YES = "yes";

    // From then on people come after work.
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private ListingKeywords() {}

    /// Each situation is a group of its own: who names two needs both.
    static String group(Situation situation) {
        return "situation." + word(situation);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String primary(String tag) {
        return tag.toLowerCase(Locale.ROOT).split("-", 2)[0];
    }

    static Map<String, Set<String>> of(Listing listing) {
        var all = new HashMap<String, Set<String>>();
        put(all, TOPIC, listing.topics().stream().map(Topic::slug).toList());
        put(
                all,
                SPOKEN,
                listing.languages().stream()
                        .flatMap(language -> language.tag().stream())
                        .map(ListingKeywords::primary)
                        .toList());
        put(all, TERM, listing.fit().terms());
        put(all, ACCESS, Set.of(word(listing.access())));
        put(
                all,
                AGE,
                AgeGroup.between(listing.fit().minimumAge(), listing.fit().maximumAge()).stream()
                        .map(ListingKeywords::word)
                        .toList());
        put(all, FREE, listing.fit().free());
        put(all, STEP_FREE, isStepFree(listing));
        put(all, REFERRALS, listing.takesReferrals());
        put(all, OPEN_DATA, Exposure.allows(Way.HSDS, listing));
        situations(listing).forEach(situation -> put(all, group(situation), true));
        return all;
    }

    private static void put(Map<String, Set<String>> all, String group, Collection<String> values) {
        if (!values.isEmpty()) {
            all.put(group, values.stream().collect(Collectors.toUnmodifiableSet()));
        }
    }

    private static void put(Map<String, Set<String>> all, String group, boolean is) {
        if (is) {
            all.put(group, Set.of(YES));
        }
    }

    /// What the listing names, and what follows from what it says elsewhere.
    static Set<Situation> situations(Listing listing) {
        var found = EnumSet.noneOf(Situation.class);
        found.addAll(listing.fit().situations());
        if (listing.papersNeeded() == Answer.NO) {
            found.add(Situation.NO_PAPERS);
        }
        if (listing.nameNeeded() == Answer.NO) {
            found.add(Situation.NO_NAME);
        }
        if (listing.access() == Access.ONLINE) {
            found.add(Situation.ONLINE);
        }
        if (listing.schedules().stream().anyMatch(ListingKeywords::isInTheEvening)) {
            found.add(Situation.EVENING);
        }
        return found;
    }

    private static boolean isInTheEvening(Schedule schedule) {
        if (schedule.opensAt().isEmpty()
                || schedule.closesAt().isEmpty()
                || schedule.days().isEmpty()) {
            return false;
        }
        var closes = schedule.closesAt().get();
        return closes.isAfter(EVENING) || !closes.isAfter(schedule.opensAt().get());
    }

    /// Whether some place says how one gets in without steps; "not accessible" is also something
    /// said about it.
    private static boolean isStepFree(Listing listing) {
        return listing.spots().stream()
                .flatMap(spot -> spot.accessibility().stream())
                .map(words -> words.strip().toLowerCase(Locale.ROOT))
                .anyMatch(words -> !words.isEmpty() && !words.matches("(?:no|not|none)\\b.*"));
    }
}
