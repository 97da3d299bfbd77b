// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.freshness.CheckLinks;
import org.waymark.node.listing.reminder.Campaign.Occasion;
import org.waymark.node.listing.reminder.Campaign.State;
import org.waymark.node.mail.Composer;
import org.waymark.node.mail.Letter;
import org.waymark.node.mail.Post;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.privacy.Acting;

/// Writes the mails to those who run a service: one link for each of their listings. What is not
/// for everybody is not named: a mailbox may be read by others than it was meant for.
final class ReminderLetters implements Composer {

    static final String KIND = "listing-check";

    private final Database database;
    private final Listings listings;
    private final CheckLinks links;
    private final HostedOrganizations organizations;
    private final Pages pages;
    private final BaseUrl baseUrl;
    private final Clock clock;

    ReminderLetters(
            Database database,
            Listings listings,
            CheckLinks links,
            HostedOrganizations organizations,
            Pages pages,
            BaseUrl baseUrl,
            Clock clock) {
        this.database = database;
        this.listings = listings;
        this.links = links;
        this.organizations = organizations;
        this.pages = pages;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @Override
    public Optional<Letter> compose(Post post) {
        var letter = database.read(tx -> LetterTable.find(tx, UUID.fromString(post.reference())));
        if (letter.isEmpty() || isStopped(letter.get())) {
            return Optional.empty();
        }
        var acting = Acting.node(letter.get().organization());
        var open =
                letter.get().listings().stream()
                        .flatMap(id -> listings.find(acting, id).stream())
                        .filter(it -> !it.isClosed())
                        .filter(it -> isOpen(letter.get(), it))
                        .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var page = pages.open(post.language(), "");
        var draft = begin(page, name(letter.get()), occasion(letter.get()), open.size());
        for (var listing : open) {
            links.make(acting, listing.id(), page.language().tag())
                    .ifPresent(link -> draft.item(title(page, listing), link));
        }
        var token =
                database.write(
                        tx ->
                                LetterTable.reader(
                                        tx,
                                        letter.get().organization(),
                                        letter.get().to(),
                                        UUID.randomUUID()));
        return Optional.of(end(page, draft, baseUrl.resolve(page.href("mails/" + token))));
    }

    /// The same letter without its links, to look at.
    Letter preview(Page page, String organization, Occasion occasion, List<Listing> some) {
        var draft = begin(page, organization, occasion, some.size());
        for (var listing : some) {
            draft.item(title(page, listing), baseUrl.resolve(page.href("check/…")));
        }
        return end(page, draft, baseUrl.resolve(page.href("mails/…")));
    }

    private static Letter.Draft begin(
            Page page, String organization, Occasion occasion, int listings) {
        return Letter.in(page)
                .subject("reminder.subject." + occasion.word(), organization)
                .say("reminder.hello")
                .count("reminder.lead", listings, organization)
                .say("reminder.ask." + occasion.word())
                .say("reminder.press");
    }

    private static Letter end(Page page, Letter.Draft draft, java.net.URI stop) {
        draft.say("reminder.link", page.imprint().name());
        page.imprint().contact().phone().ifPresent(it -> draft.say("reminder.phone", it));
        return draft.say("reminder.stop").link(stop).stopAt(stop).write();
    }

    private static String title(Page page, Listing listing) {
        return listing.reach() == Reach.PUBLIC
                ? listing.name()
                        .in(List.of(page.language().tag()))
                        .map(it -> it.text())
                        .orElse(listing.name().base())
                : page.plain("reminder.unnamed");
    }

    /// A reminder by rhythm is pointless once somebody has checked it; a campaign asks anyway.
    private static boolean isOpen(SentLetter letter, Listing listing) {
        return letter.campaign().isPresent()
                || listing.checked()
                        .date()
                        .map(
                                day ->
                                        day.isBefore(
                                                letter.madeAt()
                                                        .atZone(listing.zone())
                                                        .toLocalDate()))
                        .orElse(true);
    }

    private boolean isStopped(SentLetter letter) {
        return database.read(
                tx ->
                        LetterTable.hasStopped(tx, letter.organization(), letter.to())
                                || letter.campaign()
                                        .flatMap(id -> CampaignTable.find(tx, id))
                                        .filter(it -> it.state() == State.STOPPED)
                                        .isPresent());
    }

    private Occasion occasion(SentLetter letter) {
        return letter.campaign()
                .flatMap(id -> database.read(tx -> CampaignTable.find(tx, id)))
                .map(Campaign::occasion)
                .orElse(Occasion.CHECK);
    }

    private String name(SentLetter letter) {
        return organizations.find(letter.organization()).map(HostedOrganization::name).orElse("");
    }

    @Override
    public void sent(Transaction tx, Post post) {
        LetterTable.sent(tx, UUID.fromString(post.reference()), clock.instant());
    }

    @Override
    public void failed(Transaction tx, Post post, String code) {
        LetterTable.failed(tx, UUID.fromString(post.reference()), code);
    }
}
