// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Exposure;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.Way;
import org.waymark.node.listing.freshness.CheckLinks;
import org.waymark.node.listing.freshness.Freshness;
import org.waymark.node.listing.reminder.Campaign.Occasion;
import org.waymark.node.listing.reminder.Campaign.State;
import org.waymark.node.mail.Letter;
import org.waymark.node.mail.Mail;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Asking all who run our services the same thing at once: written as a draft, looked at, sent at
/// its time, stopped at any time, with who answered. Each mailbox gets one mail.
public final class Campaigns {

    /// Whom a campaign reaches.
    ///
    /// @param mailboxes that get a mail
    /// @param listings that are asked about
    /// @param stopped mailboxes that want no mail
    /// @param without listings for which nobody wrote down whom to ask
    public record Reach(int mailboxes, int listings, int stopped, int without) {}

    /// How one mailbox answered.
    ///
    /// @param answered how many of its listings somebody pressed a button for since
    public record Answer(
            MailAddress to,
            Optional<Instant> sentAt,
            Optional<String> failedCode,
            int listings,
            int answered) {}

    private static final String WORK = "listing-campaign";
    private static final int MOST_SHOWN = 50;
    private static final int MOST_LETTERS_SHOWN = 500;
    private static final int AT_ONCE = 100;
    private static final int IN_PREVIEW = 3;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Listings listings;
    private final Freshness freshness;
    private final CheckLinks links;
    private final HostedOrganizations organizations;
    private final Reminders reminders;
    private final ReminderLetters letters;
    private final Mail mail;
    private final Work work;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Campaigns(
            Database database,
            Access access,
            Audit audit,
            Listings listings,
            Freshness freshness,
            CheckLinks links,
            HostedOrganizations organizations,
            Reminders reminders,
            Mail mail,
            Work work,
            Pages pages,
            BaseUrl baseUrl,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.listings = listings;
        this.freshness = freshness;
        this.links = links;
        this.organizations = organizations;
        this.reminders = reminders;
        this.letters =
                new ReminderLetters(
                        database, listings, links, organizations, pages, baseUrl, clock);
        this.mail = mail;
        this.work = work;
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, this::send);
        mail.composes(ReminderLetters.KIND, letters);
    }

    /// Whether mail can be sent at all.
    public boolean isOn(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return mail.isOn();
    }

    /// The organisation's campaigns, the newest first.
    public List<Campaign> list(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> CampaignTable.list(tx, acting.organization(), MOST_SHOWN));
    }

    public Optional<Campaign> find(Acting acting, UUID id) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> CampaignTable.find(tx, id))
                .filter(it -> it.organization().equals(acting.organization()));
    }

    /// Writes a draft; nothing is sent.
    public Campaign draft(
            Acting acting, Occasion occasion, Optional<Topic> topic, Instant startsAt) {
        access.require(acting, Right.EDIT_LISTINGS);
        var campaign =
                new Campaign(
                        ids.get(),
                        acting.organization(),
                        occasion,
                        topic,
                        State.DRAFT,
                        clock.instant(),
                        startsAt);
        database.run(
                tx -> {
                    CampaignTable.add(tx, campaign, acting.account());
                    audit.record(tx, acting, "campaign-draft", campaign.id().toString());
                });
        return campaign;
    }

    /// Whom it would reach now.
    public Reach reach(Acting acting, Campaign campaign) {
        access.require(acting, Right.SEE_LISTINGS);
        var asked = asked(acting.organization());
        var without = new int[1];
        listings.eachOpen(
                acting,
                it -> {
                    if (fits(campaign, it) && !asked.containsKey(it.id())) {
                        without[0]++;
                    }
                });
        var byMailbox = byMailbox(campaign, asked);
        var stopped =
                database.read(
                        tx ->
                                byMailbox.keySet().stream()
                                        .filter(
                                                it ->
                                                        LetterTable.hasStopped(
                                                                tx, campaign.organization(), it))
                                        .toList());
        stopped.forEach(byMailbox::remove);
        var about = byMailbox.values().stream().mapToInt(List::size).sum();
        return new Reach(byMailbox.size(), about, stopped.size(), without[0]);
    }

    /// The letter as the first mailbox would get it, in the language of the page.
    public Letter preview(Acting acting, Campaign campaign, Page page) {
        access.require(acting, Right.SEE_LISTINGS);
        var some =
                byMailbox(campaign, asked(campaign.organization())).values().stream()
                        .findFirst()
                        .orElse(List.of());
        var name =
                organizations
                        .find(campaign.organization())
                        .map(HostedOrganization::name)
                        .orElse("");
        return letters.preview(
                page, name, campaign.occasion(), some.stream().limit(IN_PREVIEW).toList());
    }

    /// Lets a draft go at its time.
    ///
    /// @return false when it is no draft any more
    public boolean send(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    var campaign =
                            CampaignTable.find(tx, id)
                                    .filter(it -> it.organization().equals(acting.organization()))
                                    .filter(_ -> mail.isOn());
                    if (campaign.isEmpty()
                            || !CampaignTable.move(tx, id, State.DRAFT, State.PLANNED)) {
                        return false;
                    }
                    work.schedule(tx, WORK, id.toString(), campaign.get().startsAt(), "");
                    audit.record(tx, acting, "campaign-send", id.toString());
                    return true;
                });
    }

    /// Stops it: what no server has taken yet does not go.
    public void stop(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    if (CampaignTable.find(tx, id)
                            .filter(it -> it.organization().equals(acting.organization()))
                            .isEmpty()) {
                        return;
                    }
                    for (var from : List.of(State.DRAFT, State.PLANNED, State.SENT)) {
                        CampaignTable.move(tx, id, from, State.STOPPED);
                    }
                    // Beyond these, each letter asks before it is written.
                    for (var letter : LetterTable.listWaiting(tx, id, AT_ONCE)) {
                        mail.takeBack(tx, ReminderLetters.KIND, letter.toString());
                    }
                    audit.record(tx, acting, "campaign-stop", id.toString());
                });
    }

    /// Who got it, and who answered since.
    public List<Answer> answers(Acting acting, UUID id) {
        access.require(acting, Right.SEE_LISTINGS);
        if (find(acting, id).isEmpty()) {
            return List.of();
        }
        return database.read(tx -> LetterTable.listOf(tx, id, MOST_LETTERS_SHOWN)).stream()
                .map(
                        letter ->
                                new Answer(
                                        letter.to(),
                                        letter.sentAt(),
                                        letter.failedCode(),
                                        letter.listings().size(),
                                        (int)
                                                letter.listings().stream()
                                                        .filter(
                                                                it ->
                                                                        isAnswered(
                                                                                acting, it, letter))
                                                        .count()))
                .toList();
    }

    private boolean isAnswered(Acting acting, ListingId listing, SentLetter letter) {
        return letter.sentAt().isPresent()
                && links.lastUsed(acting, listing)
                        .filter(it -> !it.isBefore(letter.sentAt().get()))
                        .isPresent();
    }

    private Handler.Result send(Job job) {
        var id = UUID.fromString(job.key());
        var campaign = database.read(tx -> CampaignTable.find(tx, id));
        if (campaign.filter(it -> it.state() == State.PLANNED).isEmpty()) {
            return new Handler.Result.Done();
        }
        byMailbox(campaign.get(), asked(campaign.get().organization()))
                .forEach((mailbox, about) -> send(campaign.get(), mailbox, about));
        database.run(tx -> CampaignTable.move(tx, id, State.PLANNED, State.SENT));
        return new Handler.Result.Done();
    }

    /// Once, also when the job runs a second time after a power cut.
    private void send(Campaign campaign, MailAddress mailbox, List<Listing> about) {
        database.run(
                tx -> {
                    var goesOn =
                            CampaignTable.find(tx, campaign.id())
                                    .filter(it -> it.state() == State.PLANNED)
                                    .isPresent();
                    if (goesOn
                            && !LetterTable.holds(tx, campaign.id(), mailbox)
                            && !LetterTable.hasStopped(tx, campaign.organization(), mailbox)) {
                        reminders.send(
                                tx,
                                campaign.organization(),
                                Optional.of(campaign.id()),
                                mailbox,
                                about);
                    }
                });
    }

    private Map<ListingId, MailAddress> asked(OrganizationId organization) {
        var asked = new LinkedHashMap<ListingId, MailAddress>();
        for (var it : freshness.listAsked(Acting.node(organization))) {
            MailAddress.of(it.mail()).ifPresent(mailbox -> asked.put(it.listing(), mailbox));
        }
        return asked;
    }

    private Map<MailAddress, List<Listing>> byMailbox(
            Campaign campaign, Map<ListingId, MailAddress> asked) {
        var acting = Acting.node(campaign.organization());
        var byMailbox = new LinkedHashMap<MailAddress, List<Listing>>();
        asked.forEach(
                (id, mailbox) ->
                        listings.find(acting, id)
                                .filter(it -> fits(campaign, it))
                                .ifPresent(
                                        it ->
                                                byMailbox
                                                        .computeIfAbsent(
                                                                mailbox, _ -> new ArrayList<>())
                                                        .add(it)));
        return byMailbox;
    }

    private static boolean fits(Campaign campaign, Listing listing) {
        return Exposure.allows(Way.PAGE, listing)
                && !listing.isClosed()
                && campaign.topic().map(listing.topics()::contains).orElse(true);
    }
}
