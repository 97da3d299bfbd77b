// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.privacy.OrganizationId;

/// An organisation without a node that one of ours may ask for help.
///
/// @param provider runs the listings it is asked about
/// @param mailbox a role's, never a person's
/// @param phone where codes are read out, and where somebody asked about the mailbox
/// @param agreedUntil until when the agreement on paper holds; empty while there is none
/// @param confirmedAt when somebody phoned and made sure that the mailbox is theirs
/// @param confirmedWith whom they spoke to, as a role
public record MailReceiver(
        UUID id,
        OrganizationId organization,
        UUID provider,
        String name,
        MailAddress mailbox,
        String phone,
        String language,
        Optional<LocalDate> agreedUntil,
        Optional<Instant> confirmedAt,
        String confirmedWith) {

    // 6 months: people leave, and their mailbox is read by others (referral.md, Mail-only
    // receivers).
    static final Period CONFIRMATION_HOLDS = Period.ofMonths(6);

    public boolean isAgreed(Instant now) {
        return agreedUntil.filter(day -> !day.isBefore(today(now))).isPresent();
    }

    /// The last day on which the mailbox counts as theirs.
    public Optional<LocalDate> confirmedUntil() {
        return confirmedAt.map(at -> today(at).plus(CONFIRMATION_HOLDS));
    }

    public boolean isConfirmed(Instant now) {
        return confirmedUntil().filter(day -> !day.isBefore(today(now))).isPresent();
    }

    public boolean isReady(Instant now) {
        return isAgreed(now) && isConfirmed(now);
    }

    private static LocalDate today(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
