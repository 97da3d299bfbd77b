// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.Breach.Whom;
import org.waymark.node.oversight.BreachNotice.How;
import org.waymark.node.person.PersonDesk;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.OpenedReferral;
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
                        what,
                        "",
                        risk,
                        concerned,
                        knownAt.isAfter(now) ? now : knownAt,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        requireFits(what);
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
                            new BreachTable.Stored(breach, caseId, content, Optional.empty()));
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

    /// Those with something left to do, without their words.
    public List<Breach> listOpen(Acting acting) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        return database.read(tx -> BreachTable.listOpen(tx, acting.organization()));
    }

    /// What came of changing a breach.
    public enum Change {
        DONE,
        /// It is not there, or somebody did it already.
        NOT_NOW,
        /// Somebody must still be told, so it needs a reason.
        REASON_MISSING,
        /// Some of the people must still be called.
        CALLS_MISSING
    }

    /// Somebody knows better now how bad it is.
    ///
    /// @param why needed when fewer must hear of it now, and some of them have not
    public Change rate(Acting acting, UUID id, Risk risk, int concerned, String why) {
        return change(
                acting,
                id,
                "breach-rated-" + risk.name().toLowerCase(Locale.ROOT),
                why,
                it -> it.waiting().stream().anyMatch(whom -> !Breach.mustHear(risk, whom)),
                tx -> BreachTable.rate(tx, acting.organization(), id, risk, concerned));
    }

    /// Somebody told them.
    ///
    /// @param why needed for the people when nobody is noted as told, or somebody was lost
    public Change told(Acting acting, UUID id, Whom whom, String why) {
        var action =
                switch (whom) {
                    case AUTHORITY -> "breach-authority-told";
                    case PARTNERS -> "breach-partners-told";
                    case PEOPLE -> "breach-people-told";
                };
        var notices = whom == Whom.PEOPLE ? notices(acting, id) : List.<BreachNotice>of();
        if (notices.stream().anyMatch(BreachNotice::waits)) {
            return Change.CALLS_MISSING;
        }
        var isOpen =
                whom == Whom.PEOPLE
                        && (notices.isEmpty()
                                || notices.stream().anyMatch(it -> it.how() == How.LOST));
        return change(
                acting,
                id,
                action,
                why,
                it -> isOpen && it.peopleToldAt().isEmpty(),
                tx -> BreachTable.told(tx, acting.organization(), id, whom, clock.instant()));
    }

    /// Nothing is left to do, or it turned out to be none.
    ///
    /// @param why needed when somebody who must hear of it has not
    public Change close(Acting acting, UUID id, String why) {
        return change(
                acting,
                id,
                "breach-closed",
                why,
                it -> !it.waiting().isEmpty(),
                tx -> BreachTable.close(tx, acting.organization(), id, clock.instant()));
    }

    /// Who of the people was told, and who must still be called.
    public List<BreachNotice> notices(Acting acting, UUID id) {
        return find(acting, id)
                .map(it -> database.read(tx -> BreachNoticeTable.list(tx, it.id())))
                .orElse(List.of());
    }

    /// Writes to the people behind some requests; those with help code and second word read it in
    /// their language. Nobody is written to twice, and who must be called is kept until they were.
    ///
    /// @param words by the language in which somebody may speak to them; empty when this site does
    ///   not have it
    /// @return those who must be called
    public List<ReferralId> tellPeople(
            Acting acting,
            UUID id,
            Set<ReferralId> chosen,
            Function<String, Optional<String>> words) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (find(acting, id).isEmpty()) {
            return List.copyOf(chosen);
        }
        var known =
                notices(acting, id).stream()
                        .filter(it -> !it.waits())
                        .map(BreachNotice::referral)
                        .collect(Collectors.toUnmodifiableSet());
        var toCall = new ArrayList<ReferralId>();
        for (var referral : chosen) {
            if (known.contains(referral) || referrals.findOwn(acting, referral).isEmpty()) {
                continue;
            }
            var how = tell(acting, referral, words) ? How.WRITTEN : How.TO_CALL;
            note(acting, id, referral, how);
            if (how == How.TO_CALL) {
                toCall.add(referral);
            }
        }
        return List.copyOf(toCall);
    }

    /// Somebody called one of those who had to be called.
    public boolean called(Acting acting, UUID id, ReferralId referral) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var waits =
                notices(acting, id).stream()
                        .anyMatch(it -> it.waits() && it.referral().equals(referral));
        if (waits) {
            note(acting, id, referral, How.CALLED);
        }
        return waits;
    }

    private void note(Acting acting, UUID id, ReferralId referral, How how) {
        database.run(
                tx -> {
                    BreachNoticeTable.put(tx, id, new BreachNotice(referral, how, clock.instant()));
                    if (how != How.TO_CALL) {
                        // On the request, so that who asks what was done about them finds it.
                        audit.record(tx, acting, "breach-person-told", referral.toString());
                    }
                });
    }

    /// Only whom the page shows it, and in words they read: without the second word a person sees
    /// no messages.
    private boolean tell(
            Acting acting, ReferralId referral, Function<String, Optional<String>> words) {
        var reads =
                people.find(acting, referral)
                        .filter(it -> it.codeGivenAt().isPresent() && it.hasWord());
        if (reads.isEmpty()) {
            return false;
        }
        return referrals
                .find(acting, referral)
                .filter(it -> !isStopped(it.referral().state()))
                .flatMap(OpenedReferral::contact)
                .flatMap(it -> words.apply(it.language()))
                .filter(it -> people.write(acting, referral, it))
                .isPresent();
    }

    // What is written there is deleted soon.
    private static boolean isStopped(State state) {
        return state == State.WITHDRAWN || state == State.ENTERED_IN_ERROR;
    }

    private Change change(
            Acting acting,
            UUID id,
            String action,
            String why,
            Predicate<Breach> needsReason,
            Function<Transaction, Integer> change) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        requireFits(why);
        return database.write(
                tx -> {
                    var stored = BreachTable.find(tx, acting.organization(), id);
                    if (stored.isEmpty()) {
                        return Change.NOT_NOW;
                    }
                    var isNeeded = needsReason.test(stored.get().breach());
                    if (isNeeded && why.isBlank()) {
                        return Change.REASON_MISSING;
                    }
                    if (change.apply(tx) == 0) {
                        return Change.NOT_NOW;
                    }
                    if (isNeeded) {
                        BreachTable.explain(
                                tx,
                                id,
                                keys.protect(stored.get().caseId(), Part.CASE, whyAt(id), why));
                    }
                    audit.record(tx, acting, action, id.toString());
                    return Change.DONE;
                });
    }

    private static void requireFits(String text) {
        if (text.length() > Breach.MAX_TEXT) {
            throw new IllegalArgumentException("Longer than " + Breach.MAX_TEXT);
        }
    }

    private Breach open(BreachTable.Stored stored) {
        var it = stored.breach();
        var what =
                keys.openText(stored.caseId(), Part.CASE, address(it.id()), stored.content())
                        .orElse("");
        var why =
                stored.why()
                        .flatMap(
                                bytes ->
                                        keys.openText(
                                                stored.caseId(), Part.CASE, whyAt(it.id()), bytes))
                        .orElse("");
        return new Breach(
                it.id(),
                what,
                why,
                it.risk(),
                it.people(),
                it.knownAt(),
                it.recordedAt(),
                it.authorityToldAt(),
                it.partnersToldAt(),
                it.peopleToldAt(),
                it.closedAt());
    }

    private static FieldAddress whyAt(UUID id) {
        return new FieldAddress(BreachTable.NAME, id, "why");
    }

    private static FieldAddress address(UUID id) {
        return new FieldAddress(BreachTable.NAME, id, "content");
    }
}
