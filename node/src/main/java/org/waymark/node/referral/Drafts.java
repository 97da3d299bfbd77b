// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Origin;
import org.waymark.node.listing.Topic;
import org.waymark.node.peer.StillOpen;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Step;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Writes drafts and sends them, after asking everything that must be true first. The callers have
/// checked the right.
final class Drafts {

    // 80 bits: nobody guesses another's, and it fits on a slip.
    private static final int CASE_CODE_BYTES = 10;

    private final Database database;
    private final CaseKeys keys;
    private final CaseFiles files;
    private final Listings listings;
    private final Partners partners;
    private final Calls calls;
    private final Moves moves;
    private final Duties duties;
    private final Calendars calendars;
    private final BaseUrl baseUrl;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final SecureRandom random;
    private final ReferralTable table = new ReferralTable();
    private final ReferralEventTable events = new ReferralEventTable();

    Drafts(
            Database database,
            CaseKeys keys,
            CaseFiles files,
            Listings listings,
            Partners partners,
            Calls calls,
            Moves moves,
            Duties duties,
            Calendars calendars,
            BaseUrl baseUrl,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.database = database;
        this.keys = keys;
        this.files = files;
        this.listings = listings;
        this.partners = partners;
        this.calls = calls;
        this.moves = moves;
        this.duties = duties;
        this.calendars = calendars;
        this.baseUrl = baseUrl;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    MoveOutcome write(Acting acting, NewReferral wanted, Set<CallId> after) {
        return write(acting, wanted, after, (_, _) -> {});
    }

    /// @param beside what is written with it or not at all
    MoveOutcome write(
            Acting acting,
            NewReferral wanted,
            Set<CallId> after,
            BiConsumer<Transaction, Referral> beside) {
        if (!wanted.protection().isEmpty() || wanted.minorAlone()) {
            return new MoveOutcome.Refused(Why.PROTECTION_BY_PHONE);
        }
        var found = find(acting, wanted.listing());
        if (found.isEmpty()) {
            return new MoveOutcome.Refused(Why.LISTING_NOT_FOUND);
        }
        var listing = found.get();
        var outside =
                isOwn(acting, listing)
                        ? partners.outside().of(acting.organization(), listing)
                        : Optional.<URI>empty();
        var refusal = refusal(acting, listing, outside.isPresent());
        if (refusal.isPresent()) {
            return new MoveOutcome.Refused(refusal.get());
        }
        var receiver = outside.orElseGet(() -> publisherOf(listing));
        return switch (partners.find(acting.organization(), receiver)) {
            case Found.Ready(var partner) ->
                    new MoveOutcome.Moved(write(acting, wanted, after, listing, partner, beside));
            case Found.NotAgreed _ -> new MoveOutcome.Refused(Why.AGREEMENT_MISSING);
            case Found.KeyChanged _ -> new MoveOutcome.Refused(Why.PARTNER_KEY_CHANGED);
        };
    }

    /// A partner's copy, or what another organisation of this node shows to everyone.
    private Optional<Listing> find(Acting acting, ListingId id) {
        return listings.find(acting, id)
                .or(
                        () ->
                                listings.visit(id) instanceof Listings.Visit.Shown(var shown)
                                        ? Optional.of(shown)
                                        : Optional.empty());
    }

    /// Whom a request to this listing would go to, when one may be written now.
    Optional<URI> whomToAsk(Acting acting, Listing listing) {
        var outside =
                isOwn(acting, listing)
                        ? partners.outside().of(acting.organization(), listing)
                        : Optional.<URI>empty();
        return Optional.of(outside.orElseGet(() -> publisherOf(listing)))
                .filter(_ -> refusal(acting, listing, outside.isPresent()).isEmpty())
                .filter(it -> partners.mayAsk(acting.organization(), it));
    }

    private static boolean isOwn(Acting acting, Listing listing) {
        // Colleagues need no request among themselves. What a person asks comes through the node.
        return !acting.isNode()
                && listing.origin() instanceof Origin.Own(var publisher)
                && publisher.equals(acting.organization());
    }

    /// @param isOutside whether somebody without a node runs it, who can be asked
    private static Optional<Why> refusal(Acting acting, Listing listing, boolean isOutside) {
        if (PhoneOnly.covers(listing)) {
            return Optional.of(Why.PROTECTION_BY_PHONE);
        }
        var isOurs = isOwn(acting, listing) && !isOutside;
        return isOurs || !listing.takesReferrals()
                ? Optional.of(Why.NO_REFERRALS_TAKEN)
                : Optional.empty();
    }

    private URI publisherOf(Listing listing) {
        return switch (listing.origin()) {
            case Origin.Own(var publisher) -> partners.actorOf(publisher).id();
            case Origin.Copy(var actor, _, _, _) -> actor;
        };
    }

    private Referral write(
            Acting acting,
            NewReferral wanted,
            Set<CallId> after,
            Listing listing,
            Partner partner,
            BiConsumer<Transaction, Referral> beside) {
        var caseId = new CaseId(ids.get());
        // Before the transaction that uses them: keys that nobody uses are swept, rows without keys
        // could never be read.
        keys.create(caseId);
        var now = clock.instant();
        var draft = draft(acting, wanted, listing, partner, caseId, now);
        var firstStep =
                new Travelling.FirstStep(
                        new Travelling.Need(
                                listing.uri(),
                                listing.name().base(),
                                topic(listing),
                                wanted.reason(),
                                wanted.alreadyGiven(),
                                Optional.empty()),
                        wanted.urgency(),
                        wanted.urgency().respondBy(now, listing.zone(), working(partner, acting)),
                        wanted.fit(),
                        caseCode(),
                        Optional.empty());
        database.run(
                tx -> {
                    StillOpen.require(tx, acting.organization());
                    table.add(tx, draft);
                    files.write(tx, draft, firstStep);
                    files.write(tx, draft, wanted.contact());
                    files.write(tx, draft, wanted.notes());
                    calls.handOver(tx, acting, listing.id(), after)
                            .forEach(call -> moves.note(tx, draft, call));
                    beside.accept(tx, draft);
                    moves.note(tx, acting, draft, Kind.DRAFT);
                });
        return draft;
    }

    private Referral draft(
            Acting acting,
            NewReferral wanted,
            Listing listing,
            Partner partner,
            CaseId caseId,
            Instant now) {
        var id = new ReferralId(ids.get());
        return new Referral(
                id,
                baseUrl.resolve("/r/" + id),
                Side.SENDER,
                acting.organization(),
                partner.actor(),
                partner.name(),
                caseId,
                Optional.of(listing.id()),
                State.DRAFT,
                Optional.empty(),
                wanted.urgency(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                now,
                Optional.empty(),
                now,
                Optional.empty());
    }

    MoveOutcome send(Acting acting, ReferralId id) {
        var seen =
                database.read(tx -> table.find(tx, id))
                        .filter(it -> it.organization().equals(acting.organization()));
        if (seen.isEmpty()) {
            return new MoveOutcome.NotFound(id);
        }
        var listing = seen.get().listing().flatMap(it -> find(acting, it));
        if (listing.isEmpty()) {
            return new MoveOutcome.Refused(Why.LISTING_NOT_FOUND);
        }
        return switch (partners.find(acting.organization(), seen.get().partner())) {
            case Found.Ready(var partner) -> send(acting, id, listing.get(), partner);
            case Found.NotAgreed _ -> new MoveOutcome.Refused(Why.AGREEMENT_MISSING);
            case Found.KeyChanged _ -> new MoveOutcome.Refused(Why.PARTNER_KEY_CHANGED);
        };
    }

    private MoveOutcome send(Acting acting, ReferralId id, Listing listing, Partner partner) {
        return database.write(
                tx -> {
                    table.lock(tx, id);
                    var draft = table.find(tx, id).orElseThrow();
                    return switch (LifeCycle.step(draft.state(), Move.SEND, Party.SENDER)) {
                        case Step.AlreadyThere _ -> new MoveOutcome.AlreadyThere(draft);
                        case Step.NotAllowed _ -> new MoveOutcome.NotAllowed(draft.state());
                        case Step.To _ -> {
                            StillOpen.require(tx, acting.organization());
                            yield send(tx, acting, draft, listing, partner);
                        }
                    };
                });
    }

    private MoveOutcome send(
            Transaction tx, Acting acting, Referral draft, Listing listing, Partner partner) {
        var refusal = refusal(acting, listing, partners.isOutside(draft.partner()));
        if (refusal.isPresent()) {
            return new MoveOutcome.Refused(refusal.get());
        }
        if (draft.urgency() == Urgency.TODAY && !wasCalled(tx, draft)) {
            return new MoveOutcome.Refused(Why.CALL_FIRST);
        }
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, zone);
        var consent =
                files.read(tx, draft, Consent.class)
                        .filter(it -> it.covers(Consent.Item.NEED, today))
                        .filter(it -> it.covers(Consent.Item.FIT, today));
        var awaited =
                files.read(tx, draft, LocalNotes.class)
                        .flatMap(LocalNotes::household)
                        .filter(it -> !it.canGoOn() || !it.awaited(today).isEmpty());
        if (consent.isEmpty() || awaited.isPresent()) {
            return new MoveOutcome.Refused(Why.CONSENT_MISSING);
        }
        var firstStep = files.read(tx, draft, Travelling.FirstStep.class);
        if (firstStep.isEmpty()) {
            return new MoveOutcome.Refused(Why.ERASED);
        }
        var working = calendars.of(tx, partner.local().orElse(acting.organization()));
        var answerBy = draft.urgency().respondBy(now, listing.zone(), working);
        var agreed = firstStep.get().agreed(consent.get().statement(), answerBy);
        var sent = moves.send(tx, acting, draft, agreed, partner);
        if (consent.get().basis() == Consent.Basis.VITAL_INTEREST) {
            duties.awaitReview(tx, sent);
        }
        return new MoveOutcome.Moved(sent);
    }

    // The holidays of a partner elsewhere are taken to be ours.
    private WorkingDays working(Partner partner, Acting acting) {
        return database.read(tx -> calendars.of(tx, partner.local().orElse(acting.organization())));
    }

    private boolean wasCalled(Transaction tx, Referral draft) {
        return events.list(tx, draft.id()).stream().anyMatch(it -> it.kind().isCall());
    }

    private static String topic(Listing listing) {
        return listing.topics().stream().map(Topic::slug).sorted().findFirst().orElse("");
    }

    private String caseCode() {
        var bytes = new byte[CASE_CODE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
