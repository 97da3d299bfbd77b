// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Whom of a household one request is for. It holds these members and no others, and stays here:
/// what travels says how many they are and nothing that joins two requests.
///
/// @param members those it serves, and the adult who is called about it
/// @param others the household's other requests, as this organisation keeps them
/// @param left who is in it no more
public record HouseholdPart(List<Member> members, Set<UUID> others, Optional<List<Left>> left) {

    /// One of them.
    ///
    /// @param letter A, B, C: what staff call them among themselves
    /// @param isServed false for the adult who only speaks for children
    /// @param isCalled whose contact data goes in step 2, and whose yes is the request's own
    /// @param agreed the yes of another adult, said alone
    public record Member(
            String letter,
            boolean isAdult,
            String name,
            boolean isServed,
            boolean isCalled,
            Optional<Consent> agreed) {

        private Member with(Optional<Consent> consent) {
            return new Member(letter, isAdult, name, isServed, isCalled, consent);
        }

        /// Whether a yes of their own is needed beside the one of who is called.
        public boolean speaksForThemselves() {
            return isAdult && isServed && !isCalled;
        }

        @Override
        public String toString() {
            return "Member[hidden]";
        }
    }

    /// One who was in it: the letter without the name, and the yes that the request was sent with.
    public record Left(String letter, Optional<Consent> agreed, Instant at) {}

    public HouseholdPart {
        members = List.copyOf(members);
        others = Set.copyOf(others);
        left = left.map(List::copyOf);
    }

    HouseholdPart(List<Member> members, Set<UUID> others) {
        this(members, others, Optional.empty());
    }

    public Optional<Member> called() {
        return members.stream().filter(Member::isCalled).findFirst();
    }

    public Optional<Member> find(String letter) {
        return members.stream().filter(it -> it.letter().equals(letter)).findFirst();
    }

    /// Whether who is called says yes for others only, as for children.
    public boolean speaksForOthers() {
        return called().filter(it -> !it.isServed()).isPresent();
    }

    public int adults() {
        return (int) members.stream().filter(it -> it.isServed() && it.isAdult()).count();
    }

    public int children() {
        return (int) members.stream().filter(it -> it.isServed() && !it.isAdult()).count();
    }

    /// The adults whose own yes is missing, or does not cover the first step any more.
    public List<Member> awaited(LocalDate today) {
        return members.stream()
                .filter(Member::speaksForThemselves)
                .filter(
                        it ->
                                it.agreed()
                                        .filter(yes -> yes.covers(Consent.Item.NEED, today))
                                        .filter(yes -> yes.covers(Consent.Item.FIT, today))
                                        .isEmpty())
                .toList();
    }

    HouseholdPart with(Set<UUID> siblings) {
        return new HouseholdPart(members, siblings, left);
    }

    HouseholdPart and(ReferralId sibling) {
        var all = new HashSet<>(others);
        all.add(sibling.value());
        return with(all);
    }

    HouseholdPart agreed(String letter, Consent consent) {
        return each(it -> it.letter().equals(letter) ? it.with(Optional.of(consent)) : it);
    }

    /// Everybody is asked once more.
    HouseholdPart askedAgain() {
        return each(it -> it.with(Optional.empty()));
    }

    /// Proof of a yes stays with the organisation that asked for it (referral.md, Consent).
    HouseholdPart without(String letter, Instant now) {
        var gone = new ArrayList<>(left.orElse(List.of()));
        find(letter).ifPresent(it -> gone.add(new Left(letter, it.agreed(), now)));
        return new HouseholdPart(
                members.stream().filter(it -> !it.letter().equals(letter)).toList(),
                others,
                gone.isEmpty() ? Optional.empty() : Optional.of(gone));
    }

    boolean canGoOnWithout(String letter) {
        return without(letter, Instant.EPOCH).canGoOn();
    }

    /// Whether there is somebody left to help, and somebody to call about it.
    boolean canGoOn() {
        return called().isPresent() && adults() + children() > 0;
    }

    private HouseholdPart each(UnaryOperator<Member> change) {
        return new HouseholdPart(members.stream().map(change).toList(), others, left);
    }
}
