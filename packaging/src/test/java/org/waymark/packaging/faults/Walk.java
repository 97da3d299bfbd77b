// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.waymark.node.referral.LifeCycle;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// One referral that people of both sides move at random, whatever the line and the power do.
final class Walk implements Runnable {

    private static final int STEPS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private static final List<String> OF_SENDER = buttons(Party.SENDER, "told", "contact");
    private static final List<String> OF_RECEIVER = buttons(Party.RECEIVER);

    // Ends are rare, or most walks would be short.
    private static final Set<String> ENDS =
            Set.of("delete", "cancel", "withdraw", "decline", "fail", "complete");

    private static final List<String> TOLD = List.of("yes", "no", "waiting_list", "helped");

    // Who presses what cannot be pressed just then is told so, or that the consent does not go so
    // far, or that the person's data is gone.
    private static final Set<String> REFUSALS =
            Set.of("referral-move-not-allowed", "consent-missing", "erased");

    /// What one step will be, drawn before anything happens: whatever the timing does to a run, the
    /// same people of a seed want the same in the same order.
    ///
    /// @param manner what they choose among: mostly what the page offers and does not end it,
    ///   rarely what ends it, sometimes anything that somebody might try
    /// @param liking all buttons of that side, the dearest first
    private record Wish(
            boolean bySender, int manner, List<String> liking, int detail, Duration pauseAfter) {

        boolean isAnything() {
            return manner == 0;
        }

        boolean isEnd() {
            return manner == 1;
        }
    }

    private final Side sender;
    private final Side receiver;
    private final Presses presses;
    private final long seed;
    private final boolean goesOn;
    private final List<Wish> wishes;
    private final List<String> steps = new ArrayList<>();
    private final boolean mayTellContact;
    private final boolean mayTellOutcome;

    final Person person;
    final URI referral;

    /// Written and agreed, not sent.
    ///
    /// @param goesOn whether nobody ends it, so that clocks are left to ring
    Walk(Partners partners, Presses presses, long seed, boolean goesOn) {
        this.sender = partners.shelter();
        this.receiver = partners.clinic();
        this.presses = presses;
        this.seed = seed;
        this.goesOn = goesOn;
        // Not Random: those of neighbouring seeds begin with the same numbers.
        var chance = new SplittableRandom(seed);
        // All as long: none is the beginning of another.
        person = new Person(Long.toString(1_679_616L + Math.floorMod(seed, 1_679_616L), 36));
        // Of eight people, one wants nobody to know how to reach her, and one nobody to hear what
        // came of it.
        var will = chance.nextInt(8);
        mayTellContact = will != 0;
        mayTellOutcome = will != 1;
        wishes = Stream.generate(() -> wish(chance)).limit(STEPS).toList();
        referral = partners.agreed(person, person.consent(mayTellContact, mayTellOutcome));
    }

    private static Wish wish(SplittableRandom chance) {
        var bySender = chance.nextInt(3) == 0;
        var liking = new ArrayList<>(bySender ? OF_SENDER : OF_RECEIVER);
        Collections.shuffle(liking, chance);
        return new Wish(
                bySender,
                chance.nextInt(8),
                liking,
                chance.nextInt(1 << 16),
                Duration.ofNanos(chance.nextLong(LONGEST_PAUSE.toNanos())));
    }

    /// All that the life cycle ever lets somebody at a side do, and what is beside it.
    private static List<String> buttons(Party party, String... more) {
        return Stream.concat(
                        Stream.of(State.values())
                                .flatMap(it -> movesFrom(it, party))
                                .filter(it -> it != Move.SEND)
                                .map(it -> it.name().toLowerCase(Locale.ROOT)),
                        Stream.of(more))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Move> movesFrom(State state, Party party) {
        return Stream.of(party, Party.PERSON)
                .flatMap(by -> LifeCycle.movesFrom(state, by).stream());
    }

    /// Every button there is, by whom it is pressed.
    static Set<String> allButtons() {
        return Stream.concat(
                        OF_SENDER.stream().map(it -> "sender " + it),
                        OF_RECEIVER.stream().map(it -> "receiver " + it))
                .collect(Collectors.toSet());
    }

    @Override
    public void run() {
        insist(() -> press(sender, "send", 0));
        for (var wish : wishes) {
            insist(() -> step(wish));
            LockSupport.parkNanos(wish.pauseAfter.toNanos());
        }
    }

    private boolean step(Wish wish) {
        var side = wish.bySender ? sender : receiver;
        var found = side.referral(referral);
        if (found.isEmpty()) {
            // On its way, or deleted.
            return sender.referral(referral).isEmpty();
        }
        var among = moves(found.get(), wish);
        return wish.liking.stream()
                .filter(among::contains)
                .filter(it -> !goesOn || !ENDS.contains(it))
                .findFirst()
                .map(it -> press(side, it, wish.detail))
                .orElse(true);
    }

    private static Set<String> moves(JsonNode opened, Wish wish) {
        var isSender = wish.bySender;
        if (wish.isAnything()) {
            return Set.copyOf(isSender ? OF_SENDER : OF_RECEIVER);
        }
        var moves = new HashSet<String>();
        for (var move : opened.path("referral").path("moves")) {
            if (wish.isEnd() == ENDS.contains(move.asText())) {
                moves.add(move.asText());
            }
        }
        if (State.valueOf(upper(opened.path("referral").path("state"))).isOpen()) {
            if (wish.isEnd()) {
                moves.add("withdraw");
            } else if (isSender) {
                moves.add("told");
            }
        }
        return moves;
    }

    private boolean press(Side side, String move, int detail) {
        return press(side, move, body(move, detail), REFUSALS);
    }

    private boolean press(Side side, String move, String body, Set<String> refusals) {
        var button = (side == sender ? "sender " : "receiver ") + move;
        presses.begin();
        try {
            side.move(referral, move, body);
            steps.add(button);
            presses.end(button, Presses.Fate.DONE);
        } catch (UncheckedIOException e) {
            presses.end(button, Presses.Fate.CUT);
            throw e;
        } catch (AssertionError e) {
            if (refusals.stream().noneMatch(String.valueOf(e.getMessage())::contains)) {
                throw new AssertionError("%s in %s".formatted(button, this), e);
            }
            presses.end(button, Presses.Fate.REFUSED);
        }
        return true;
    }

    private String body(String move, int detail) {
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
            case "withdraw" -> "{\"eraseNow\": %s}".formatted(detail % 2 == 0);
            case "told" ->
                    "{\"answer\": \"%s\", \"role\": \"Nurse\", \"at\": \"%s\"}"
                            .formatted(TOLD.get(detail / 4 % TOLD.size()), Instant.now());
            default -> "";
        };
    }

    /// Whether both sides show the same, as they list it.
    boolean isSame(Map<String, String> here, Map<String, String> there) {
        var uri = referral.toString();
        return here.getOrDefault(uri, "").equals(there.getOrDefault(uri, ""));
    }

    String difference(Map<String, String> here, Map<String, String> there) {
        var uri = referral.toString();
        var ours = here.getOrDefault(uri, "not listed");
        var theirs = there.getOrDefault(uri, "not listed");
        return this + ": " + ours + " and " + theirs;
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
                () ->
                        sender.referral(referral).isEmpty()
                                || press(
                                        sender,
                                        "consent",
                                        person.consentOfLastMonth(),
                                        Set.of("referral-move-not-allowed")));
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

    private static void insist(Side.Attempt attempt) {
        Side.insist(PATIENCE, BETWEEN_TRIES, attempt);
    }

    @Override
    public String toString() {
        return "walk of seed " + seed + " " + steps;
    }
}
