// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.discovery;

import java.util.Locale;
import java.util.Optional;

/// An account's name, `name@host` or `name@host:port` (RFC 7565; the port is our leniency, for
/// servers on other ports).
///
/// @param name as written
/// @param host with its port if one was given, in lower case
public record Account(String name, String host) {

    /// Reads `acct:name@host`, `name@host` or `@name@host`.
    public static Optional<Account> parse(String text) {
        String rest = text.strip();
        if (rest.regionMatches(true, 0, "acct:", 0, 5)) {
            rest = rest.substring(5);
        }
        if (rest.startsWith("@")) {
            rest = rest.substring(1);
        }
        int at = rest.indexOf('@');
        if (at < 1 || rest.indexOf('@', at + 1) >= 0) {
            return Optional.empty();
        }
        String name = rest.substring(0, at);
        String host = rest.substring(at + 1).toLowerCase(Locale.ROOT);
        return name.chars().allMatch(Account::inName) && isHost(host)
                ? Optional.of(new Account(name, host))
                : Optional.empty();
    }

    /// The URI form, as `subject` has it.
    public String uri() {
        return "acct:" + name + "@" + host;
    }

    @Override
    public String toString() {
        return "@" + name + "@" + host;
    }

    private static boolean inName(int c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }

    private static boolean isHost(String host) {
        return !host.isEmpty()
                && host.length() <= 253
                && host.chars()
                        .allMatch(
                                c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= '0' && c <= '9')
                                                || "-.:[]".indexOf(c) >= 0);
    }
}
