// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A place, a contact or a provider that several listings of an organisation show, and that is
/// changed once for all of them.
///
/// @param fields what staff can change, in the order of [Kind#fields]; missing where it says
///   nothing
/// @param users the names of some listings that show it
/// @param used how many listings show it
/// @param version of the text that was read; it changes with every change
public record SharedPart(
        UUID id,
        Kind kind,
        Map<String, String> fields,
        List<String> users,
        int used,
        String version) {

    /// What can be shared, with the fields that staff write.
    public enum Kind {
        PLACE(
                Aggregate.Type.LOCATION,
                "name",
                "address_1",
                "address_2",
                "postal_code",
                "city",
                "state_province",
                "country",
                "transportation"),
        /// The name and the mail of a person are for staff only.
        CONTACT(Aggregate.Type.CONTACT, "title", "department", "number", "held_name", "held_email"),
        PROVIDER(Aggregate.Type.ORGANIZATION, "name", "description", "website", "email", "number");

        private final Aggregate.Type type;
        private final List<String> fields;

        Kind(Aggregate.Type type, String... fields) {
            this.type = type;
            this.fields = List.of(fields);
        }

        Aggregate.Type type() {
            return type;
        }

        public List<String> fields() {
            return fields;
        }
    }

    public SharedPart {
        fields = Map.copyOf(fields);
        users = List.copyOf(users);
    }

    /// What it says first.
    public String title() {
        return kind.fields().stream()
                .map(fields::get)
                .filter(it -> it != null && !it.isBlank())
                .findFirst()
                .orElse("");
    }
}
