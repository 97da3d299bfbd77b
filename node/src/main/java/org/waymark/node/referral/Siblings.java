// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// The requests of one household as this organisation keeps them: each knows all others, so that
/// who leaves one leaves all. Nothing of that travels.
final class Siblings {

    private final CaseFiles files;
    private final Clock clock;
    private final ReferralTable table = new ReferralTable();

    Siblings(CaseFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    Optional<HouseholdPart> part(Transaction tx, Referral ours) {
        return files.read(tx, ours, LocalNotes.class).flatMap(LocalNotes::household);
    }

    /// A request with all that belong to its household, however many followed each other.
    Set<UUID> all(Transaction tx, OrganizationId ours, Collection<UUID> from) {
        var found = new TreeSet<UUID>();
        var open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            var id = open.remove();
            if (found.add(id)) {
                find(tx, ours, id)
                        .flatMap(it -> part(tx, it))
                        .ifPresent(it -> open.addAll(it.others()));
            }
        }
        return found;
    }

    /// Makes a draft one of a household's requests, in the transaction that writes it.
    void join(Transaction tx, Referral draft, Collection<UUID> with) {
        var ours = draft.organization();
        // In this order everywhere, or two who join would wait for each other.
        all(tx, ours, with).forEach(id -> table.lock(tx, new ReferralId(id)));
        var family = all(tx, ours, with);
        family.remove(draft.id().value());
        for (var id : family) {
            find(tx, ours, id).ifPresent(it -> change(tx, it, part -> part.and(draft.id())));
        }
        change(tx, draft, part -> part.with(family));
    }

    /// Takes out of a draft that follows a request who has left that one meanwhile.
    void keepUp(Transaction tx, Referral draft, Referral before) {
        var copied = part(tx, draft).map(HouseholdPart::members).orElse(List.of());
        part(tx, before)
                .ifPresent(
                        now ->
                                copied.stream()
                                        .map(HouseholdPart.Member::letter)
                                        .filter(it -> now.find(it).isEmpty())
                                        .forEach(it -> remove(tx, draft, it)));
    }

    /// Takes one out. What was not sent yet asks for those who are left.
    void remove(Transaction tx, Referral ours, String letter) {
        change(tx, ours, it -> it.without(letter, clock.instant()));
        var rest = part(tx, ours);
        if (ours.state() == LifeCycle.State.DRAFT && rest.isPresent()) {
            var fit = rest.get();
            files.read(tx, ours, Travelling.FirstStep.class)
                    .map(it -> it.of(it.fit().of(fit.adults(), fit.children())))
                    .ifPresent(it -> files.write(tx, ours, it));
        }
    }

    void change(Transaction tx, Referral ours, UnaryOperator<HouseholdPart> change) {
        files.read(tx, ours, LocalNotes.class)
                .flatMap(notes -> notes.household().map(it -> notes.with(change.apply(it))))
                .ifPresent(it -> files.write(tx, ours, it));
    }

    private Optional<Referral> find(Transaction tx, OrganizationId ours, UUID id) {
        return table.find(tx, new ReferralId(id)).filter(it -> it.organization().equals(ours));
    }
}
