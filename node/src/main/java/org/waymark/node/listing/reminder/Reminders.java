// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.freshness.Freshness;
import org.waymark.node.mail.Mail;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.page.Language;
import org.waymark.node.page.Languages;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Reminds those who run a service by mail when its listing is due to be checked: every morning,
/// one mail to a mailbox about all that is due there, at most one a week, at most three times about
/// one listing. After that it is for staff to phone.
public final class Reminders {

    private static final String WORK = "listing-reminders";
    private static final LocalTime MORNING = LocalTime.of(9, 0);
    private static final Duration BETWEEN_LETTERS = Duration.ofDays(7);
    private static final Duration BETWEEN_ABOUT_ONE = Duration.ofDays(21);
    // 180 days: who was asked three times in half a year and says nothing does not read it.
    private static final Duration REMEMBERED = Duration.ofDays(180);
    private static final int MOST_ABOUT_ONE = 3;
    static final int MOST_IN_A_LETTER = 15;
    private static final int AT_ONCE = 100;
    // 2 years, for who answered whom; the addresses are of offices.
    private static final Duration KEPT = Duration.ofDays(730);

    private final Database database;
    private final Freshness freshness;
    private final HostedOrganizations organizations;
    private final Mail mail;
    private final Work work;
    private final Languages languages;
    private final Clock clock;
    private final ZoneId zone;
    private final Supplier<UUID> ids;

    public Reminders(
            Database database,
            Freshness freshness,
            HostedOrganizations organizations,
            Mail mail,
            Work work,
            Languages languages,
            Clock clock,
            ZoneId zone,
            Supplier<UUID> ids) {
        this.database = database;
        this.freshness = freshness;
        this.organizations = organizations;
        this.mail = mail;
        this.work = work;
        this.languages = languages;
        this.clock = clock;
        this.zone = zone;
        this.ids = ids;
        work.handle(WORK, this::remind);
    }

    /// Looks every morning from now on, where mail can be sent.
    public void start() {
        if (!mail.isOn()) {
            return;
        }
        for (var organization : organizations.list()) {
            database.run(
                    tx -> work.schedule(tx, WORK, organization.id().toString(), nextMorning(), ""));
        }
    }

    private Instant nextMorning() {
        var today = clock.instant().atZone(zone);
        var morning = today.with(MORNING);
        return (morning.isAfter(today) ? morning : morning.plusDays(1)).toInstant();
    }

    private Handler.Result remind(Job job) {
        if (!mail.isOn()) {
            return new Handler.Result.Done();
        }
        var organization = new OrganizationId(UUID.fromString(job.key()));
        var closed = organizations.find(organization).map(HostedOrganization::id).isEmpty();
        if (closed) {
            return new Handler.Result.Done();
        }
        due(organization).forEach((mailbox, due) -> write(organization, mailbox, due));
        database.run(tx -> LetterTable.removeBefore(tx, clock.instant().minus(KEPT), AT_ONCE));
        return new Handler.Result.Again(nextMorning());
    }

    /// What is due, by the mailbox to ask.
    private Map<MailAddress, List<Listing>> due(OrganizationId organization) {
        var acting = Acting.node(organization);
        var asked = new LinkedHashMap<org.waymark.node.listing.ListingId, MailAddress>();
        for (var it : freshness.listAsked(acting)) {
            MailAddress.of(it.mail()).ifPresent(mailbox -> asked.put(it.listing(), mailbox));
        }
        var byMailbox = new LinkedHashMap<MailAddress, List<Listing>>();
        if (asked.isEmpty()) {
            return byMailbox;
        }
        for (int skip = 0; ; skip += AT_ONCE) {
            var some = freshness.toCheck(acting, skip, AT_ONCE);
            for (var listing : some) {
                if (asked.get(listing.id()) instanceof MailAddress mailbox) {
                    byMailbox.computeIfAbsent(mailbox, _ -> new ArrayList<>()).add(listing);
                }
            }
            if (some.size() < AT_ONCE) {
                return byMailbox;
            }
        }
    }

    private void write(OrganizationId organization, MailAddress mailbox, List<Listing> due) {
        var now = clock.instant();
        database.run(
                tx -> {
                    var last = LetterTable.lastTo(tx, organization, mailbox);
                    if (last.filter(it -> it.plus(BETWEEN_LETTERS).isAfter(now)).isPresent()
                            || LetterTable.hasStopped(tx, organization, mailbox)) {
                        return;
                    }
                    var some =
                            due.stream()
                                    .filter(it -> mayAskAgain(tx, it, now))
                                    .limit(MOST_IN_A_LETTER)
                                    .toList();
                    if (!some.isEmpty()) {
                        send(tx, organization, Optional.empty(), mailbox, some);
                    }
                });
    }

    private static boolean mayAskAgain(Transaction tx, Listing listing, Instant now) {
        var before = LetterTable.about(tx, listing.id(), now.minus(REMEMBERED));
        return before.size() < MOST_ABOUT_ONE
                && before.stream().noneMatch(it -> it.plus(BETWEEN_ABOUT_ONE).isAfter(now));
    }

    /// Writes one letter and queues its mail, in the language of the first listing if this site has
    /// it.
    void send(
            Transaction tx,
            OrganizationId organization,
            Optional<UUID> campaign,
            MailAddress mailbox,
            List<Listing> about) {
        var letter =
                new SentLetter(
                        ids.get(),
                        organization,
                        campaign,
                        mailbox,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        about.stream().map(Listing::id).toList());
        LetterTable.add(tx, letter);
        mail.send(
                tx,
                ReminderLetters.KIND,
                letter.id().toString(),
                organization.value(),
                mailbox,
                language(about.getFirst()).tag());
    }

    Language language(Listing listing) {
        return languages
                .find(listing.name().baseLanguage())
                .or(() -> languages.find(listing.name().baseLanguage().split("-", 2)[0]))
                .orElse(languages.list().getFirst());
    }

    /// What stands behind the stop link of a mail.
    public sealed interface Stop {
        /// @param organization that writes
        record Open(String organization, boolean hasStopped) implements Stop {}

        record Unknown() implements Stop {}
    }

    public Stop findStop(String token) {
        return uuid(token)
                .flatMap(it -> database.read(tx -> LetterTable.findReader(tx, it)))
                .<Stop>map(
                        reader ->
                                new Stop.Open(
                                        organizations
                                                .find(reader.organization())
                                                .map(HostedOrganization::name)
                                                .orElse(""),
                                        reader.hasStopped()))
                .orElseGet(Stop.Unknown::new);
    }

    /// Stops the mails of one organisation to one mailbox, or lets them come again. Repeating it
    /// does no harm.
    public void stop(String token, boolean stopped) {
        var at = Optional.of(clock.instant()).filter(_ -> stopped);
        uuid(token).ifPresent(it -> database.run(tx -> LetterTable.putStop(tx, it, at)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
