// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Amendment;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Links for those who run a service and have no account here: whoever has one may say that its
/// listing is right, how many places are free, that it is closed today, or that something is wrong,
/// and nothing else. A link holds for one listing and some weeks, can be taken back, and says
/// nothing by itself: it is 256 random bits, of which only the hash is kept.
public final class CheckLinks {

    /// What a link opens.
    public sealed interface Found {
        record Open(Listing listing, LocalDate until) implements Found {}

        /// It held once; staff can make another.
        record Expired() implements Found {}

        record Unknown() implements Found {}
    }

    private static final int SECRET_BYTES = 32;
    // 90 days: so long an old link says that it has expired, and not that it never was.
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Listings listings;
    private final Freshness freshness;
    private final Standings standings;
    private final FreshnessSettings settings;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final SecureRandom random;

    public CheckLinks(
            Database database,
            Access access,
            Audit audit,
            Listings listings,
            Freshness freshness,
            Standings standings,
            FreshnessSettings settings,
            BaseUrl baseUrl,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.listings = listings;
        this.freshness = freshness;
        this.standings = standings;
        this.settings = settings;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    /// Makes a link to send to those who run a service of ours.
    ///
    /// @param language of the page, as in our addresses
    /// @return empty when it is not ours
    public Optional<URI> make(Acting acting, ListingId listing, String language) {
        access.require(acting, Right.EDIT_LISTINGS);
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        return database.write(
                tx -> {
                    if (listings.publisher(acting, tx, listing)
                            .filter(acting.organization()::equals)
                            .isEmpty()) {
                        return Optional.empty();
                    }
                    CheckLinkTable.removeExpired(tx, now.minus(REMEMBERED));
                    CheckLinkTable.add(
                            tx,
                            new CheckLinkTable.Link(
                                    ids.get(),
                                    listing,
                                    acting.organization(),
                                    now.plus(Duration.ofDays(settings.linkDays()))),
                            hash(secret),
                            now);
                    audit.record(tx, acting, "listing-link", listing.toString());
                    return Optional.of(baseUrl.resolve("/" + language + "/check/" + secret));
                });
    }

    /// When somebody last pressed a button behind a link to a listing of ours.
    public Optional<Instant> lastUsed(Acting acting, ListingId listing) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> CheckLinkTable.lastUsed(tx, listing, acting.organization()));
    }

    /// Makes all links to a listing of ours worthless.
    public void takeBack(Acting acting, ListingId listing) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    if (listings.publisher(acting, tx, listing)
                            .filter(acting.organization()::equals)
                            .isPresent()) {
                        CheckLinkTable.remove(tx, listing);
                        audit.record(tx, acting, "listing-link-take-back", listing.toString());
                    }
                });
    }

    /// What a link opens, in the eyes of visitors: a hidden place stays hidden.
    public Found find(String secret) {
        var now = clock.instant();
        var link = database.read(tx -> CheckLinkTable.find(tx, hash(secret)));
        if (link.isEmpty()) {
            return new Found.Unknown();
        }
        if (link.get().expiresAt().isBefore(now)) {
            return new Found.Expired();
        }
        return listings.find(Acting.node(link.get().organization()), link.get().listing())
                .filter(listing -> !listing.isClosed())
                .<Found>map(
                        listing ->
                                new Found.Open(
                                        listing,
                                        LocalDate.ofInstant(
                                                link.get().expiresAt(), listing.zone())))
                .orElseGet(Found.Unknown::new);
    }

    /// "All of it is right."
    public boolean confirm(String secret) {
        return act(
                secret,
                (tx, link) ->
                        freshness.confirm(acting(link), tx, link.listing(), Checked.How.PROVIDER));
    }

    /// Free places and waiting time.
    public boolean tell(String secret, OptionalInt free, OptionalInt waitDays) {
        var of =
                find(secret) instanceof Found.Open(var listing, _)
                        ? listing.standing().places()
                        : OptionalInt.empty();
        return act(
                secret,
                (tx, link) -> {
                    var acting = acting(link);
                    listings.amend(
                            acting,
                            tx,
                            link.listing(),
                            new Amendment.Places(free, of),
                            Optional.empty());
                    listings.amend(
                            acting,
                            tx,
                            link.listing(),
                            new Amendment.Wait(waitDays),
                            Optional.empty());
                });
    }

    /// Closed from today to a day; empty: open again.
    public boolean close(String secret, Optional<LocalDate> to) {
        return act(secret, (tx, link) -> standings.close(acting(link), tx, link.listing(), to));
    }

    /// @return whether the link holds
    private boolean act(String secret, BiConsumer<Transaction, CheckLinkTable.Link> act) {
        Instant now = clock.instant();
        return database.write(
                tx -> {
                    var link =
                            CheckLinkTable.find(tx, hash(secret))
                                    .filter(it -> !it.expiresAt().isBefore(now));
                    link.ifPresent(
                            it -> {
                                act.accept(tx, it);
                                CheckLinkTable.markUsed(tx, it.id(), now);
                            });
                    return link.isPresent();
                });
    }

    private static Acting acting(CheckLinkTable.Link link) {
        return Acting.node(link.organization());
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
