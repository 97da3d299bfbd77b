// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A page of what was found, in the order asked for.
///
/// @param total how many were found in all
/// @param kilometres from the place asked for, of those that say exactly where they are
/// @param partly nothing has all the words; these have some of them
/// @param counts how many there would be
/// @param unfiltered how many have the words, whatever they are narrowed to
/// @param meanings keys of what the words mean, as far as they are known
/// @param instead words that may have been meant; may be empty
public record ListingHits(
        int total,
        List<Listing> listings,
        Map<ListingId, Double> kilometres,
        boolean partly,
        Counts counts,
        int unfiltered,
        Set<String> meanings,
        String instead) {

    /// How many listings there would be with one more choice.
    ///
    /// @param open now
    public record Counts(Map<String, Map<String, Integer>> byGroup, int open) {

        public int of(Topic topic) {
            return of(ListingKeywords.TOPIC, topic.slug());
        }

        public int of(Access access) {
            return of(ListingKeywords.ACCESS, ListingKeywords.word(access));
        }

        public int of(AgeGroup age) {
            return of(ListingKeywords.AGE, ListingKeywords.word(age));
        }

        public int of(Situation situation) {
            return of(ListingKeywords.group(situation), ListingKeywords.YES);
        }

        public int free() {
            return of(ListingKeywords.FREE, ListingKeywords.YES);
        }

        public int stepFree() {
            return of(ListingKeywords.STEP_FREE, ListingKeywords.YES);
        }

        public int referrals() {
            return of(ListingKeywords.REFERRALS, ListingKeywords.YES);
        }

        /// Languages by tag.
        public Map<String, Integer> spoken() {
            return byGroup.getOrDefault(ListingKeywords.SPOKEN, Map.of());
        }

        /// Taxonomy terms by name.
        public Map<String, Integer> terms() {
            return byGroup.getOrDefault(ListingKeywords.TERM, Map.of());
        }

        private int of(String group, String value) {
            return byGroup.getOrDefault(group, Map.of()).getOrDefault(value, 0);
        }
    }

    public ListingHits {
        listings = List.copyOf(listings);
    }

    /// What the words are about, as far as they are known.
    public Set<Topic> topics() {
        return meanings.stream()
                .flatMap(key -> SearchWords.topic(key).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    public Optional<Double> kilometres(Listing listing) {
        return Optional.ofNullable(kilometres.get(listing.id()));
    }
}
