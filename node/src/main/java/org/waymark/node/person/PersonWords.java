// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import gg.jte.Content;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Fact;
import org.waymark.node.page.Pieces.Moment;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Word;
import org.waymark.node.referral.ReferralEvent;
import org.waymark.node.referral.Travelling;

/// One request in plain words of the person it is about.
public final class PersonWords {

    private final Page page;
    private final PersonFile.Opened opened;
    private final ZoneId zone;

    PersonWords(Page page, PersonFile.Opened opened, ZoneId zone) {
        this.page = page;
        this.opened = opened;
        this.zone = zone;
    }

    /// What the code alone tells: `asked`, `answered`, `something` to do, or `over`.
    public String little() {
        if (!isOpen()) {
            return "over";
        }
        return switch (word()) {
            case QUESTION -> "something";
            case DRAFT, WAITING -> hasNewWords() ? "something" : "asked";
            case YES -> "something";
            case NO, FINISHED, GONE -> "answered";
        };
    }

    private boolean hasNewWords() {
        return opened.messages().stream()
                .findFirst()
                .filter(it -> it.kind() == PersonMessage.Kind.FROM_STAFF)
                .isPresent();
    }

    private Word word() {
        return opened.referral().referral().word();
    }

    private State state() {
        return opened.referral().referral().effectiveState();
    }

    public boolean isOpen() {
        return state().isOpen();
    }

    public boolean hasWord() {
        return opened.hasWord();
    }

    /// What happens next.
    public Content next() {
        var partner = opened.referral().referral().partnerName();
        if (partner.equals(opened.asker())
                && (state() == State.SENT || state() == State.RECEIVED)) {
            return page.say("mine.little.asked");
        }
        var state = state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return page.say("mine.next." + state, partner, opened.asker());
    }

    /// What the other side said last, in its own words.
    public List<Content> said() {
        var said = new ArrayList<Content>();
        for (var event : opened.referral().timeline().reversed()) {
            if (said.isEmpty() && event.content().isPresent()) {
                switch (event.content().get()) {
                    case Travelling.NextStep(var text, var at) -> {
                        at.ifPresent(it -> said.add(page.say("mine.when", when(it))));
                        add(said, text);
                    }
                    case Travelling.Waiting(var expected) -> add(said, expected);
                    case Travelling.Refusal refusal -> add(said, refusal.note());
                    case Travelling.FirstStep _,
                            Travelling.Contact _,
                            Travelling.Text _,
                            Travelling.Closing _,
                            Travelling.Stop _,
                            Travelling.Withdrawal _,
                            Travelling.Onward _,
                            Travelling.Told _,
                            Travelling.Nothing _ -> {}
                }
            }
        }
        return said;
    }

    private void add(List<Content> said, String text) {
        if (!text.isEmpty()) {
            said.add(page.isolated(text));
        }
    }

    public Optional<Content> appointment() {
        return isOpen()
                ? PersonFile.appointment(opened.referral()).map(this::when)
                : Optional.empty();
    }

    /// What we ask for them and how they can be reached, as it was told.
    public List<Fact> told() {
        var facts = new ArrayList<Fact>();
        opened.referral()
                .firstStep()
                .ifPresent(
                        it -> {
                            facts.add(
                                    Fact.of(
                                            page.say("mine.service"),
                                            page.isolated(it.need().serviceName())));
                            facts.add(
                                    Fact.of(
                                            page.say("ask.need"),
                                            page.isolated(it.need().reason())));
                        });
        return facts;
    }

    /// How they said they can be reached safely.
    public List<Fact> reach() {
        var facts = new ArrayList<Fact>();
        opened.referral()
                .contact()
                .ifPresent(
                        it -> {
                            var channel = SelfRequests.word(it.channel());
                            facts.add(
                                    Fact.of(
                                            page.say("ask.reach"),
                                            page.messages().has("ask.reach." + channel)
                                                    ? page.say("ask.reach." + channel)
                                                    : page.say("mine.reach.other-way")));
                            add(facts, "ask.number", it.address());
                            add(facts, "ask.another", it.ifAnotherAnswers());
                            add(facts, "ask.times", it.safeTimes());
                        });
        return facts;
    }

    private void add(List<Fact> facts, String key, String text) {
        if (!text.isEmpty()) {
            facts.add(Fact.of(page.say(key), page.isolated(text)));
        }
    }

    /// Who saw which groups of data, and when, oldest first.
    public List<Moment> seen() {
        var referral = opened.referral().referral();
        var seen = new ArrayList<Moment>();
        seen.add(moment("mine.seen.all", opened.asker(), referral.createdAt()));
        var partner = referral.partnerName();
        if (opened.isMailed()) {
            // They see what they press for, not what was sent.
            when(ReferralEvent.Kind.SHOWN)
                    .forEach(it -> seen.add(moment("mine.seen.need", partner, it)));
            when(ReferralEvent.Kind.CONTACT_SHOWN)
                    .forEach(it -> seen.add(moment("mine.seen.contact", partner, it)));
        } else {
            referral.sentAt().ifPresent(it -> seen.add(moment("mine.seen.need", partner, it)));
            referral.contactSentAt()
                    .ifPresent(it -> seen.add(moment("mine.seen.contact", partner, it)));
        }
        var days = opened.shown().stream().map(it -> it.atZone(zone).toLocalDate()).distinct();
        var dates = days.map(page.formats()::date).toList();
        if (!dates.isEmpty()) {
            seen.add(
                    new Moment(
                            page.say("mine.seen.staff", opened.asker()),
                            page.isolated(String.join(page.plain("page.comma"), dates)),
                            List.of(),
                            true));
        }
        return seen;
    }

    private List<Instant> when(ReferralEvent.Kind kind) {
        return opened.referral().timeline().stream()
                .filter(it -> it.kind() == kind)
                .map(ReferralEvent::at)
                .toList();
    }

    private Moment moment(String key, String who, Instant at) {
        return new Moment(page.say(key, who), when(at), List.of(), true);
    }

    /// What both said, newest first.
    public List<Moment> messages() {
        return opened.messages().stream()
                .map(
                        it ->
                                new Moment(
                                        page.say(
                                                "mine.message."
                                                        + it.kind()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT)
                                                                .replace('_', '-'),
                                                opened.asker()),
                                        when(it.at()),
                                        it.text().isEmpty()
                                                ? List.of()
                                                : List.of(page.isolated(it.text())),
                                        !it.waits()))
                .toList();
    }

    private Content when(Instant at) {
        var local = at.atZone(zone);
        return output -> {
            page.date(local.toLocalDate()).writeTo(output);
            output.writeContent(" ");
            page.time(local.toLocalTime()).writeTo(output);
        };
    }
}
