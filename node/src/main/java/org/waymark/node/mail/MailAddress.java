// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail address as people write them, without a name. Two that differ in capitals only are the
/// same mailbox everywhere we know of.
public record MailAddress(String text) {

    // Plain ones only: no quotes, no comments, nothing a header could be made of.
    private static final Pattern PLAIN =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
                            + "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                            + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final int LONGEST = 254;

    public MailAddress {
        if (text.length() > LONGEST || !PLAIN.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a mail address");
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /// Empty when it is none.
    public static Optional<MailAddress> of(String text) {
        try {
            return Optional.of(new MailAddress(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
