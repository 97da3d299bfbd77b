// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.referral.LifeCycle;
import org.waymark.node.referral.LifeCycle.Heard;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Step;
import org.waymark.node.referral.ReferralEvent.Kind;

/// One side of a referral as its rows have it.
///
/// @param side who keeps it, sender or receiver
/// @param own the newest version said
/// @param seen the newest version heard
record Kept(
        Party side,
        State state,
        Optional<String> told,
        long own,
        long seen,
        boolean hasContact,
        List<Line> lines) {

    /// One line of the timeline.
    record Line(Party by, Kind kind, Optional<Long> version) {}

    /// The lines that clocks write when they ring.
    static final Set<Kind> CLOCKS =
            Set.of(
                    Kind.REMINDED,
                    Kind.OVERDUE,
                    Kind.CONTACT_OVERDUE,
                    Kind.STILL_GOING_ASKED,
                    Kind.CONSENT_ENDED);

    private static final Set<Kind> BY_ITSELF =
            Set.of(Kind.ERASED, Kind.CONSENT, Kind.SENT_AGAIN, Kind.ASKED_AGAIN);

    private static final Set<String> MOVES =
            Arrays.stream(Move.values()).map(Move::name).collect(Collectors.toSet());

    /// All of a side that does not run, by URI.
    static Map<String, Kept> of(Side side) {
        return side.rows(
                tx -> {
                    var found = new TreeMap<String, Kept>();
                    for (var it : tx.list(SQL, Kept::row)) {
                        found.put(it.uri().toString(), it.kept(lines(tx, it.id())));
                    }
                    return found;
                });
    }

    private static final String SQL =
            "SELECT id, uri, side, state, told_state, own_version,"
                    + " seen_version, contact FROM referral";

    private record Found(
            UUID id,
            URI uri,
            Party side,
            State state,
            Optional<String> told,
            long own,
            long seen,
            boolean hasContact) {

        Kept kept(List<Line> lines) {
            return new Kept(side, state, told, own, seen, hasContact, lines);
        }
    }

    private static Found row(Row row) {
        return new Found(
                row.uuid("id"),
                row.uri("uri"),
                row.enumOf("side", Party.class),
                row.enumOf("state", State.class),
                row.optionalText("told_state"),
                row.number("own_version"),
                row.number("seen_version"),
                row.optionalBytes("contact").isPresent());
    }

    private static List<Line> lines(Transaction tx, UUID id) {
        return tx.list(
                "SELECT party, kind, version FROM referral_event WHERE referral = ?"
                        + " ORDER BY happened_at, id",
                row ->
                        new Line(
                                row.enumOf("party", Party.class),
                                row.enumOf("kind", Kind.class),
                                row.optionalNumber("version")),
                id);
    }

    /// Where all that it wrote down, done here or heard, leads by the life cycle alone.
    ///
    /// @throws AssertionError when the life cycle forbids a line of it
    State walked() {
        var state = side == Party.SENDER ? State.DRAFT : State.SENT;
        for (var line : lines) {
            if (line.kind == Kind.ERASED && line.by != side) {
                // They delete what the person stopped: it says the stop as well.
                state = heard(state, Move.WITHDRAW, Party.PERSON);
            } else if (MOVES.contains(line.kind.name()) && !isArrivalOfOffer(line)) {
                state = walked(state, line, Move.valueOf(line.kind.name()));
            }
        }
        return state;
    }

    private boolean isArrivalOfOffer(Line line) {
        return line.kind == Kind.SEND && line.by != side;
    }

    private State walked(State from, Line line, Move move) {
        var by = move == Move.WITHDRAW ? Party.PERSON : line.by;
        if (line.by != side) {
            return heard(from, move, by);
        }
        return switch (LifeCycle.step(from, move, by)) {
            case Step.To(var to) -> to;
            // The sender answers the person's stop at the receiver with its own.
            case Step.AlreadyThere _ when move == Move.WITHDRAW -> from;
            case Step.AlreadyThere _, Step.NotAllowed _ ->
                    throw new AssertionError(move + " made at " + from);
        };
    }

    private static State heard(State from, Move move, Party by) {
        return switch (LifeCycle.hear(from, move, by)) {
            case Heard.To(var to) -> to;
            case Heard.AlreadyThere _, Heard.Overtaken _ -> from;
            case Heard.TooEarly _ -> throw new AssertionError(move + " heard at " + from);
        };
    }

    boolean has(Kind kind, Party by) {
        return lines.stream().anyMatch(it -> it.kind == kind && it.by == by);
    }

    /// What a party said or was heard saying, by version.
    ///
    /// @throws IllegalStateException when something stands there twice
    Map<Long, Kind> said(Party by) {
        return lines.stream()
                .filter(it -> it.by == by && it.version.isPresent())
                .collect(Collectors.toMap(it -> it.version.orElseThrow(), Line::kind));
    }

    /// The newest word of this side that the other must have heard: how to reach somebody is not
    /// kept where it is over.
    long newestThatCounts() {
        return said(side).entrySet().stream()
                .filter(it -> it.getValue() != Kind.CONTACT)
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /// How often each clock rang.
    Map<Kind, Integer> rung() {
        var rung = new EnumMap<Kind, Integer>(Kind.class);
        lines.stream()
                .filter(it -> CLOCKS.contains(it.kind))
                .forEach(it -> rung.merge(it.kind, 1, Integer::sum));
        return rung;
    }

    /// What must have rung, once each, when nobody has done anything for more than a month and the
    /// consent has run out (referral.md, Clocks).
    Map<Kind, Integer> due() {
        var due = new EnumMap<Kind, Integer>(Kind.class);
        if (!state.isOpen()) {
            return due;
        }
        var isReceiver = side == Party.RECEIVER;
        if (told.isEmpty() && (state == State.SENT || state == State.RECEIVED)) {
            due.put(Kind.OVERDUE, 1);
            if (isReceiver) {
                due.put(Kind.REMINDED, 1);
            }
        }
        if (isReceiver && state == State.ACCEPTED) {
            due.put(Kind.CONTACT_OVERDUE, 1);
        }
        if (isReceiver
                && Set.of(State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD).contains(state)) {
            due.put(Kind.STILL_GOING_ASKED, 1);
        }
        if (!isReceiver) {
            due.put(Kind.CONSENT_ENDED, 1);
        }
        return due;
    }

    /// The timeline without what only notes that time passed, what staff wrote down about the
    /// consent, and what follows a stop or a loss by itself.
    List<Line> acts() {
        return lines.stream()
                .filter(it -> !CLOCKS.contains(it.kind) && !BY_ITSELF.contains(it.kind))
                .toList();
    }
}
