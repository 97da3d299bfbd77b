// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a source's words on how to apply say about how a person gets in. When they say several
/// things, the most demanding one stands, so that nobody travels in vain.
final class AccessWords {

    private static final Pattern REFERRAL =
            Pattern.compile(
                    "must be referred|referral (?:only|is required|required|needed)|by referral"
                            + "|requires? (?:a )?referral|referred by|referrals? (?:from|through)");
    private static final Pattern APPOINTMENT = Pattern.compile("appointment");
    private static final Pattern WALK_IN = Pattern.compile("walk[ -]?ins?\\b|drop[ -]?in");
    private static final Pattern CALL = Pattern.compile("\\bcall\\b|\\bphone\\b|\\btelephone\\b");
    private static final Pattern ONLINE =
            Pattern.compile("online|on-line|web ?site|\\bwww\\.|https?://");

    private AccessWords() {}

    static Access access(String applicationProcess) {
        var words = applicationProcess.toLowerCase(Locale.ROOT);
        if (REFERRAL.matcher(words).find()) {
            return Access.REFERRAL_ONLY;
        }
        var noAppointment = words.replace("no appointment", "walk in");
        if (APPOINTMENT.matcher(noAppointment).find()) {
            return Access.APPOINTMENT;
        }
        if (WALK_IN.matcher(noAppointment).find()) {
            return Access.WALK_IN;
        }
        if (CALL.matcher(words).find()) {
            return Access.CALL_FIRST;
        }
        return ONLINE.matcher(words).find() ? Access.ONLINE : Access.UNKNOWN;
    }
}
