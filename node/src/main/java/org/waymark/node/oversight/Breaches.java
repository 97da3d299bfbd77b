// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.Breach.Whom;
import org.waymark.node.person.PersonDesk;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;

/// The register of breaches, with its clocks. It is kept for good: who asks for it must see every
/// one (GDPR, article 33 (5)). Nothing here tells anybody by itself but the people who are chosen.
public final class Breaches {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final CaseKeys keys;
    private final Referrals referrals;
    private final PersonDesk people;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Breaches(
            Database database,
            Access access,
            Audit audit,
            CaseKeys keys,
            Referrals referrals,
            PersonDesk people,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.keys = keys;
        this.referrals = referrals;
        this.people = people;
        this.clock = clock;
        this.ids = ids;
    }

    /// @param knownAt when somebody here learnt of it; never later than now
    public Breach add(Acting acting, String what, Risk risk, int concerned, Instant knownAt) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        var now = clock.instant();
        var breach =
                new Breach(
                        ids.get(),
                        what.length() > Breach.MAX_TEXT ? what.substring(0, Breach.MAX_TEXT) : what,
                        risk,
                        concerned,
                        knownAt.isAfter(now) ? now : knownAt,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var caseId = new CaseId(ids.get());
        keys.create(caseId);
        var content =
                keys.protect(
                        caseId,
                        Part.CASE,
                        address(breach.id()),
                        breach.what().getBytes(StandardCharsets.UTF_8));
        database.run(
                tx -> {
                    BreachTable.add(
                            tx,
                            acting.organization(),
                            new BreachTable.Stored(breach, caseId, content));
                    audit.record(tx, acting, "breach-recorded", breach.id().toString());
                });
        return breach;
    }

    /// The newest first.
    public List<Breach> list(Acting acting) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        return database.read(tx -> BreachTable.list(tx, acting.organization())).stream()
                .map(this::open)
                .toList();
    }

    public Optional<Breach> find(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        return database.read(tx -> BreachTable.find(tx, acting.organization(), id)).map(this::open);
    }

    /// Somebody knows better now how bad it is.
    public boolean rate(Acting acting, UUID id, Risk risk, int concerned) {
        return change(
                acting,
                id,
                "breach-rated",
                tx -> BreachTable.rate(tx, acting.organization(), id, risk, concerned));
    }

    /// Somebody told them.
    public boolean told(Acting acting, UUID id, Whom whom) {
        var action =
                switch (whom) {
                    case AUTHORITY -> "breach-authority-told";
                    case PARTNERS -> "breach-partners-told";
                    case PEOPLE -> "breach-people-told";
                };
        return change(
                acting,
                id,
                action,
                tx -> BreachTable.told(tx, acting.organization(), id, whom, clock.instant()));
    }

    /// Nothing is left to do, or it turned out to be none.
    public boolean close(Acting acting, UUID id) {
        return change(
                acting,
                id,
                "breach-closed",
                tx -> BreachTable.close(tx, acting.organization(), id, clock.instant()));
    }

    /// Writes to the people behind some requests; they read it with their help code. Repeating it
    /// writes once more.
    ///
    /// @param words by the language in which somebody may speak to them
    /// @return those who have no such page, and must be called
    public List<ReferralId> tellPeople(
            Acting acting, UUID id, Set<ReferralId> chosen, Function<String, String> words) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        if (find(acting, id).isEmpty()) {
            return List.copyOf(chosen);
        }
        return chosen.stream().filter(it -> !tell(acting, id, it, words)).toList();
    }

    private boolean tell(
            Acting acting, UUID id, ReferralId referral, Function<String, String> words) {
        var following = people.find(acting, referral);
        if (following.isEmpty() || following.get().codeGivenAt().isEmpty()) {
            return false;
        }
        var language =
                referrals
                        .find(acting, referral)
                        .flatMap(it -> it.contact())
                        .map(it -> it.language())
                        .orElse("");
        var written = people.write(acting, referral, words.apply(language));
        if (written) {
            database.run(tx -> audit.record(tx, acting, "breach-person-told", id + " " + referral));
        }
        return written;
    }

    private boolean change(
            Acting acting, UUID id, String action, Function<Transaction, Integer> change) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        return database.write(
                tx -> {
                    var changed = change.apply(tx) > 0;
                    if (changed) {
                        audit.record(tx, acting, action, id.toString());
                    }
                    return changed;
                });
    }

    private Breach open(BreachTable.Stored stored) {
        var it = stored.breach();
        var what =
                keys.openText(stored.caseId(), Part.CASE, address(it.id()), stored.content())
                        .orElse("");
        return new Breach(
                it.id(),
                what,
                it.risk(),
                it.people(),
                it.knownAt(),
                it.recordedAt(),
                it.authorityToldAt(),
                it.partnersToldAt(),
                it.peopleToldAt(),
                it.closedAt());
    }

    private static FieldAddress address(UUID id) {
        return new FieldAddress(BreachTable.NAME, id, "content");
    }
}
