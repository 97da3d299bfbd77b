// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// One referral that people of both sides move at random, whatever the line and the power do.
final class Walk implements Runnable {

    private static final int STEPS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);

    private static final List<String> OF_SENDER =
            List.of("answer", "cancel", "withdraw", "delete", "told", "contact");
    private static final List<String> OF_RECEIVER =
            List.of(
                    "receive",
                    "ask",
                    "waitlist",
                    "accept",
                    "decline",
                    "start",
                    "hold",
                    "complete",
                    "fail",
                    "cancel",
                    "withdraw");
    // Ends are rare, or most walks would be short.
    private static final Set<String> ENDS =
            Set.of("delete", "cancel", "withdraw", "decline", "fail", "complete");

    private static final List<String> TOLD = List.of("yes", "no", "waiting_list", "helped");

    // Who presses what cannot be pressed just then is told so, or that the consent does not go so
    // far, or that the person's data is gone.
    private static final Set<String> REFUSALS =
            Set.of("referral-move-not-allowed", "consent-missing", "erased");

    private final Side sender;
    private final Side receiver;
    private final long seed;
    private final Random chance;
    private final List<String> steps = new ArrayList<>();
    private final boolean mayTellContact;
    private final boolean mayTellOutcome;

    final Person person;
    final URI referral;

    /// Written and agreed, not sent.
    Walk(Partners partners, long seed) {
        this.sender = partners.shelter();
        this.receiver = partners.clinic();
        this.seed = seed;
        chance = new Random(seed);
        person = new Person("x" + Long.toString(Math.floorMod(seed, 1_679_616L), 36) + "x");
        // Of eight people, one wants nobody to know how to reach her, and one nobody to hear what
        // came of it.
        var wish = chance.nextInt(8);
        mayTellContact = wish != 0;
        mayTellOutcome = wish != 1;
        referral = partners.agreed(person, person.consent(mayTellContact, mayTellOutcome));
    }

    @Override
    public void run() {
        insist(() -> press(sender, "send", Optional.empty()));
        for (int step = 0; step < STEPS; step++) {
            var side = chance.nextInt(3) == 0 ? sender : receiver;
            var pick = chance.nextInt(1 << 16);
            insist(() -> step(side, pick));
            LockSupport.parkNanos(chance.nextLong(LONGEST_PAUSE.toNanos()));
        }
    }

    private boolean step(Side side, int pick) {
        var found = side.referral(referral);
        if (found.isEmpty()) {
            // On its way, or deleted.
            return sender.referral(referral).isEmpty();
        }
        var moves = moves(side, found.get(), pick / 256);
        return moves.isEmpty() || press(side, moves.get(pick % moves.size()), Optional.of(pick));
    }

    /// Mostly what the page offers, rarely what ends it; sometimes anything that somebody might
    /// try.
    private List<String> moves(Side side, JsonNode opened, int pick) {
        if (pick % 8 == 0) {
            return side == sender ? OF_SENDER : OF_RECEIVER;
        }
        var isEnd = pick % 8 == 1;
        var moves = new ArrayList<String>();
        for (var move : opened.path("referral").path("moves")) {
            if (isEnd == ENDS.contains(move.asText())) {
                moves.add(move.asText());
            }
        }
        if (State.valueOf(upper(opened.path("referral").path("state"))).isOpen()) {
            if (isEnd) {
                moves.add("withdraw");
            } else if (side == sender) {
                moves.add("told");
            }
        }
        return moves;
    }

    private boolean press(Side side, String move, Optional<Integer> pick) {
        try {
            side.move(referral, move, body(move, pick.orElse(0)));
            steps.add((side == sender ? "sender " : "receiver ") + move);
            return true;
        } catch (AssertionError e) {
            if (REFUSALS.stream().anyMatch(String.valueOf(e.getMessage())::contains)) {
                return true;
            }
            throw e;
        }
    }

    private String body(String move, int pick) {
        var today = LocalDate.now(ZoneOffset.UTC);
        return switch (move) {
            case "ask" -> "{\"text\": \"How old?\"}";
            case "answer" -> "{\"text\": \"Grown up\"}";
            case "waitlist" -> "{\"expected\": \"A week\"}";
            case "accept" -> person.nextStep();
            case "decline" -> "{\"reason\": \"no_place\", \"note\": \"\", \"alternatives\": []}";
            case "complete" -> person.outcome();
            case "fail" -> "{\"outcome\": \"moved\", \"on\": \"%s\"}".formatted(today);
            case "cancel" -> "{\"reason\": \"other\"}";
            case "withdraw" -> "{\"eraseNow\": %s}".formatted(pick % 2 == 0);
            case "told" ->
                    "{\"answer\": \"%s\", \"role\": \"Nurse\", \"at\": \"%s\"}"
                            .formatted(TOLD.get(pick / 4 % TOLD.size()), Instant.now());
            default -> "";
        };
    }

    /// Whether both sides show the same now.
    boolean isSame() {
        return shown(sender).equals(shown(receiver));
    }

    private static String shown(Optional<JsonNode> opened) {
        return opened.map(it -> it.path("referral"))
                .map(it -> it.path("state") + " " + it.path("told"))
                .orElse("");
    }

    private String shown(Side side) {
        return shown(side.referral(referral));
    }

    /// Whether all clocks have rung at both sides that must ring.
    boolean hasRung(Kept here, Kept there) {
        return hasRung(sender, here) && hasRung(receiver, there);
    }

    private boolean hasRung(Side side, Kept before) {
        var due = before.due().keySet();
        var rung = kinds(side.referral(referral));
        return due.stream().map(Kind::name).allMatch(rung::contains);
    }

    private static List<String> kinds(Optional<JsonNode> opened) {
        return opened.stream()
                .flatMap(it -> StreamSupport.stream(it.path("timeline").spliterator(), false))
                .map(it -> upper(it.path("kind")))
                .toList();
    }

    /// The consent turns out to have run out yesterday.
    void endConsent() {
        insist(
                () -> {
                    if (sender.referral(referral).isPresent()) {
                        press(sender, "consent", person.consentOfLastMonth());
                    }
                    return true;
                });
    }

    private void press(Side side, String move, String body) {
        try {
            side.move(referral, move, body);
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("referral-move-not-allowed");
        }
    }

    /// What may be read where: nothing of anybody else, what only the sender writes down at the
    /// sender, how to reach her where somebody said yes and she agreed, and what came of it where
    /// she agreed.
    void checkWhatIsRead(List<Walk> all) {
        var here = sender.referral(referral);
        var there = receiver.referral(referral);
        for (var opened : Stream.of(here, there).flatMap(Optional::stream).toList()) {
            assertThat(all)
                    .as("another person in %s", this)
                    .filteredOn(it -> it != this)
                    .noneMatch(it -> opened.toString().contains(it.person.name()));
        }
        assertThat(there.map(JsonNode::toString).orElse(""))
                .as(toString())
                .doesNotContain("qwlocal");
        if (!mayTellContact || !kinds(there).contains("ACCEPT")) {
            assertThat(there.map(JsonNode::toString).orElse(""))
                    .as("contact data in %s", this)
                    .doesNotContain(person.name(), "5550177", "qwlibrary", "qwmornings");
        }
        if (!mayTellOutcome) {
            assertThat(here.map(JsonNode::toString).orElse(""))
                    .as("outcome in %s", this)
                    .doesNotContain("\"outcome\":\"partly\"", "\"outcome\":\"moved\"");
        }
    }

    /// What both have written down: nothing the life cycle forbids, nothing twice, and the same.
    void checkRows(Kept here, Kept there) {
        for (var kept : List.of(here, there)) {
            assertThat(kept.walked()).as("%s %s", this, kept).isEqualTo(kept.state());
            assertThat(kept.rung()).as("no clock had the time to ring: %s", this).isEmpty();
        }
        assertThat(there.state()).as("%s %s %s", this, here, there).isEqualTo(here.state());
        assertThat(there.told()).as("%s %s %s", this, here, there).isEqualTo(here.told());
        checkHeard(here, there);
        checkHeard(there, here);
        if (there.state() != State.WITHDRAWN) {
            assertThat(there.hasContact())
                    .as("contact data in %s %s", this, there)
                    .isEqualTo(there.has(Kind.CONTACT, Party.SENDER));
        }
        if (there.hasContact()) {
            assertThat(there.has(Kind.ACCEPT, Party.RECEIVER)).as(toString()).isTrue();
            assertThat(mayTellContact).as(toString()).isTrue();
        }
    }

    private void checkHeard(Kept speaker, Kept hearer) {
        var said = speaker.said(speaker.side());
        hearer.said(speaker.side())
                .forEach(
                        (version, kind) ->
                                assertThat(said)
                                        .as("never said: %s", this)
                                        .containsEntry(version, kind));
        assertThat(hearer.seen())
                .as("%s %s %s", this, speaker, hearer)
                // Nothing more is heard about a person whose data is deleted.
                .isBetween(
                        hearer.has(Kind.ERASED, hearer.side()) ? 0 : speaker.newestThatCounts(),
                        speaker.own());
    }

    /// More than a month later, in which nobody did anything: every clock rang once, and nothing
    /// else is as it was not.
    void checkClocks(Kept before, Kept after) {
        assertThat(after.rung()).as("%s %s", this, after).isEqualTo(before.due());
        assertThat(after.state()).as(toString()).isEqualTo(before.state());
        assertThat(after.told()).as(toString()).isEqualTo(before.told());
        assertThat(after.acts()).as(toString()).isEqualTo(before.acts());
        if (before.state() != State.WITHDRAWN) {
            assertThat(after.own()).as("said by a clock: %s", this).isEqualTo(before.own());
            assertThat(after.hasContact()).as(toString()).isEqualTo(before.hasContact());
        }
    }

    private static String upper(JsonNode word) {
        return word.asText().toUpperCase(Locale.ROOT);
    }

    private interface Attempt {
        boolean succeeds();
    }

    /// The node may have no power just now, or lose it while it answers.
    private static void insist(Attempt attempt) {
        until(
                "done by a person who tries again",
                PATIENCE,
                () -> {
                    try {
                        if (attempt.succeeds()) {
                            return true;
                        }
                    } catch (UncheckedIOException | NoSuchElementException e) {
                        // Not there, or gone while it answered.
                    }
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                    return false;
                });
    }

    @Override
    public String toString() {
        return "walk of seed " + seed + " " + steps;
    }
}
