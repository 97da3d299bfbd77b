// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Consent.Item;
import org.waymark.node.referral.LifeCycle.Heard;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Where organisations without a node see a request of ours and answer it. Whoever calls this has
/// made sure who knocks. An answer goes the way that answers of other nodes go.
public final class OutsideDoor {

    private static final Duration ONE_LOOK = Duration.ofHours(1);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final CaseFiles files;
    private final Partners partners;
    private final Arrivals arrivals;
    private final BaseUrl baseUrl;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ReferralTable table = new ReferralTable();

    OutsideDoor(
            Database database,
            Access access,
            Audit audit,
            CaseFiles files,
            Partners partners,
            Arrivals arrivals,
            BaseUrl baseUrl,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.files = files;
        this.partners = partners;
        this.arrivals = arrivals;
        this.baseUrl = baseUrl;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
    }

    /// Who is asked by a request of ours, for staff.
    public Optional<Referral> find(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> find(acting, tx, id));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    public Optional<Referral> find(Acting acting, Transaction tx, ReferralId id) {
        return table.find(tx, id)
                .filter(it -> it.organization().equals(acting.organization()))
                .filter(it -> it.side() == Side.SENDER && it.state() != State.DRAFT)
                .filter(it -> partners.isOutside(it.partner()));
    }

    /// What one needs to say yes or no, and the questions and answers so far; nothing that tells
    /// who the person is, and nothing of it when the consent has ended. The showing is in the
    /// timeline and the audit.
    public Optional<OpenedReferral> show(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.write(
                tx ->
                        find(acting, tx, id)
                                .map(
                                        ours -> {
                                            if (!isCovered(tx, ours, Item.NEED)
                                                    || !isCovered(tx, ours, Item.FIT)) {
                                                return withoutWords(ours);
                                            }
                                            var words =
                                                    files.timeline(tx, ours).stream()
                                                            .filter(OutsideDoor::isTheirs)
                                                            .toList();
                                            noteShown(tx, acting, ours);
                                            return new OpenedReferral(
                                                    ours,
                                                    files.read(
                                                            tx, ours, Travelling.FirstStep.class),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    words);
                                        }));
    }

    private static OpenedReferral withoutWords(Referral ours) {
        return new OpenedReferral(
                ours,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// Who looks again within the hour leaves no more rows.
    private void noteShown(Transaction tx, Acting acting, Referral ours) {
        var since = clock.instant().minus(ONE_LOOK);
        if (files.timeline(tx, ours).stream()
                .noneMatch(it -> it.kind() == Kind.SHOWN && it.at().isAfter(since))) {
            note(tx, acting, ours, Kind.SHOWN);
        }
    }

    private static boolean isTheirs(ReferralEvent event) {
        return event.kind() == Kind.ASK || event.kind() == Kind.ANSWER;
    }

    /// How to reach the person: only after their yes, while it is open, and as far as the consent
    /// goes. Whoever calls this has checked the code. The showing is in the timeline and the audit.
    public Optional<Travelling.Contact> showContact(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.write(
                tx ->
                        find(acting, tx, id)
                                .filter(this::contactWent)
                                .filter(ours -> isCovered(tx, ours, Item.CONTACT))
                                .flatMap(
                                        ours -> {
                                            var contact =
                                                    files.read(tx, ours, Travelling.Contact.class);
                                            contact.ifPresent(
                                                    _ ->
                                                            note(
                                                                    tx,
                                                                    acting,
                                                                    ours,
                                                                    Kind.CONTACT_SHOWN));
                                            return contact;
                                        }));
    }

    /// Whether step 2 has gone, so that a code may open it.
    public boolean contactWent(Referral ours) {
        return ours.contactSentAt().isPresent() && ours.state().isOpen();
    }

    private boolean isCovered(Transaction tx, Referral ours, Item item) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        return files.read(tx, ours, Consent.class).filter(it -> it.covers(item, today)).isPresent();
    }

    /// What they said.
    ///
    /// @param kind an act of a receiver
    /// @return whether it changed anything
    public boolean answer(Acting acting, ReferralId id, Kind kind, Travelling content) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (!kind.mayReach(Side.SENDER) || !kind.content().isInstance(content)) {
            throw new IllegalArgumentException("No answer: " + kind);
        }
        var partner =
                database.read(tx -> find(acting, tx, id))
                        .flatMap(
                                ours ->
                                        partners.find(acting.organization(), ours.partner())
                                                        instanceof Found.Ready(var ready)
                                                ? Optional.of(ready)
                                                : Optional.empty());
        return database.write(
                tx -> {
                    table.lock(tx, id);
                    var found = find(acting, tx, id);
                    if (found.isEmpty()) {
                        return false;
                    }
                    var ours = found.get();
                    var message =
                            new Message(
                                    ours.uri(),
                                    kind,
                                    content,
                                    ours.partner(),
                                    new Message.Address.Here(ours.organization(), partner),
                                    Math.max(
                                            ours.seenVersion() + 1, clock.instant().toEpochMilli()),
                                    ours.offer(),
                                    Optional.of(ours.caseUri().orElseGet(this::newCase)),
                                    Optional.empty());
                    return arrivals.take(tx, message, ours.organization(), partner)
                            == Arrivals.Reception.APPLIED;
                });
    }

    /// Whether this very thing is what they said last, so that saying it again comes to nothing.
    public boolean hasSaid(Acting acting, ReferralId id, Kind kind, Travelling content) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(
                tx ->
                        find(acting, tx, id)
                                .filter(it -> isThere(it, kind))
                                .filter(
                                        it ->
                                                lastWords(tx, it, kind)
                                                        .filter(content::equals)
                                                        .isPresent())
                                .isPresent());
    }

    private static boolean isThere(Referral ours, Kind kind) {
        return LifeCycle.hear(ours.state(), Move.valueOf(kind.name()), Party.RECEIVER)
                instanceof Heard.AlreadyThere;
    }

    private Optional<Travelling> lastWords(Transaction tx, Referral ours, Kind kind) {
        return files.timeline(tx, ours).reversed().stream()
                .filter(it -> it.by() == Party.RECEIVER && it.kind() == kind)
                .findFirst()
                .flatMap(ReferralEvent::content);
    }

    private URI newCase() {
        return baseUrl.resolve("/c/" + ids.get());
    }

    private void note(Transaction tx, Acting acting, Referral ours, Kind kind) {
        files.addEvent(
                tx,
                ours,
                new ReferralEvent(
                        ids.get(),
                        ours.id(),
                        clock.instant(),
                        Party.RECEIVER,
                        kind,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        audit.record(
                tx,
                acting,
                kind == Kind.SHOWN ? "referral-shown-by-link" : "referral-contact-shown-by-link",
                ours.id().toString());
    }
}
