// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Origin;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.PhoneOnly;

/// Asks services of partners, on this node or another, whether they have a place, and answers them.
/// Asking and answering need an agreement in force.
public final class PlaceChecks {

    public static final String TYPE = PlaceCheckActivities.TYPE;
    public static final int MOST_AT_ONCE = 10;

    // 100 in 24 h from one organisation: ten families.
    private static final int MOST_A_DAY = 100;
    // 48 h: an answer holds for 24 after at most 24.
    private static final Duration SHOWN = Duration.ofHours(48);
    // 30 days: for the people who count; there is nothing in it about a person.
    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Listings listings;
    private final Agreements agreements;
    private final HostedOrganizations organizations;
    private final LocalActors actors;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final PlaceCheckTable table = new PlaceCheckTable();

    public PlaceChecks(
            Database database,
            Access access,
            Audit audit,
            Listings listings,
            Agreements agreements,
            HostedOrganizations organizations,
            LocalActors actors,
            Outbox outbox,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.listings = listings;
        this.agreements = agreements;
        this.organizations = organizations;
        this.actors = actors;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
    }

    /// What came of asking one service.
    public sealed interface Outcome {
        record Asked(PlaceCheck check) implements Outcome {}

        record Answered(PlaceCheck check) implements Outcome {}

        /// Somebody answered before, or it is over.
        record TooLate() implements Outcome {}

        record NotFound() implements Outcome {}

        /// Closed, takes no requests, is our own, or only for the phone (safety.md 9).
        record NotTaken() implements Outcome {}

        /// No agreement in force (safety.md 16).
        record NotAgreed() implements Outcome {}
    }

    /// Asks up to ten at once; one outcome for each, in the same order.
    ///
    /// @throws IllegalArgumentException when there are more, or nobody needs a place
    public List<Outcome> ask(
            Acting acting, List<ListingId> wanted, int adults, int children, LocalDate from) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (wanted.size() > MOST_AT_ONCE || adults + children < 1 || adults + children > 50) {
            throw new IllegalArgumentException("At most ten services, for 1 to 50 people");
        }
        return wanted.stream()
                .distinct()
                .map(it -> ask(acting, it, adults, children, from))
                .toList();
    }

    private Outcome ask(Acting acting, ListingId id, int adults, int children, LocalDate from) {
        var found = find(acting, id);
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        var listing = found.get();
        var ours = acting.organization();
        var partner = publisherOf(listing);
        if (partner.equals(actors.of(ours).id()) || !isTaken(listing)) {
            return new Outcome.NotTaken();
        }
        var agreement = agreements.inForce(Acting.node(ours), ours, partner);
        if (agreement.isEmpty()) {
            return new Outcome.NotAgreed();
        }
        var check =
                new PlaceCheck(
                        new PlaceCheckId(ids.get()),
                        actors.activity(ids.get()),
                        false,
                        ours,
                        partner,
                        agreement.get().partnerName(),
                        listing.id(),
                        listing.name().base(),
                        adults,
                        children,
                        from,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty());
        var us = actors.of(ours);
        database.run(
                tx -> {
                    table.removeBefore(tx, clock.instant().minus(KEPT));
                    table.add(tx, check);
                    var here = actors.find(partner).flatMap(LocalActor::organization);
                    if (here.isPresent()) {
                        table.add(tx, incoming(check, here.get(), us.id(), nameOf(ours), listing));
                    } else {
                        outbox.send(
                                tx,
                                us,
                                partner,
                                PlaceCheckActivities.ask(check, us.id(), listing.uri()),
                                check.activity(),
                                Optional.empty());
                    }
                    audit.record(tx, acting, "place-check-asked", check.id().toString());
                });
        return new Outcome.Asked(check);
    }

    private PlaceCheck incoming(
            PlaceCheck check,
            OrganizationId organization,
            URI asker,
            String askerName,
            Listing listing) {
        return new PlaceCheck(
                new PlaceCheckId(ids.get()),
                check.activity(),
                true,
                organization,
                asker,
                askerName,
                listing.id(),
                listing.name().base(),
                check.adults(),
                check.children(),
                check.from(),
                check.askedAt(),
                Optional.empty(),
                Optional.empty());
    }

    /// What was asked and answered lately, both ways, newest first.
    public List<PlaceCheck> list(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(
                tx -> table.list(tx, acting.organization(), clock.instant().minus(SHOWN)));
    }

    /// Answers one, once.
    public Outcome answer(Acting acting, PlaceCheckId id, PlaceAnswer answer) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var found =
                database.read(tx -> table.find(tx, id))
                        .filter(it -> it.organization().equals(acting.organization()))
                        .filter(PlaceCheck::incoming);
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        var check = found.get();
        if (agreements
                .inForce(Acting.node(check.organization()), check.organization(), check.partner())
                .isEmpty()) {
            return new Outcome.NotAgreed();
        }
        return database.write(tx -> answer(tx, acting, check, answer));
    }

    private Outcome answer(Transaction tx, Acting acting, PlaceCheck check, PlaceAnswer answer) {
        var now = clock.instant();
        if (!check.isOpen(now) || !table.answer(tx, check.id(), answer, now)) {
            return new Outcome.TooLate();
        }
        var us = actors.of(check.organization());
        if (actors.isOurs(check.partner())) {
            table.find(tx, check.activity(), false)
                    .ifPresent(theirs -> table.answer(tx, theirs.id(), answer, now));
        } else {
            outbox.send(
                    tx,
                    us,
                    check.partner(),
                    PlaceCheckActivities.answer(check, answer, actors.activity(ids.get()), us.id()),
                    check.activity(),
                    Optional.empty());
        }
        audit.record(tx, acting, "place-check-answered", check.id().toString());
        return new Outcome.Answered(table.find(tx, check.id()).orElseThrow());
    }

    /// `Offer` of a place check.
    public Result asked(ReceivedActivity received) {
        var asked = PlaceCheckActivities.read(received.activity());
        if (asked.isEmpty()) {
            return new Result.Refused("place-check-incomplete");
        }
        var receiver = received.receiver();
        var asker = received.activity().actor();
        var agreement = receiver.flatMap(it -> agreements.inForce(Acting.node(it), it, asker));
        if (receiver.isEmpty() || agreement.isEmpty()) {
            return new Result.Refused("not-agreed");
        }
        var listing =
                ownListing(receiver.get(), asked.get().service()).filter(PlaceChecks::isTaken);
        if (listing.isEmpty()) {
            return new Result.Refused("place-check-service-unknown");
        }
        return database.write(
                tx -> {
                    var uri = received.activity().id();
                    if (table.find(tx, uri, true).isPresent()) {
                        return new Result.Done();
                    }
                    var now = clock.instant();
                    var since = now.minus(PlaceCheck.VALID);
                    if (table.countFrom(tx, receiver.get(), asker, since) >= MOST_A_DAY) {
                        return new Result.Refused("place-check-too-many");
                    }
                    table.add(
                            tx,
                            new PlaceCheck(
                                    new PlaceCheckId(ids.get()),
                                    uri,
                                    true,
                                    receiver.get(),
                                    asker,
                                    agreement.get().partnerName(),
                                    listing.get().id(),
                                    listing.get().name().base(),
                                    asked.get().adults(),
                                    asked.get().children(),
                                    asked.get().from(),
                                    now,
                                    Optional.empty(),
                                    Optional.empty()));
                    return new Result.Done();
                });
    }

    /// An answer to one of ours, by the one who was asked.
    public Result answered(ReceivedActivity received) {
        var activity = received.activity();
        var asked = activity.object().flatMap(Reference::id);
        var answer = PlaceCheckActivities.answerOf(activity);
        if (asked.isEmpty() || answer.isEmpty()) {
            return new Result.Refused("place-check-incomplete");
        }
        return database.write(
                tx -> {
                    var ours =
                            table.find(tx, asked.get(), false)
                                    .filter(it -> it.partner().equals(activity.actor()))
                                    .filter(
                                            it ->
                                                    received.receiver()
                                                            .equals(
                                                                    Optional.of(
                                                                            it.organization())));
                    if (ours.isEmpty()) {
                        return new Result.Refused("place-check-not-theirs");
                    }
                    Instant now = clock.instant();
                    table.answer(tx, ours.get().id(), answer.get(), now);
                    return new Result.Done();
                });
    }

    private Optional<Listing> ownListing(OrganizationId organization, URI service) {
        return listings.find(Acting.node(organization), service)
                .filter(
                        it ->
                                it.origin() instanceof Origin.Own(var publisher)
                                        && publisher.equals(organization));
    }

    private Optional<Listing> find(Acting acting, ListingId id) {
        return listings.find(acting, id)
                .or(
                        () ->
                                listings.visit(id) instanceof Listings.Visit.Shown(var shown)
                                        ? Optional.of(shown)
                                        : Optional.empty());
    }

    // A place in a house for people in danger is asked for by phone only.
    private static boolean isTaken(Listing listing) {
        return listing.takesReferrals() && !PhoneOnly.covers(listing);
    }

    private URI publisherOf(Listing listing) {
        return switch (listing.origin()) {
            case Origin.Own(var publisher) -> actors.of(publisher).id();
            case Origin.Copy(var actor, _, _, _) -> actor;
        };
    }

    private String nameOf(OrganizationId organization) {
        return organizations.find(organization).map(HostedOrganization::name).orElse("");
    }
}
