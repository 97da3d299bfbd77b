// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.ReferralPolicy;

/// How much of what people need to know a listing says, and what is missing.
///
/// @param percent of the weights of what could be said
public record Quality(int percent, List<Gap> gaps) {

    /// Something that is missing. The weight says how badly people miss it; the field is where
    /// staff write it.
    public enum Gap {
        PHONE(20, "phone"),
        ACCESS(15, "access"),
        CHECKED(15, ""),
        HOURS(10, "opens"),
        DESCRIPTION(10, "description"),
        LANGUAGES(10, "languages"),
        TOPIC(10, "name"),
        TRANSLATION(10, "name"),
        ADDRESS(5, "street"),
        COST(5, "cost"),
        PAPERS(5, "papers-needed"),
        /// Whether an office may have to tell the immigration authority.
        REPORTING(15, "may-have-to-report"),
        REFERRALS(5, "referrals");

        private final int weight;
        private final String field;

        Gap(int weight, String field) {
            this.weight = weight;
            this.field = field;
        }

        /// The id of its field in the form of a listing; empty where it is no field.
        public String field() {
            return field;
        }
    }

    public Quality {
        gaps = List.copyOf(gaps);
    }

    /// @param languages of the site, tags; whoever reads it should find its name in each
    public static Quality of(Listing listing, LocalDate today, Collection<String> languages) {
        var reached = 0;
        var possible = 0;
        var gaps = new ArrayList<Gap>();
        for (var gap : Gap.values()) {
            if (!matters(gap, listing)) {
                continue;
            }
            possible += gap.weight;
            if (isThere(gap, listing, today, languages)) {
                reached += gap.weight;
            } else {
                gaps.add(gap);
            }
        }
        return new Quality(reached * 100 / possible, gaps);
    }

    /// The mean of many; 100 for none.
    public static int mean(Collection<Quality> all) {
        return (int) Math.round(all.stream().mapToInt(Quality::percent).average().orElse(100));
    }

    private static boolean matters(Gap gap, Listing listing) {
        return switch (gap) {
            case ADDRESS -> listing.place() == Place.EXACT && !isElsewhere(listing);
            case HOURS -> listing.access() != Access.REFERRAL_ONLY;
            case REPORTING -> listing.kind() == Kind.PUBLIC_OFFICE;
            case PHONE,
                    ACCESS,
                    CHECKED,
                    DESCRIPTION,
                    LANGUAGES,
                    TOPIC,
                    TRANSLATION,
                    COST,
                    PAPERS,
                    REFERRALS ->
                    true;
        };
    }

    private static boolean isElsewhere(Listing listing) {
        return listing.access() == Access.ONLINE || listing.access() == Access.OUTREACH;
    }

    private static boolean isThere(
            Gap gap, Listing listing, LocalDate today, Collection<String> languages) {
        Predicate<Answer> known = answer -> answer != Answer.UNKNOWN;
        return switch (gap) {
            case PHONE -> !listing.phones().isEmpty();
            case ACCESS -> listing.access() != Access.UNKNOWN;
            case CHECKED -> !listing.checked().isOverdue(today);
            case HOURS -> !listing.schedules().isEmpty();
            case DESCRIPTION -> !listing.description().base().isBlank();
            case LANGUAGES -> !listing.languages().isEmpty();
            case TOPIC -> !listing.topics().isEmpty();
            case TRANSLATION -> listing.name().byLanguage().keySet().containsAll(languages);
            case ADDRESS -> listing.spots().stream().anyMatch(spot -> !spot.city().isBlank());
            case COST -> listing.fit().free() || !listing.cost().base().isBlank();
            case PAPERS -> known.test(listing.papersNeeded());
            case REPORTING -> known.test(listing.mayHaveToReport());
            case REFERRALS -> listing.referralPolicy() != ReferralPolicy.UNKNOWN;
        };
    }
}
