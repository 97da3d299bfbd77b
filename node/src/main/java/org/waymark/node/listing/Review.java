// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Optional;
import java.util.Set;
import org.waymark.node.privacy.AccountId;

/// Whether a person must look at a listing before others see it, and what for.
public record Review(State state, Set<Reason> reasons, Optional<Proposal> proposal) {

    public enum State {
        /// Published, as widely as its reach says.
        PUBLISHED,
        /// In the queue, unpublished.
        WAITING,
        /// Someone decided not to publish it.
        HELD
    }

    /// Why it was stopped. Names are message keys in lower case.
    public enum Reason {
        /// Immigration police, detention, removal.
        ENFORCEMENT,
        VIOLENCE,
        TRAFFICKING,
        CHILD_PROTECTION,
        LGBTIQ,
        ASYLUM_HOUSING,
        WOMEN_ONLY,
        /// A remark such as "do not give out" stands in a text.
        STAFF_REMARK,
        /// A text names a person, a mobile or a mail address of a person.
        PERSONAL,
        /// A text names a house that no listing tells.
        HIDDEN_HOUSE,
        /// A room, a job or a lift: two people look at who offers it before anybody sees it, and a
        /// second report hides it (safety rule 3).
        OFFER
    }

    /// What one person wants and a second must agree to, because it shows more.
    public record Proposal(Kind kind, Reach reach, Place place, AccountId by) {}

    public Review {
        reasons = Set.copyOf(reasons);
    }

    /// Whether there is no form, whoever asks and by whatever door (safety.md 9).
    public boolean isForPhoneOnly() {
        return reasons.contains(Reason.VIOLENCE)
                || reasons.contains(Reason.TRAFFICKING)
                || reasons.contains(Reason.CHILD_PROTECTION);
    }

    public static Review none() {
        return new Review(State.PUBLISHED, Set.of(), Optional.empty());
    }

    /// Whether somebody wished for more than they may alone, later than in a review before.
    boolean isAskedSince(Optional<Review> before) {
        return proposal.isPresent() && !before.flatMap(Review::proposal).equals(proposal);
    }

    public boolean isPublished() {
        return state == State.PUBLISHED;
    }
}
