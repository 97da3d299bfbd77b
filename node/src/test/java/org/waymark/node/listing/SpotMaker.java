// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A place for a draft, of which only what a test is about is said.
public final class SpotMaker {

    private UUID id = Spot.NEW;
    private String name = "";
    private final List<String> street;
    private final String city;
    private String postalCode = "";
    private Optional<Spot.Point> point = Optional.empty();
    private String howToGetThere = "";
    private List<String> accessibility = List.of();

    private SpotMaker(String city, List<String> street) {
        this.city = city;
        this.street = street;
    }

    /// @param street its lines; blank ones are none
    public static SpotMaker in(String city, String... street) {
        return new SpotMaker(city, Arrays.stream(street).filter(it -> !it.isBlank()).toList());
    }

    /// One that is there already, as it is.
    public static SpotMaker like(Spot spot) {
        var maker = new SpotMaker(spot.city(), spot.street());
        maker.id = spot.id();
        maker.name = spot.name();
        maker.postalCode = spot.postalCode();
        maker.point = spot.point();
        maker.howToGetThere = spot.howToGetThere();
        maker.accessibility = spot.accessibility();
        return maker;
    }

    public SpotMaker id(UUID value) {
        id = value;
        return this;
    }

    public SpotMaker named(String value) {
        name = value;
        return this;
    }

    public SpotMaker postalCode(String value) {
        postalCode = value;
        return this;
    }

    public SpotMaker point(double latitude, double longitude) {
        point = Optional.of(new Spot.Point(latitude, longitude));
        return this;
    }

    public SpotMaker howToGetThere(String value) {
        howToGetThere = value;
        return this;
    }

    public SpotMaker accessibility(String... value) {
        accessibility = List.of(value);
        return this;
    }

    public Spot make() {
        return new Spot(
                id, name, street, city, "", postalCode, "DE", point, howToGetThere, accessibility);
    }
}
