// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.mail.Composer;
import org.waymark.node.mail.Letter;
import org.waymark.node.mail.Mail;
import org.waymark.node.mail.Post;
import org.waymark.node.page.Pages;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.Outside;
import org.waymark.node.referral.OutsideDoor;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.mailed.RequestLinkTable.Link;

/// Requests to organisations without a node: the mail that one waits, the link in it, what stands
/// behind the link, and the code. A link is 128 random bits, of which only the hash is kept; it
/// holds 8 days, for one request, until that is over or staff take it back.
public final class Requests implements Outside, Composer {

    /// What a link leads to, before anything is shown.
    public sealed interface Door {
        /// @param from who asks, as everybody knows them
        record Open(String from) implements Door {}

        /// It held once; a new one goes to the registered mailbox only.
        record Expired() implements Door {}

        /// It is over, or was taken back.
        record Closed() implements Door {}

        record Unknown() implements Door {}
    }

    /// How the link and the code of a request stand, for staff.
    ///
    /// @param linkUntil until when the newest link holds
    /// @param triesLeft of the code; empty when there is none
    /// @param takesCode whether there is something a code would open
    /// @param open whether it waits for them or they are at it
    /// @param stopped whether the person stopped it, so that they must delete what they have
    public record Standing(
            MailReceiver receiver,
            Optional<Instant> linkUntil,
            Optional<Integer> triesLeft,
            boolean takesCode,
            boolean open,
            boolean stopped) {}

    static final String KIND = "referral-request";
    // Says that one is over, and nothing else.
    static final String OVER = "referral-over";
    private static final int SECRET_BYTES = 16;
    private static final Duration HOLDS = Duration.ofDays(8);
    // 90 days: so long an old link says that it has expired, and can ask for another.
    private static final Duration REMEMBERED = Duration.ofDays(90);
    // 1 h: whoever holds an old link cannot fill the mailbox.
    private static final Duration BETWEEN_RENEWALS = Duration.ofHours(1);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final OutsideDoor door;
    private final MailReceivers receivers;
    private final HostedOrganizations organizations;
    private final ContactCodes codes;
    private final Mail mail;
    private final Pages pages;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final SecureRandom random;

    public Requests(
            Database database,
            Access access,
            Audit audit,
            CaseKeys keys,
            OutsideDoor door,
            MailReceivers receivers,
            HostedOrganizations organizations,
            Mail mail,
            Pages pages,
            BaseUrl baseUrl,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.door = door;
        this.receivers = receivers;
        this.organizations = organizations;
        this.codes = new ContactCodes(database, keys, clock, random);
        this.mail = mail;
        this.pages = pages;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.random = random;
        mail.composes(KIND, this);
        mail.composes(OVER, this::over);
    }

    // What the referral asks.

    @Override
    public boolean holds(URI partner) {
        return receivers.holds(partner);
    }

    @Override
    public Optional<String> ready(OrganizationId ours, URI partner) {
        return receivers
                .find(ours, partner)
                .filter(it -> it.isReady(clock.instant()))
                .map(MailReceiver::name);
    }

    @Override
    public Optional<URI> of(OrganizationId ours, Listing listing) {
        return mail.isOn()
                ? receivers.findByProvider(ours, listing.provider().id()).map(receivers::address)
                : Optional.empty();
    }

    @Override
    public void said(Transaction tx, Referral ours, Kind kind) {
        switch (kind) {
            case SEND, ANSWER -> sendMail(tx, KIND, ours);
            case REMINDED, STILL_GOING_ASKED -> {
                mail.takeBack(tx, KIND, ours.id().toString());
                sendMail(tx, KIND, ours);
            }
            case WITHDRAW -> {
                if (hasHeard(tx, ours)) {
                    sendMail(tx, OVER, ours);
                }
                close(tx, ours);
            }
            default -> {
                if (!ours.state().isOpen()) {
                    close(tx, ours);
                }
            }
        }
    }

    /// Whether they may have seen something of it: a mail went, or they answered.
    private static boolean hasHeard(Transaction tx, Referral ours) {
        return ours.seenVersion() > 0 || !RequestLinkTable.list(tx, ours.id()).isEmpty();
    }

    private void close(Transaction tx, Referral ours) {
        // First: a letter that is being written makes its link before this, or none.
        mail.takeBack(tx, KIND, ours.id().toString());
        RequestLinkTable.revoke(tx, ours.id(), clock.instant());
        ContactCodeTable.remove(tx, ours.id());
    }

    private void sendMail(Transaction tx, String kind, Referral ours) {
        MailReceiverTable.find(tx, idOf(ours))
                .ifPresent(
                        it ->
                                mail.send(
                                        tx,
                                        kind,
                                        ours.id().toString(),
                                        ours.organization().value(),
                                        it.mailbox(),
                                        it.language()));
    }

    private static UUID idOf(Referral ours) {
        var text = ours.partner().toString();
        return UUID.fromString(text.substring(text.lastIndexOf('/') + 1));
    }

    // The mail.

    @Override
    public Optional<Letter> compose(Post post) {
        var id = new ReferralId(UUID.fromString(post.reference()));
        var acting = Acting.node(new OrganizationId(post.owner()));
        var referral =
                door.find(acting, id)
                        .filter(it -> it.state().isOpen())
                        // It may not be theirs any more since this was queued.
                        .filter(
                                it ->
                                        receivers
                                                .find(it.organization(), it.partner())
                                                .filter(to -> to.mailbox().equals(post.to()))
                                                .filter(to -> to.isReady(clock.instant()))
                                                .isPresent());
        return referral.flatMap(it -> compose(post, it));
    }

    /// The person has stopped it: they delete what they noted. It says nothing of which request it
    /// was, so it may go to a mailbox that nobody has confirmed for long.
    private Optional<Letter> over(Post post) {
        var organization = new OrganizationId(post.owner());
        var draft =
                Letter.in(pages.open(post.language(), ""))
                        .subject("request.over.subject", nameOf(organization))
                        .say("request.over.means", nameOf(organization));
        phoneOf(organization).ifPresent(it -> draft.say("request.over.phone", it));
        return Optional.of(draft.write());
    }

    private Optional<Letter> compose(Post post, Referral referral) {
        var page = pages.open(post.language(), "");
        var secret = secret();
        var now = clock.instant();
        var isMade =
                database.<Boolean>write(
                        tx -> {
                            if (!mail.isWanted(tx, post)) {
                                return false;
                            }
                            RequestLinkTable.removeExpired(tx, now.minus(REMEMBERED));
                            RequestLinkTable.add(
                                    tx,
                                    new Link(
                                            hash(secret),
                                            referral.id(),
                                            referral.organization(),
                                            page.language().tag(),
                                            now,
                                            now.plus(HOLDS),
                                            Optional.empty()));
                            return true;
                        });
        if (!isMade) {
            return Optional.empty();
        }
        var about = isTaken(referral) ? "request.mail.goes" : "request.mail.waits";
        var draft =
                Letter.in(page)
                        .subject("request.mail.subject", nameOf(referral.organization()))
                        .say(about, nameOf(referral.organization()))
                        .say("request.mail.open")
                        .link(baseUrl.resolve(page.href("request/" + secret)))
                        .say("request.mail.holds");
        phoneOf(referral.organization()).ifPresent(it -> draft.say("request.mail.phone", it));
        return Optional.of(draft.write());
    }

    private static boolean isTaken(Referral referral) {
        return switch (referral.effectiveState()) {
            case ACCEPTED, IN_PROGRESS, ON_HOLD -> true;
            default -> false;
        };
    }

    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    // Behind the link. The secret is what proves who knocks.

    /// Reads and changes nothing of the request.
    public Door find(String secret) {
        var link = link(secret);
        if (link.isEmpty()) {
            return new Door.Unknown();
        }
        var acting = Acting.node(link.get().organization());
        var isOpen =
                door.find(acting, link.get().referral())
                        .filter(it -> it.state().isOpen())
                        .flatMap(it -> database.read(tx -> receiver(tx, it)))
                        .isPresent();
        if (!isOpen || link.get().revokedAt().isPresent()) {
            return new Door.Closed();
        }
        return holds(link.get())
                ? new Door.Open(nameOf(link.get().organization()))
                : new Door.Expired();
    }

    /// Shows the request; the sender and the person see that it was shown.
    public Optional<OpenedReferral> show(String secret) {
        return holding(secret)
                .flatMap(it -> door.show(Acting.node(it.organization()), it.referral()));
    }

    /// Whether a code that was read out would open something now.
    public boolean takesCode(String secret) {
        return holding(secret)
                .flatMap(it -> door.find(Acting.node(it.organization()), it.referral()))
                .filter(door::contactWent)
                .isPresent();
    }

    /// How to reach the person, for whoever has the link and the code.
    public Optional<Travelling.Contact> showContact(String secret, String code) {
        var link = holding(secret);
        return link.flatMap(it -> door.find(Acting.node(it.organization()), it.referral()))
                .filter(door::contactWent)
                .filter(it -> codes.isRight(it, code))
                .flatMap(it -> door.showContact(Acting.node(it.organization()), it.id()));
    }

    /// @return false when the link does not hold, or it came too late; pressing twice is not late
    public boolean answer(String secret, Kind kind, Travelling content) {
        var link = holding(secret);
        var isApplied =
                link.filter(
                                it ->
                                        door.answer(
                                                Acting.node(it.organization()),
                                                it.referral(),
                                                kind,
                                                content))
                        .isPresent();
        link.ifPresent(this::closeIfOver);
        return isApplied
                || link(secret)
                        .filter(
                                it ->
                                        door.hasSaid(
                                                Acting.node(it.organization()),
                                                it.referral(),
                                                kind,
                                                content))
                        .isPresent();
    }

    private void closeIfOver(Link link) {
        database.run(
                tx ->
                        door.find(Acting.node(link.organization()), tx, link.referral())
                                .filter(it -> !it.state().isOpen())
                                .ifPresent(it -> close(tx, it)));
    }

    /// Sends another link to the registered mailbox, and nowhere else. Asked by whoever holds an
    /// expired one, at most once an hour.
    public void renew(String secret) {
        var now = clock.instant();
        link(secret)
                .filter(it -> it.revokedAt().isEmpty() && !holds(it))
                .ifPresent(
                        link ->
                                database.run(
                                        tx -> {
                                            var newest =
                                                    RequestLinkTable.list(tx, link.referral())
                                                            .getFirst();
                                            if (holds(tx, newest)
                                                    || newest.madeAt()
                                                            .plus(BETWEEN_RENEWALS)
                                                            .isAfter(now)) {
                                                return;
                                            }
                                            door.find(
                                                            Acting.node(link.organization()),
                                                            tx,
                                                            link.referral())
                                                    .filter(it -> it.state().isOpen())
                                                    .filter(it -> receiver(tx, it).isPresent())
                                                    .ifPresent(
                                                            it -> {
                                                                mail.takeBack(
                                                                        tx,
                                                                        KIND,
                                                                        it.id().toString());
                                                                sendMail(tx, KIND, it);
                                                            });
                                        }));
    }

    // For staff.

    /// How a request of ours to such an organisation stands; empty when it is to another.
    public Optional<Standing> standing(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return door.find(acting, id)
                .flatMap(
                        ours ->
                                receivers
                                        .find(ours.organization(), ours.partner())
                                        .map(receiver -> standing(ours, receiver)));
    }

    private Standing standing(Referral ours, MailReceiver receiver) {
        var until =
                database.read(
                        tx ->
                                RequestLinkTable.list(tx, ours.id()).stream()
                                        .filter(it -> holds(tx, it))
                                        .map(Link::expiresAt)
                                        .findFirst());
        return new Standing(
                receiver,
                until,
                codes.triesLeft(ours),
                door.contactWent(ours),
                ours.state().isOpen(),
                ours.state() == State.WITHDRAWN);
    }

    /// Makes all links worthless and mails another, to the registered mailbox.
    ///
    /// @return false when it is over, or they may not be asked any more
    public boolean sendLink(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    var ours =
                            door.find(acting, tx, id)
                                    .filter(it -> it.state().isOpen())
                                    .filter(it -> receiver(tx, it).isPresent());
                    ours.ifPresent(
                            it -> {
                                mail.takeBack(tx, KIND, id.toString());
                                RequestLinkTable.revoke(tx, id, clock.instant());
                                sendMail(tx, KIND, it);
                                audit.record(tx, acting, "request-link-send", id.toString());
                            });
                    return ours.isPresent();
                });
    }

    /// Makes all links worthless.
    public void takeBack(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        database.run(
                tx ->
                        door.find(acting, tx, id)
                                .ifPresent(
                                        it -> {
                                            close(tx, it);
                                            audit.record(
                                                    tx,
                                                    acting,
                                                    "request-link-take-back",
                                                    id.toString());
                                        }));
    }

    /// A code to read out to the number on file.
    ///
    /// @return empty while there is nothing that it would open
    public Optional<String> makeCode(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx ->
                        door.find(acting, tx, id)
                                .filter(door::contactWent)
                                .map(
                                        it -> {
                                            var code = codes.make(tx, it);
                                            audit.record(
                                                    tx, acting, "request-code-make", id.toString());
                                            return code;
                                        }));
    }

    /// They said by phone that they have deleted what they had.
    ///
    /// @return false when nobody has stopped it, so that there is nothing to delete
    public boolean erasedThere(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (door.find(acting, id).filter(it -> it.state() == State.WITHDRAWN).isEmpty()) {
            return false;
        }
        audited(acting, id, "request-erased-there");
        return door.answer(acting, id, Kind.ERASED, new Travelling.Nothing());
    }

    private void audited(Acting acting, ReferralId id, String action) {
        database.run(
                tx ->
                        door.find(acting, tx, id)
                                .ifPresent(_ -> audit.record(tx, acting, action, id.toString())));
    }

    private Optional<Link> holding(String secret) {
        return link(secret).filter(this::holds);
    }

    private boolean holds(Link link) {
        return database.read(tx -> holds(tx, link));
    }

    /// Only while they may be asked at all, and only if it went to the mailbox that counts now:
    /// whoever has the one before has no right any more.
    private boolean holds(Transaction tx, Link link) {
        return link.holds(clock.instant())
                && door.find(Acting.node(link.organization()), tx, link.referral())
                        .flatMap(it -> receiver(tx, it))
                        .flatMap(MailReceiver::confirmedAt)
                        .filter(at -> !link.madeAt().isBefore(at))
                        .isPresent();
    }

    /// Who is asked, while they may be.
    private Optional<MailReceiver> receiver(Transaction tx, Referral ours) {
        return MailReceiverTable.find(tx, idOf(ours))
                .filter(it -> it.organization().equals(ours.organization()))
                .filter(it -> it.isReady(clock.instant()));
    }

    private Optional<Link> link(String secret) {
        return database.read(tx -> RequestLinkTable.find(tx, hash(secret)));
    }

    private String nameOf(OrganizationId organization) {
        return organizations.find(organization).map(HostedOrganization::name).orElse("");
    }

    /// The phone of whoever asks, for their page and mail.
    public Optional<String> phoneOf(String secret) {
        return link(secret).flatMap(it -> phoneOf(it.organization()));
    }

    private Optional<String> phoneOf(OrganizationId organization) {
        return organizations.find(organization).flatMap(HostedOrganization::phone);
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
