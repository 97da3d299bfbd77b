// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.listing.Correction.Side;
import org.waymark.node.listing.Correction.State;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Peers;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// "This is wrong" about a listing travels to whoever owns it, as a `Flag`, and the answer comes
/// back. What travels are the words and which organisation they come from, nothing of the person. A
/// stranger's report is a task for staff and gets no answer.
public final class Corrections {

    /// Characters of what is said, and of an answer.
    public static final int LONGEST = 2_000;

    // 10 a day from one host that is no partner, 100 open ones in all: more is a flood, and staff
    // would read none of it.
    // 10 of visitors about one listing, so that one script does not silence all others.
    private static final int MOST_OF_A_LISTING = 10;
    private static final int MOST_OF_A_HOST = 10;
    private static final int MOST_OF_STRANGERS = 100;
    private static final int MOST_OBJECTS = 10;
    private static final int REPORTS_THAT_HIDE = 2;
    private static final int MOST_SHOWN = 100;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final HostedOrganizations organizations;
    private final Listings listings;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Peers peers;
    private final Agreements agreements;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final SecureRandom random;

    public Corrections(
            Database database,
            Access access,
            Audit audit,
            HostedOrganizations organizations,
            Listings listings,
            LocalActors actors,
            RemoteActors remoteActors,
            Peers peers,
            Agreements agreements,
            Outbox outbox,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.organizations = organizations;
        this.listings = listings;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.peers = peers;
        this.agreements = agreements;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    /// What came of a step.
    public enum Outcome {
        DONE,
        /// It was said, or answered, already.
        ALREADY_THERE,
        NOT_FOUND,
        /// Its owner is no partner any more: phone them.
        NO_PARTNER
    }

    /// Those that wait for an answer, ours or theirs, longest waiting first.
    public List<Correction> listOpen(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx -> CorrectionTable.list(tx, acting.organization(), true, MOST_SHOWN));
    }

    /// Those that were answered, newest first.
    public List<Correction> listAnswered(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx -> CorrectionTable.list(tx, acting.organization(), false, MOST_SHOWN));
    }

    public Optional<Correction> find(Acting acting, UUID id) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> CorrectionTable.find(tx, id))
                .filter(it -> it.organization().equals(acting.organization()));
    }

    /// Tells the owner of a copy, or of a neighbour's listing, what is wrong with it.
    public Outcome send(Acting acting, ListingId listing, String words) {
        access.require(acting, Right.SEE_LISTINGS);
        var said = PlainText.of(words, LONGEST);
        var hosted = organizations.list();
        return database.write(
                tx -> {
                    var row =
                            ListingTable.find(tx, listing)
                                    .filter(it -> isShownTo(acting.organization(), it));
                    if (row.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    if (CorrectionTable.isSentByStaff(tx, acting.organization(), row.get().uri())) {
                        return Outcome.ALREADY_THERE;
                    }
                    var flag = actors.activity(ids.get());
                    var outcome = send(tx, acting, hosted, row.get(), flag, said);
                    if (outcome == Outcome.DONE) {
                        audit.record(tx, acting, "correction-send", listing.toString());
                    }
                    return outcome;
                });
    }

    /// What its neighbours on this node may not see is not there for them.
    private static boolean isShownTo(OrganizationId organization, ListingRow row) {
        var listing = Profile.read(row);
        return switch (row.origin()) {
            case Origin.Own(var publisher) ->
                    publisher.equals(organization)
                            || Exposure.allows(Way.PAGE, listing)
                            || Exposure.allows(Way.PARTNER_OUTBOX, listing);
            case Origin.Copy _ -> !listing.isClosed();
        };
    }

    private Outcome send(
            Transaction tx,
            Acting acting,
            List<HostedOrganization> hosted,
            ListingRow row,
            URI flag,
            String said) {
        var sender = actors.of(acting.organization());
        return switch (row.origin()) {
            case Origin.Own(var publisher) when publisher.equals(acting.organization()) ->
                    Outcome.NOT_FOUND;
            case Origin.Own(var publisher) -> {
                var ours = neighbour(hosted, acting.organization());
                var theirs = neighbour(hosted, publisher);
                keep(tx, Side.SENT, acting.organization(), row, flag, theirs, said);
                keep(tx, Side.RECEIVED, publisher, row, flag, ours, said);
                reported(tx, publisher, row);
                yield Outcome.DONE;
            }
            case Origin.Copy(var owner, var partner, _, _) -> {
                if (!peers.isActive(Acting.node(), tx, owner)
                        || remoteActors.find(tx, owner).isEmpty()) {
                    yield Outcome.NO_PARTNER;
                }
                var other = new Other(owner, partner, true);
                keep(tx, Side.SENT, acting.organization(), row, flag, other, said);
                var activity =
                        Draft.activity("Flag", flag, sender.id())
                                .set(
                                        "object",
                                        JsonNodeFactory.instance
                                                .arrayNode()
                                                .add(row.uri().toString()))
                                .set("content", said)
                                .to(owner);
                outbox.send(tx, sender, owner, read(activity), row.uri(), Optional.empty());
                yield Outcome.DONE;
            }
        };
    }

    /// What came of a visitor's word.
    public sealed interface Heard {
        /// @param code by which the visitor reads the answer; it is kept nowhere
        record Noted(String code) implements Heard {}

        /// Nobody could read it soon: too many wait, or its owner cannot be told.
        record PhoneUs() implements Heard {}

        record NotFound() implements Heard {}
    }

    /// Takes a visitor's word about a listing that pages show, and passes it on to its owner, here
    /// or at a partner. Nothing of the visitor is kept.
    public Heard hear(ListingId listing, String words) {
        var said = PlainText.of(words, LONGEST);
        var hosted = organizations.list();
        return database.write(
                tx -> {
                    var row =
                            ListingTable.find(tx, listing)
                                    .filter(it -> Exposure.allows(Way.PAGE, Profile.read(it)));
                    return row.isEmpty() ? new Heard.NotFound() : hear(tx, hosted, row.get(), said);
                });
    }

    /// Takes the word of those who run a service of ours and have a link to it, also of one that no
    /// page shows.
    ///
    /// @param acting the node: the link says who they are
    /// @return false when too many of theirs wait for an answer
    public boolean hearByLink(Acting acting, ListingId listing, String words) {
        var said = PlainText.of(words, LONGEST);
        return database.write(
                tx -> {
                    var row = ListingTable.find(tx, listing);
                    if (row.isEmpty()
                            || !(row.get().origin() instanceof Origin.Own(var publisher))
                            || CorrectionTable.countOpenByLink(tx, publisher, row.get().uri())
                                    >= MOST_OF_A_LISTING) {
                        return false;
                    }
                    var other = new Other(actors.of(publisher).id(), Correction.BY_LINK, false);
                    var flag = actors.activity(ids.get());
                    keep(tx, Side.RECEIVED, publisher, row.get(), flag, other, said);
                    audit.record(tx, acting, "correction-by-link", listing.toString());
                    return true;
                });
    }

    private Heard hear(
            Transaction tx, List<HostedOrganization> hosted, ListingRow row, String said) {
        var ours =
                switch (row.origin()) {
                    case Origin.Own(var publisher) -> publisher;
                    case Origin.Copy _ -> hosted.getFirst().id();
                };
        if (CorrectionTable.countOpenOfVisitors(tx, ours, row.uri()) >= MOST_OF_A_LISTING
                || CorrectionTable.countOpenOfVisitors(tx, ours) >= MOST_OF_STRANGERS) {
            return new Heard.PhoneUs();
        }
        var code = VisitorCode.of(random);
        var flag = actors.activity(ids.get());
        switch (row.origin()) {
            case Origin.Own _ -> {
                var other = new Other(actors.of(ours).id(), "", false);
                keep(tx, Side.RECEIVED, ours, row, flag, other, said);
                reported(tx, ours, row);
            }
            case Origin.Copy _ -> {
                if (send(tx, Acting.node(ours), hosted, row, flag, said) != Outcome.DONE) {
                    return new Heard.PhoneUs();
                }
            }
        }
        CorrectionTable.putCode(tx, flag, VisitorCode.hash(code));
        return new Heard.Noted(code);
    }

    /// What came of what the bearer of a code said.
    public Optional<Correction> findByCode(String code) {
        var hash = VisitorCode.hash(code);
        return database.read(tx -> CorrectionTable.findByCode(tx, hash));
    }

    /// Answers one that came to us.
    public Outcome answer(Acting acting, UUID id, State to, String words) {
        access.require(acting, Right.EDIT_LISTINGS);
        var said = PlainText.of(words, LONGEST);
        return database.write(
                tx -> {
                    var found =
                            CorrectionTable.find(tx, id)
                                    .filter(it -> it.organization().equals(acting.organization()))
                                    .filter(it -> it.side() == Side.RECEIVED);
                    if (found.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    if (found.get().state() != State.OPEN || to == State.OPEN) {
                        return Outcome.ALREADY_THERE;
                    }
                    var answered = found.get().answered(to, said, clock.instant());
                    CorrectionTable.answer(tx, answered);
                    tell(tx, answered, said);
                    audit.record(tx, acting, "correction-answer", id.toString());
                    return Outcome.DONE;
                });
    }

    private void tell(Transaction tx, Correction answered, String words) {
        if (actors.isOurs(answered.other())) {
            answerSent(tx, answered.flag(), answered.state(), words);
            return;
        }
        if (!answered.answerable() || !peers.isActive(Acting.node(), tx, answered.other())) {
            return;
        }
        var sender = actors.of(answered.organization());
        var verb = answered.state() == State.RESOLVED ? "Accept" : "Reject";
        var activity =
                Draft.activity(verb, actors.activity(ids.get()), sender.id())
                        .set("object", answered.flag())
                        .to(answered.other());
        if (!words.isEmpty()) {
            activity.set("content", words);
        }
        outbox.send(
                tx,
                sender,
                answered.other(),
                read(activity),
                answered.listing().orElse(answered.flag()),
                Optional.empty());
    }

    /// `Flag`: what it names of ours becomes a task each.
    public Result flagged(ReceivedActivity received) {
        var flag = received.activity();
        var named = flag.objects().stream().flatMap(it -> it.id().stream()).distinct();
        var ours = named.filter(actors::isOurs).limit(MOST_OBJECTS).toList();
        var said =
                PlainText.of(
                        flag.text("content").or(() -> flag.text("summary")).orElse(""), LONGEST);
        var whole =
                organizations.list().stream()
                        .filter(it -> ours.contains(actors.of(it.id()).id()))
                        .toList();
        return database.write(tx -> flagged(tx, flag, ours, whole, said));
    }

    /// @param whole the organisations that it names themselves
    private Result flagged(
            Transaction tx,
            Activity flag,
            List<URI> ours,
            List<HostedOrganization> whole,
            String said) {
        if (!CorrectionTable.listOf(tx, flag.id(), Side.RECEIVED).isEmpty()) {
            return new Result.Done();
        }
        var partner = peers.isActive(Acting.node(), tx, flag.actor());
        var host = flag.actor().getRawAuthority();
        var yesterday = clock.instant().minus(Duration.ofDays(1));
        if (!partner && CorrectionTable.countFrom(tx, host, yesterday) >= MOST_OF_A_HOST) {
            return new Result.Refused("too-many-flags");
        }
        var name = partner ? ListingActivities.name(remoteActors, flag.actor()) : host;
        var other = new Other(flag.actor(), PlainText.of(name, 500), partner);
        var kept = new ArrayList<OrganizationId>();
        for (var uri : ours) {
            shared(tx, uri)
                    .filter(it -> wasShownTo(tx, flag.actor(), it))
                    .ifPresent(
                            it -> {
                                if (keepFrom(tx, it.publisher(), it.row(), flag, other, said)) {
                                    kept.add(it.publisher());
                                }
                            });
        }
        // A report of an account usually names the account and some of its posts.
        for (var organization : whole) {
            if (!kept.contains(organization.id())
                    && keepFrom(tx, organization, flag, other, said)) {
                kept.add(organization.id());
            }
        }
        return kept.isEmpty() ? new Result.Refused("nothing-of-ours") : new Result.Done();
    }

    private record Shared(OrganizationId publisher, ListingRow row, SharedListing as) {}

    /// Who may not have a listing is not told, by the answer to a `Flag`, that it is there. What
    /// was public once can still be spoken of by those who remember it.
    private boolean wasShownTo(Transaction tx, URI actor, Shared shared) {
        return shared.as().state() == SharedListing.State.PUBLIC
                || shared.as().state() == SharedListing.State.GONE
                        && shared.as().publicSince().isPresent()
                || agreements.receives(Acting.node(), tx, shared.publisher(), actor);
    }

    /// Only what left this node can be spoken of by others.
    private static Optional<Shared> shared(Transaction tx, URI listing) {
        return ListingTable.findByUri(tx, listing)
                .flatMap(
                        row ->
                                SharedListingTable.find(tx, row.id())
                                        .map(it -> new Shared(it.publisher(), row, it)));
    }

    private boolean keepFrom(
            Transaction tx,
            OrganizationId publisher,
            ListingRow row,
            Activity flag,
            Other other,
            String said) {
        if (isFull(tx, publisher, other)) {
            return false;
        }
        keep(tx, Side.RECEIVED, publisher, row, flag.id(), other, said);
        reported(tx, publisher, row);
        return true;
    }

    /// The second report that nobody has answered hides an offer (safety rule 3): a person decides.
    private void reported(Transaction tx, OrganizationId publisher, ListingRow row) {
        if (CorrectionTable.countOpenReports(tx, publisher, row.uri()) >= REPORTS_THAT_HIDE) {
            listings.hideOffer(tx, row);
        }
    }

    private boolean keepFrom(
            Transaction tx,
            HostedOrganization organization,
            Activity flag,
            Other other,
            String said) {
        if (isFull(tx, organization.id(), other)) {
            return false;
        }
        keep(
                tx,
                Side.RECEIVED,
                organization.id(),
                Optional.empty(),
                organization.name(),
                flag.id(),
                other,
                said);
        return true;
    }

    private static boolean isFull(Transaction tx, OrganizationId organization, Other other) {
        return !other.answerable()
                && CorrectionTable.countOpenOfStrangers(tx, organization) >= MOST_OF_STRANGERS;
    }

    /// `Accept` and `Reject` of a `Flag` of ours, by whoever owns the listing.
    public Result answered(ReceivedActivity received) {
        var answer = received.activity();
        var flag = answer.object().flatMap(Reference::id);
        return database.write(
                tx -> {
                    var sent =
                            flag.map(it -> CorrectionTable.listOf(tx, it, Side.SENT))
                                    .orElse(List.of());
                    if (sent.stream().noneMatch(it -> it.other().equals(answer.actor()))) {
                        return new Result.Refused("no-such-flag");
                    }
                    answerSent(
                            tx,
                            flag.orElseThrow(),
                            answer instanceof Activity.Accept ? State.RESOLVED : State.DECLINED,
                            PlainText.of(answer.text("content").orElse(""), LONGEST));
                    return new Result.Done();
                });
    }

    private void answerSent(Transaction tx, URI flag, State to, String words) {
        CorrectionTable.listOf(tx, flag, Side.SENT)
                .forEach(it -> CorrectionTable.answer(tx, it.answered(to, words, clock.instant())));
    }

    private record Other(URI actor, String name, boolean answerable) {}

    private Other neighbour(List<HostedOrganization> hosted, OrganizationId id) {
        var name =
                hosted.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow().name();
        return new Other(actors.of(id).id(), name, true);
    }

    private void keep(
            Transaction tx,
            Side side,
            OrganizationId organization,
            ListingRow row,
            URI flag,
            Other other,
            String said) {
        var name = Profile.read(row).name().base();
        keep(tx, side, organization, Optional.of(row), name, flag, other, said);
    }

    private void keep(
            Transaction tx,
            Side side,
            OrganizationId organization,
            Optional<ListingRow> row,
            String name,
            URI flag,
            Other other,
            String said) {
        Instant now = clock.instant();
        CorrectionTable.add(
                tx,
                new Correction(
                        ids.get(),
                        side,
                        organization,
                        row.map(ListingRow::uri),
                        row.map(ListingRow::id),
                        PlainText.of(name, 500),
                        flag,
                        other.actor(),
                        other.name(),
                        other.answerable(),
                        said,
                        State.OPEN,
                        Optional.empty(),
                        now,
                        now),
                other.actor().getRawAuthority());
    }

    private static Activity read(Draft draft) {
        return Activity.read(draft.document()).orElseThrow();
    }
}
