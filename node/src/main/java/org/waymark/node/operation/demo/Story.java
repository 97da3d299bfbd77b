// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation.demo;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.operation.Terminal;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.peer.PeerState;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.NewReferral;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.Urgency;

/// The past of Lindmar: how its organisations became partners, and what became of the people they
/// referred to each other. Every step is one that staff could take.
public final class Story {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHELTER = "harbour-house";
    private static final String LEGAL = "legal-aid";
    private static final String CLINIC = "riverside-clinic";

    private final City city;
    private final Map<String, Domains> domains;
    private final StoryClock clock;
    private final Runnable work;

    /// @param domains the node of each organisation, by slug
    /// @param work runs what is due on every node
    public Story(City city, Map<String, Domains> domains, StoryClock clock, Runnable work) {
        this.city = city;
        this.domains = Map.copyOf(domains);
        this.clock = clock;
        this.work = work;
    }

    public void tell(Terminal terminal) {
        var scenes =
                List.<Runnable>of(
                        this::becomePartners,
                        this::sign,
                        this::theOneThatHelped,
                        this::theSilentOne,
                        this::theOneDeclined,
                        this::theOneWithAQuestion,
                        this::theOneUnderWay,
                        this::theOneToldByPhone,
                        this::theOneThatWaitsHere);
        for (int i = 0; i < scenes.size(); i++) {
            scenes.get(i).run();
            terminal.step("The past of Lindmar", i + 1L, scenes.size());
        }
        clock.pass(Duration.ofDays(100));
    }

    // Partners

    private void becomePartners() {
        for (var member : city.members()) {
            nameFocalPoints(member.slug());
        }
        var here = at(SHELTER);
        var there = at(LEGAL);
        if (here == there) {
            return;
        }
        here.peers().request(Acting.node(), there.baseUrl().uri(), true);
        await("the request to arrive", () -> peer(there, here, PeerState.ASKED));
        clock.pass(Duration.ofHours(20));
        var asking = there.peers().find(Acting.node(), here.baseUrl().uri()).orElseThrow();
        there.peers().accept(Acting.node(), asking.id(), List.of(), true);
        await("the answer to arrive", () -> peer(here, there, PeerState.ACTIVE));
        await("the listings to arrive", () -> findCopy(SHELTER, "asylum").isPresent());
        await("the listings to arrive", () -> findCopy(LEGAL, "rooms").isPresent());
    }

    private boolean peer(Domains at, Domains other, PeerState state) {
        return at.peers()
                .find(Acting.node(), other.baseUrl().uri())
                .filter(it -> it.state() == state)
                .isPresent();
    }

    private void nameFocalPoints(String slug) {
        var phone = organization(slug).phone().orElseThrow();
        for (var duty : Duty.values()) {
            at(slug).focalPoints()
                    .replace(
                            Acting.node(id(slug)),
                            organization(slug).id(),
                            new FocalPoint(
                                    duty,
                                    role(duty),
                                    phone,
                                    "Mon-Fri 9-17",
                                    List.of("en", "ar"),
                                    today()));
        }
    }

    private static String role(Duty duty) {
        return switch (duty) {
            case REFERRAL -> "Front desk";
            case DEPUTY -> "Shift lead";
            case CHILD_PROTECTION -> "Child protection officer";
            case PSEA -> "Safeguarding officer";
            case DATA_PROTECTION -> "Data protection officer";
        };
    }

    private void sign() {
        clock.pass(Duration.ofDays(1));
        for (var partner : List.of(LEGAL, CLINIC)) {
            if (at(SHELTER) == at(partner)) {
                openAsNeighbours(SHELTER, partner);
                openAsNeighbours(partner, SHELTER);
            }
            agreement(SHELTER, partner);
        }
    }

    private void openAsNeighbours(String ours, String theirs) {
        at(ours).agreements().open(acting(ours), id(ours), id(theirs));
    }

    private void agreement(String ours, String theirs) {
        var here = at(ours).agreements();
        var there = at(theirs).agreements();
        await(
                "the agreement to be opened",
                () ->
                        here.find(acting(ours), id(ours), actor(theirs)).isPresent()
                                && there.find(acting(theirs), id(theirs), actor(ours)).isPresent());
        var mine = here.find(acting(ours), id(ours), actor(theirs)).orElseThrow();
        here.offer(acting(ours), mine.id(), AgreementTerms.shortest(today().plusYears(1)));
        await(
                "the offer to arrive",
                () ->
                        there.find(acting(theirs), id(theirs), actor(ours))
                                .filter(it -> it.state() == AgreementState.RECEIVED)
                                .isPresent());
        clock.pass(Duration.ofHours(5));
        var offered = there.find(acting(theirs), id(theirs), actor(ours)).orElseThrow();
        there.sign(acting(theirs), offered.id());
        await(
                "the signature to arrive",
                () -> here.inForce(acting(ours), id(ours), actor(theirs)).isPresent());
    }

    // Referrals

    private void theOneThatHelped() {
        clock.pass(Duration.ofDays(1));
        var sent =
                send(SHELTER, CLINIC, "midwife", "Seven months pregnant, no check-up yet.", 1, 0);
        clock.pass(Duration.ofHours(3));
        var there = received(CLINIC, sent);
        there.accept(
                new Travelling.NextStep("Come on Thursday at 10, River Lane 3.", Optional.empty()));
        awaitState(SHELTER, sent, State.ACCEPTED);
        clock.pass(Duration.ofDays(3));
        there.complete(new Travelling.Closing(Optional.of(Travelling.Outcome.HELPED), today()));
        awaitState(SHELTER, sent, State.COMPLETED);
    }

    private void theSilentOne() {
        send(SHELTER, CLINIC, "talk", "Does not sleep since the journey. Wants to talk.", 1, 0);
        clock.pass(Duration.ofDays(5));
    }

    private void theOneDeclined() {
        var sent = send(SHELTER, CLINIC, "dentist", "Tooth pain for a week.", 1, 0);
        clock.pass(Duration.ofHours(6));
        received(CLINIC, sent)
                .decline(
                        new Travelling.Refusal(
                                Travelling.Reason.NO_PLACE,
                                "The next free chair is in a month.",
                                List.of()));
        awaitState(SHELTER, sent, State.DECLINED);
    }

    private void theOneWithAQuestion() {
        clock.pass(Duration.ofDays(1));
        var sent =
                send(SHELTER, LEGAL, "family", "Wants to bring his wife and two children.", 1, 0);
        clock.pass(Duration.ofHours(4));
        received(LEGAL, sent).ask("Is the marriage registered in the country they left?");
        awaitState(SHELTER, sent, State.INFO_NEEDED);
    }

    private void theOneUnderWay() {
        clock.pass(Duration.ofHours(12));
        var sent =
                send(SHELTER, LEGAL, "asylum", "Interview in three weeks, wants to prepare.", 2, 1);
        clock.pass(Duration.ofHours(2));
        received(LEGAL, sent)
                .accept(
                        new Travelling.NextStep(
                                "Monday, 9 o'clock, Bridge Road 9. Bring the letters.",
                                Optional.empty()));
        await(
                "the contact data to arrive",
                () -> received(LEGAL, sent).opened().contact().isPresent());
    }

    private void theOneToldByPhone() {
        clock.pass(Duration.ofDays(1));
        var sent = send(SHELTER, LEGAL, "wage", "Three months of wages not paid.", 1, 0);
        clock.pass(Duration.ofHours(5));
        moved(
                at(SHELTER)
                        .referrals()
                        .recordTold(
                                acting(SHELTER),
                                sent.id(),
                                new Travelling.Told(
                                        Travelling.ToldAnswer.YES, "Front desk", clock.instant())));
    }

    private void theOneThatWaitsHere() {
        clock.pass(Duration.ofHours(10));
        var sent =
                send(LEGAL, SHELTER, "rooms", "Must leave the flat at the end of the month.", 2, 3);
        await("the request to arrive", () -> find(SHELTER, sent).isPresent());
    }

    /// What staff do before anything leaves: write, read the consent card aloud, send.
    private Referral send(
            String from, String to, String listing, String reason, int adults, int children) {
        var referrals = at(from).referrals();
        var wanted =
                new NewReferral(
                        copy(from, listing).id(),
                        reason,
                        "",
                        Urgency.THREE_DAYS,
                        new Travelling.Fit(
                                Optional.empty(),
                                Optional.of("ar"),
                                Set.of(),
                                adults,
                                children,
                                Set.of(),
                                "Lindmar"),
                        Set.of(),
                        false,
                        new Travelling.Contact(
                                "Sam",
                                Travelling.Channel.CALL,
                                "01632 960 777",
                                Travelling.PhoneOwner.OWN,
                                "ar",
                                "Say that the library calls.",
                                "Mornings",
                                Optional.empty()),
                        new LocalNotes("Sam Example", "", ""));
        var draft = moved(referrals.draft(acting(from), wanted));
        moved(
                referrals.recordConsent(
                        acting(from),
                        draft.id(),
                        new Consent(
                                Consent.Basis.CONSENT,
                                Consent.GivenBy.SELF,
                                Consent.Method.SPOKEN,
                                "ar",
                                true,
                                Set.of(Consent.Item.values()),
                                clock.instant(),
                                today().plusMonths(6),
                                true,
                                true)));
        var sent = moved(referrals.send(acting(from), draft.id()));
        await("the request to arrive at " + to, () -> find(to, sent).isPresent());
        return sent;
    }

    /// The receiver's side of a referral.
    private Receiver received(String slug, Referral sent) {
        return new Receiver(slug, find(slug, sent).orElseThrow().id());
    }

    private final class Receiver {
        private final String slug;
        private final ReferralId id;

        Receiver(String slug, ReferralId id) {
            this.slug = slug;
            this.id = id;
        }

        void accept(Travelling.NextStep nextStep) {
            moved(at(slug).referrals().accept(acting(slug), id, nextStep));
        }

        void decline(Travelling.Refusal refusal) {
            moved(at(slug).referrals().decline(acting(slug), id, refusal));
        }

        void ask(String question) {
            moved(at(slug).referrals().ask(acting(slug), id, question));
        }

        void complete(Travelling.Closing closing) {
            moved(at(slug).referrals().complete(acting(slug), id, closing));
        }

        org.waymark.node.referral.OpenedReferral opened() {
            return at(slug).referrals().find(acting(slug), id).orElseThrow();
        }
    }

    private Optional<Referral> find(String slug, Referral sent) {
        return at(slug).referrals().list(acting(slug)).stream()
                .filter(it -> it.uri().equals(sent.uri()))
                .filter(it -> it.organization().equals(id(slug)))
                .findFirst();
    }

    private void awaitState(String slug, Referral referral, State state) {
        await(
                "the state " + state,
                () -> find(slug, referral).filter(it -> it.state() == state).isPresent());
    }

    private static Referral moved(MoveOutcome outcome) {
        return switch (outcome) {
            case MoveOutcome.Moved(var referral) -> referral;
            case MoveOutcome.AlreadyThere(var referral) -> referral;
            case MoveOutcome.NotFound _, MoveOutcome.NotAllowed _, MoveOutcome.Refused _ ->
                    throw new IllegalStateException("The story does not go on: " + outcome);
        };
    }

    // Who and where

    private Domains at(String slug) {
        return Optional.ofNullable(domains.get(slug)).orElseThrow();
    }

    private HostedOrganization organization(String slug) {
        return at(slug).organizations().findBySlug(slug).orElseThrow();
    }

    private org.waymark.node.privacy.OrganizationId id(String slug) {
        return organization(slug).id();
    }

    private URI actor(String slug) {
        return at(slug).baseUrl().resolve("/o/" + id(slug).value());
    }

    /// The organisation's manager, as staff would act.
    private Acting acting(String slug) {
        var account =
                at(slug).accounts()
                        .find(Acting.node(), "manager@" + slug + ".example")
                        .orElseThrow();
        return new Acting(account.id(), id(slug), Purpose.HELP);
    }

    private Listing copy(String at, String key) {
        return findCopy(at, key).orElseThrow();
    }

    /// The listing as another organisation knows it: by its address on the network.
    private Optional<Listing> findCopy(String slug, String key) {
        return at(slug).listings().find(acting(slug), city.listing(key).uri());
    }

    private LocalDate today() {
        return clock.instant().atZone(clock.getZone()).toLocalDate();
    }

    private void await(String what, BooleanSupplier there) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Waited in vain for " + what);
            }
            work.run();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
