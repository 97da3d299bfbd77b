// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;

/// What is still under way at a service that is to close. A domain that listings know nothing of
/// tells it, and carries out what a person decides (safety rule 7).
public interface ClosingDuties {

    enum Decision {
        /// We end it as it was agreed, though the service takes nobody new.
        FINISH,
        /// They are told that the service has closed.
        DECLINE
    }

    /// Somebody who waits, or is being helped. It names no person.
    ///
    /// @param state in a word that is also the end of a message key, such as `waitlisted`
    /// @param href the staff page where it stands
    record Duty(UUID id, String state, String href, Set<Decision> choices) {
        public Duty {
            choices = Set.copyOf(choices);
        }
    }

    /// How many there are, for who may not see them.
    int count(Acting acting, ListingId listing);

    /// Which are still open, as the transaction that closes the service sees them.
    Set<UUID> open(Acting acting, Transaction tx, ListingId listing);

    /// Whether this person may see and decide them.
    boolean mayDecide(Acting acting);

    List<Duty> list(Acting acting, ListingId listing);

    /// @return whether it is done; repeating it is no error
    boolean decide(Acting acting, UUID duty, Decision decision);
}
