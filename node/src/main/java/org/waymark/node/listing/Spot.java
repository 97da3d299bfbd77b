// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Where a service is given, as precisely as its [Place] allows: with `AREA` there is no street and
/// no point, with `PHONE_ONLY` a listing has no spot. Texts may be empty.
public record Spot(
        UUID id,
        String name,
        List<String> street,
        String city,
        String region,
        String postalCode,
        String country,
        Optional<Point> point,
        String howToGetThere,
        List<String> accessibility) {

    /// The id of a place that is not stored yet.
    public static final UUID NEW = new UUID(0, 0);

    /// Degrees, WGS 84.
    public record Point(double latitude, double longitude) {}

    public Spot {
        street = List.copyOf(street);
        accessibility = List.copyOf(accessibility);
    }

    /// A place with an address and nothing else, for a [Draft].
    public static Spot at(String street, String postalCode, String city, String country) {
        return new Spot(
                NEW,
                "",
                street.isBlank() ? List.of() : List.of(street),
                city,
                "",
                postalCode,
                country,
                Optional.empty(),
                "",
                List.of());
    }
}
