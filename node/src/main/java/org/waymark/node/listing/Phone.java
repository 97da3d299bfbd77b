// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;

/// An office line; personal numbers are held back at import. `extension` and `note` may be empty;
/// `note` is as the source wrote it.
public record Phone(String number, String extension, String note, List<String> languages) {

    public Phone {
        languages = List.copyOf(languages);
    }

    public static Phone of(String number) {
        return new Phone(number, "", "", List.of());
    }
}
