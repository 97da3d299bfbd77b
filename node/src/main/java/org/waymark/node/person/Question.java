// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The questions of somebody who asks for help themselves, one a page, in their order. Names are
/// message keys in lower case; addresses say numbers only, for they stay in the history of a phone.
public enum Question {
    /// First, because a minor alone is asked nothing else (safety.md 9).
    WHO,
    /// Whether it is for the phone only.
    TROUBLE,
    NEED,
    WHEN,
    PEOPLE,
    LANGUAGE,
    WISHES,
    REACH,
    /// Only where there is a number or an address.
    NUMBER,
    NAME,
    WORD;

    public int number() {
        return ordinal() + 1;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Question> find(int number) {
        return Arrays.stream(values()).filter(it -> it.number() == number).findFirst();
    }

    /// Whether it is asked after those answers.
    boolean isFor(Visit.Asking asking) {
        return this != NUMBER || !asking.text("reach").equals("through-us");
    }

    Optional<Question> next(Visit.Asking asking) {
        return Arrays.stream(values()).skip(number()).filter(it -> it.isFor(asking)).findFirst();
    }

    Optional<Question> previous(Visit.Asking asking) {
        return Arrays.stream(values())
                .limit(ordinal())
                .filter(it -> it.isFor(asking))
                .reduce((_, later) -> later);
    }

    /// Whoever says later that a parent is there has not named them yet.
    private boolean isAnswered(Visit.Asking asking) {
        var parentIsMissing =
                this == NAME
                        && asking.text("who").equals("with-parent")
                        && asking.text("caregiver").isEmpty();
        return asking.answers().containsKey(word()) && !parentIsMissing;
    }

    /// The first that has no answer yet.
    static Optional<Question> firstOpen(Visit.Asking asking) {
        return Arrays.stream(values())
                .filter(it -> it.isFor(asking))
                .filter(it -> !it.isAnswered(asking))
                .findFirst();
    }
}
