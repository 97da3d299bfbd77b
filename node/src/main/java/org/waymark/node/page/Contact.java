// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.util.Optional;

/// How a visitor reaches a person of this site, as the operator wrote it; shown as it is in every
/// language.
///
/// @param phone a line where a person answers
/// @param hours when somebody answers there
/// @param address where one can come
public record Contact(
        Optional<String> phone,
        Optional<String> hours,
        Optional<String> email,
        Optional<String> address) {

    /// Reads one setting: the key, and what it is when nobody set it.
    public interface Reader {
        String text(String key, String byDefault);
    }

    public static Contact read(Reader settings) {
        return new Contact(
                given(settings, "contact.phone"),
                given(settings, "contact.hours"),
                given(settings, "contact.email"),
                given(settings, "contact.address"));
    }

    public static Contact none() {
        return new Contact(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean isEmpty() {
        return phone.isEmpty() && email.isEmpty() && address.isEmpty();
    }

    private static Optional<String> given(Reader settings, String key) {
        return Optional.of(settings.text(key, "").strip()).filter(value -> !value.isEmpty());
    }
}
