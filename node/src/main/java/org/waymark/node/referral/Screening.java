// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Looks through free text for what must not travel and a machine can see. It warns and never
/// blocks: a person decides, and a house number is not a passport.
public final class Screening {

    /// Names are message keys in lower case.
    public enum Warning {
        MAIL_ADDRESS,
        PHONE_NUMBER,
        /// Eight or more digits: papers, registration, accounts, birth dates.
        LONG_NUMBER
    }

    private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    // Digits of any script, with the signs people put between the groups of a number.
    private static final Pattern NUMBER =
            Pattern.compile("[+(]?\\p{Nd}[\\p{Nd}\\s().\\-/\\u00A0\\u2011\\u2013]{4,}\\p{Nd}");
    private static final int FEWEST_PHONE_DIGITS = 7;
    private static final int FEWEST_LONG_DIGITS = 8;

    private Screening() {}

    public static Set<Warning> warnings(String... texts) {
        var warnings = EnumSet.noneOf(Warning.class);
        for (var text : texts) {
            if (MAIL.matcher(text).find()) {
                warnings.add(Warning.MAIL_ADDRESS);
            }
            NUMBER.matcher(text).results().forEach(hit -> judge(hit.group(), warnings));
        }
        return warnings;
    }

    /// The warnings for everything a draft would send in step 1.
    public static Set<Warning> warnings(NewReferral draft) {
        return warnings(
                draft.reason(),
                draft.alreadyGiven(),
                draft.fit().area(),
                draft.fit().unsureCriterion().orElse(""));
    }

    private static void judge(String number, Set<Warning> warnings) {
        var digits = number.codePoints().filter(Character::isDigit).count();
        var unbroken = number.codePoints().allMatch(Character::isDigit);
        if (digits >= FEWEST_LONG_DIGITS && unbroken) {
            warnings.add(Warning.LONG_NUMBER);
        }
        if (digits >= FEWEST_PHONE_DIGITS) {
            warnings.add(Warning.PHONE_NUMBER);
        }
    }
}
