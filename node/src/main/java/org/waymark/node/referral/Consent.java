// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/// The person's yes, or another recorded basis, without which nothing is sent. It stays with the
/// sender; only [Travelling.ConsentStatement] travels.
///
/// @param language in which it was asked, a BCP 47 tag
/// @param until at most twelve months after it was given
/// @param onward over how many further organisations the receiver may hand the person on; empty for
///   none
/// @param childAgreed whether a minor wants it too, where a parent or guardian gave it (safety.md
///   9); empty where nobody asked
public record Consent(
        Basis basis,
        GivenBy givenBy,
        Method method,
        String language,
        boolean interpreter,
        Set<Item> items,
        Instant givenAt,
        LocalDate until,
        boolean mayContact,
        boolean outcomeBack,
        Optional<Integer> onward,
        Optional<Boolean> childAgreed) {

    // referral.md, Onward.
    public static final int MOST_HOPS = 2;

    public enum Basis {
        CONSENT,
        VITAL_INTEREST,
        CHILD_BEST_INTEREST,
        LEGAL_DUTY
    }

    public enum GivenBy {
        SELF,
        PARENT,
        GUARDIAN,
        REPRESENTATIVE
    }

    public enum Method {
        SPOKEN,
        WRITTEN,
        DIGITAL
    }

    /// Which groups of data may go.
    public enum Item {
        NEED,
        FIT,
        CONTACT
    }

    /// Without handing on.
    public Consent(
            Basis basis,
            GivenBy givenBy,
            Method method,
            String language,
            boolean interpreter,
            Set<Item> items,
            Instant givenAt,
            LocalDate until,
            boolean mayContact,
            boolean outcomeBack) {
        this(
                basis,
                givenBy,
                method,
                language,
                interpreter,
                items,
                givenAt,
                until,
                mayContact,
                outcomeBack,
                Optional.empty());
    }

    /// Without what a minor said.
    public Consent(
            Basis basis,
            GivenBy givenBy,
            Method method,
            String language,
            boolean interpreter,
            Set<Item> items,
            Instant givenAt,
            LocalDate until,
            boolean mayContact,
            boolean outcomeBack,
            Optional<Integer> onward) {
        this(
                basis,
                givenBy,
                method,
                language,
                interpreter,
                items,
                givenAt,
                until,
                mayContact,
                outcomeBack,
                onward,
                Optional.empty());
    }

    public Consent {
        if (onward.filter(it -> it < 0 || it > MOST_HOPS).isPresent()) {
            throw new IllegalArgumentException("Handed on twice at most");
        }
        items = Set.copyOf(items);
        // It may be a day later where it was given.
        var given = givenAt.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        if (until.isAfter(given.plusMonths(12))) {
            throw new IllegalArgumentException("Consent lasts twelve months at most");
        }
    }

    /// Whether it lets these go on a day, which is one of the node's zone: the same by which
    /// [ReferralClock#CONSENT] rings.
    public boolean covers(Item item, LocalDate today) {
        return items.contains(item) && !until.isBefore(today);
    }

    Travelling.ConsentStatement statement() {
        return new Travelling.ConsentStatement(basis, items, until, outcomeBack, onward);
    }
}
