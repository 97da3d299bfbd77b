// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a visitor looks for. Never logged and never kept; so it does not print itself.
///
/// @param words as typed, possibly empty
/// @param reader BCP 47 tag of the page's language
/// @param narrow what the results must be
/// @param order what stands first; empty for what fits the question
/// @param page the first is 0
public record ListingQuery(
        String words, String reader, Narrow narrow, Optional<Order> order, int page) {

    /// How many listings a page of hits has.
    public static final int PAGE_SIZE = 20;

    // A visitor who is not helped by 20 pages asks a person.
    private static final int LAST_PAGE = 199;

    /// What stands first.
    public enum Order {
        RELEVANCE,
        DISTANCE,
        FRESHNESS
    }

    /// What the results must be; whatever is empty or false does not narrow.
    ///
    /// @param spoken BCP 47 tag of a language that staff must speak; only its first part counts
    /// @param term name of a taxonomy term
    /// @param access one of these ways to get in
    /// @param situations all of these
    /// @param near code of a place, or of a postcode; distances are measured from it
    /// @param within kilometres from there at most; without it, near narrows nothing
    public record Narrow(
            Optional<Topic> topic,
            Optional<String> term,
            Optional<String> spoken,
            boolean open,
            boolean free,
            boolean stepFree,
            boolean referrals,
            Optional<AgeGroup> age,
            Set<Access> access,
            Set<Situation> situations,
            Optional<String> near,
            Optional<Integer> within) {

        /// How many kilometres can be chosen.
        public static final List<Integer> DISTANCES = List.of(1, 2, 5, 10, 25, 50);

        public Narrow {
            access = Set.copyOf(access);
            situations = Set.copyOf(situations);
        }

        public static Narrow to(Optional<Topic> topic, Optional<String> spoken) {
            return new Narrow(
                    topic,
                    Optional.empty(),
                    spoken,
                    false,
                    false,
                    false,
                    false,
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty());
        }

        /// Whether anything but the topic leaves listings out.
        public boolean isMoreThanTopic() {
            return open
                    || free
                    || stepFree
                    || referrals
                    || term.isPresent()
                    || spoken.isPresent()
                    || age.isPresent()
                    || !access.isEmpty()
                    || !situations.isEmpty()
                    || (near.isPresent() && within.isPresent());
        }
    }

    public ListingQuery {
        page = Math.clamp(page, 0, LAST_PAGE);
    }

    public ListingQuery(String words, Optional<Topic> topic, Optional<String> spoken, int page) {
        this(words, "en", Narrow.to(topic, spoken), Optional.empty(), page);
    }

    /// The order that is meant when nobody chose one.
    Order orderOrUsual() {
        return order.orElse(
                narrow.near().isPresent()
                        ? Order.DISTANCE
                        : words.isBlank() ? Order.FRESHNESS : Order.RELEVANCE);
    }

    @Override
    public String toString() {
        return "ListingQuery[hidden]";
    }
}
