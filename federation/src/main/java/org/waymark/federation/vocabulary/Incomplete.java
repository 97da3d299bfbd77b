// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

/// A member that a type cannot do without is missing. Constructors throw it; [Thing#read] turns it
/// into a refusal.
final class Incomplete extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Incomplete(String code) {
        super(code);
    }

    String code() {
        return String.valueOf(getMessage());
    }
}
