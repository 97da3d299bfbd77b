// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.Acting;

/// The directory of this node. Methods without `Acting` give what anyone may have, by the way that
/// is named; the others are for staff of the publishing organisation.
public final class Listings {

    /// Something that followers of the directory (index, partners) must take in.
    ///
    /// @param gone no longer there for anyone; a tombstone
    public record Change(long number, ListingId id, boolean gone) {}

    /// What a visitor finds at an address.
    public sealed interface Visit {
        record Shown(Listing listing) implements Visit {}

        /// It was here and has closed: 410 for machines, alternatives for people.
        record Closed(Text name) implements Visit {}

        record Missing() implements Visit {}
    }

    /// For a public page.
    public Visit visit(ListingId id) {
        throw new UnsupportedOperationException();
    }

    /// Those of the ids that may leave by this way, in the order asked for.
    public List<Listing> list(Way way, Collection<ListingId> ids) {
        throw new UnsupportedOperationException();
    }

    /// A provider that has something to show by this way.
    public Optional<Provider> findProvider(Way way, UUID provider) {
        throw new UnsupportedOperationException();
    }

    /// What a provider, or a publisher, offers by this way; by name, at most 500.
    public List<Listing> listOf(Way way, UUID providerOrPublisher) {
        throw new UnsupportedOperationException();
    }

    /// How many listings of each topic a visitor can find.
    public Map<Topic, Integer> countByTopic() {
        throw new UnsupportedOperationException();
    }

    /// Changes after a number, oldest first: own listings and copies.
    public List<Change> changesAfter(long number, int limit) {
        throw new UnsupportedOperationException();
    }

    /// The listings of the acting organisation, by name; `words` narrows by name or provider and
    /// may be empty.
    public List<Listing> list(Acting acting, String words, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Any listing, own or copy, published or not.
    public Optional<Listing> find(Acting acting, ListingId id) {
        throw new UnsupportedOperationException();
    }

    public Listing add(Acting acting, Draft draft) {
        throw new UnsupportedOperationException();
    }

    /// Replaces what a listing says. `version` is the one that the writer saw.
    public Outcome replace(Acting acting, ListingId id, long version, Draft draft) {
        throw new UnsupportedOperationException();
    }

    /// Closes a service for good.
    public Outcome close(Acting acting, ListingId id) {
        throw new UnsupportedOperationException();
    }

    /// Somebody made sure today that all of it is right.
    public Outcome confirm(Acting acting, ListingId id, Checked.How how) {
        throw new UnsupportedOperationException();
    }

    /// What waits for a person's decision, oldest first.
    public List<Listing> reviewQueue(Acting acting) {
        throw new UnsupportedOperationException();
    }

    /// Publishes, so widely and precisely. Showing more than the listing says now takes two people.
    public Outcome publish(Acting acting, ListingId id, Kind kind, Reach reach, Place place) {
        throw new UnsupportedOperationException();
    }

    /// Keeps it unpublished and takes it out of the queue.
    public Outcome hold(Acting acting, ListingId id) {
        throw new UnsupportedOperationException();
    }

    /// Says that the reasons do not apply: an ordinary public listing. Takes two people.
    public Outcome dismiss(Acting acting, ListingId id) {
        throw new UnsupportedOperationException();
    }
}
