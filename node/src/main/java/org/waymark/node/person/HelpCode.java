// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.security.SecureRandom;
import java.util.Optional;
import org.waymark.node.privacy.ReadableCode;

/// What lets a person follow and stop their request: a locator of four signs, by which it is found,
/// and a secret of twelve, which proves it is theirs. Shown once.
///
/// @param value sixteen signs without hyphens
public record HelpCode(String value) {

    static final int LOCATOR = 4;
    static final int SECRET = 12;

    public HelpCode {
        if (value.length() != LOCATOR + SECRET || !value.equals(ReadableCode.normal(value))) {
            throw new IllegalArgumentException("Not a help code");
        }
    }

    static HelpCode random(SecureRandom random) {
        return new HelpCode(ReadableCode.random(random, LOCATOR + SECRET));
    }

    /// Reads what somebody typed; empty for what has not the shape of a code.
    static Optional<HelpCode> parse(String typed) {
        var normal = ReadableCode.normal(typed);
        return normal.length() == LOCATOR + SECRET
                ? Optional.of(new HelpCode(normal))
                : Optional.empty();
    }

    String locator() {
        return value.substring(0, LOCATOR);
    }

    String secret() {
        return value.substring(LOCATOR);
    }

    /// As it is written down: four groups of four.
    public String shown() {
        return ReadableCode.grouped(value);
    }

    /// Never shows itself, because records end up in logs.
    @Override
    public String toString() {
        return "HelpCode";
    }
}
