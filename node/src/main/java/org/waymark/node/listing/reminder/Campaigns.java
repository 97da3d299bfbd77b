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
/// its time, stopped at any time, with who answered. Each mailbox gets one mail, and more only
/// where it is asked about very much.
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
    private static final int IN_A_LETTER = Reminders.MOST_IN_A_LETTER;

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
        var sorted = sort(campaign);
        var refusing = database.read(tx -> LetterTable.listStopped(tx, campaign.organization()));
        int stopped = 0;
        int about = 0;
        for (var entry : sorted.byMailbox().entrySet()) {
            if (refusing.contains(entry.getKey().text())) {
                stopped++;
            } else {
                about += entry.getValue().size();
            }
        }
        return new Reach(sorted.byMailbox().size() - stopped, about, stopped, sorted.without());
    }

    /// The letter as the first mailbox would get it, in the language of the page.
    public Letter preview(Acting acting, Campaign campaign, Page page) {
        access.require(acting, Right.SEE_LISTINGS);
        var some =
                sort(campaign).byMailbox().values().stream().findFirst().orElse(List.of()).stream()
                        .limit(IN_PREVIEW)
                        .flatMap(it -> listings.find(acting, it).stream())
                        .toList();
        var name =
                organizations
                        .find(campaign.organization())
                        .map(HostedOrganization::name)
                        .orElse("");
        return letters.preview(page, name, campaign.occasion(), some);
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
        sort(campaign.get())
                .byMailbox()
                .forEach(
                        (mailbox, about) -> {
                            for (int at = 0; at < about.size(); at += IN_A_LETTER) {
                                var end = Math.min(about.size(), at + IN_A_LETTER);
                                send(campaign.get(), mailbox, about.subList(at, end));
                            }
                        });
        database.run(tx -> CampaignTable.move(tx, id, State.PLANNED, State.SENT));
        return new Handler.Result.Done();
    }

    /// Once about each, also when the job runs a second time after a power cut.
    private void send(Campaign campaign, MailAddress mailbox, List<ListingId> ids) {
        var acting = Acting.node(campaign.organization());
        var some = ids.stream().flatMap(it -> listings.find(acting, it).stream()).toList();
        database.run(
                tx -> {
                    var goesOn =
                            CampaignTable.find(tx, campaign.id())
                                    .filter(it -> it.state() == State.PLANNED)
                                    .isPresent();
                    if (!goesOn || LetterTable.hasStopped(tx, campaign.organization(), mailbox)) {
                        return;
                    }
                    var about =
                            some.stream()
                                    .filter(it -> !LetterTable.holds(tx, campaign.id(), it.id()))
                                    .toList();
                    if (!about.isEmpty()) {
                        reminders.send(
                                tx,
                                campaign.organization(),
                                Optional.of(campaign.id()),
                                mailbox,
                                about);
                    }
                });
    }

    /// Whom to ask about what, by ids only: there may be very many.
    ///
    /// @param without listings for which nobody wrote down whom to ask
    private record Sorted(Map<MailAddress, List<ListingId>> byMailbox, int without) {}

    private Sorted sort(Campaign campaign) {
        var asked = asked(campaign.organization());
        var byMailbox = new LinkedHashMap<MailAddress, List<ListingId>>();
        var without = new int[1];
        listings.eachOpenId(
                Acting.node(campaign.organization()),
                Way.PAGE,
                campaign.topic(),
                id -> {
                    if (asked.get(id) instanceof MailAddress mailbox) {
                        byMailbox.computeIfAbsent(mailbox, _ -> new ArrayList<>()).add(id);
                    } else {
                        without[0]++;
                    }
                });
        return new Sorted(byMailbox, without[0]);
    }

    private Map<ListingId, MailAddress> asked(OrganizationId organization) {
        var asked = new LinkedHashMap<ListingId, MailAddress>();
        for (var it : freshness.listAsked(Acting.node(organization))) {
            MailAddress.of(it.mail()).ifPresent(mailbox -> asked.put(it.listing(), mailbox));
        }
        return asked;
    }
}
