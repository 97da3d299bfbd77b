// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells what belongs to a person from what belongs to an office (safety rule 4). When in doubt it
/// is a person's.
final class Personal {

    private static final Set<String> ROLES =
            Set.of(
                    "admin",
                    "advice",
                    "appointments",
                    "askus",
                    "clinic",
                    "connect",
                    "contact",
                    "contactus",
                    "customerservice",
                    "enquiries",
                    "enquiry",
                    "feedback",
                    "frontdesk",
                    "general",
                    "hello",
                    "help",
                    "helpdesk",
                    "helpline",
                    "hotline",
                    "info",
                    "information",
                    "inquiries",
                    "inquiry",
                    "intake",
                    "mail",
                    "main",
                    "office",
                    "outreach",
                    "reception",
                    "referral",
                    "referrals",
                    "registration",
                    "secretary",
                    "service",
                    "services",
                    "support",
                    "team",
                    "volunteer",
                    "volunteers",
                    "webmaster",
                    "welcome");

    private static final Pattern MAIL_OF_A_PERSON =
            Pattern.compile("(?<![\\w.])[a-z]{2,}[._][a-z]{2,}@[\\w-]+\\.[a-z]");
    private static final Pattern MOBILE =
            Pattern.compile(
                    "\\b(?:cell|mobile|cellular)(?: phone| number)*\\s*[:#]?\\s*\\(?\\+?\\d{3}");

    private Personal() {}

    static boolean isRoleMail(String mail) {
        var local = mail.toLowerCase(Locale.ROOT).split("@", 2)[0];
        return java.util.Arrays.stream(local.split("[^a-z]+")).anyMatch(ROLES::contains);
    }

    static boolean isMobile(String type, String description) {
        var kind = type.toLowerCase(Locale.ROOT);
        return kind.equals("cell")
                || kind.equals("mobile")
                || kind.equals("cellular")
                || kind.equals("sms")
                || description
                        .toLowerCase(Locale.ROOT)
                        .matches(".*\\b(cell|mobile) ?(phone)?\\b.*");
    }

    /// Whether a text gives away how to reach one person.
    static boolean standsIn(String lowerCaseText) {
        // Most texts have neither: the patterns would be tried at each letter.
        return (lowerCaseText.indexOf('@') >= 0 && MAIL_OF_A_PERSON.matcher(lowerCaseText).find())
                || (namesMobile(lowerCaseText) && MOBILE.matcher(lowerCaseText).find());
    }

    private static boolean namesMobile(String lowerCaseText) {
        return lowerCaseText.contains("cell") || lowerCaseText.contains("mobile");
    }
}
