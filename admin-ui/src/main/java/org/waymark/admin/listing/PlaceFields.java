// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Fields;
import org.waymark.node.listing.OwnPlaces;
import org.waymark.node.listing.Spot;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Acting;

/// Where a service is given, as the form says: a place that the organisation has already, or one
/// that is written down. It asks before a house is there twice, and before others move, too.
public final class PlaceFields {

    private static final String NEW = "new";

    private final Fields fields;
    private final Page page;
    private final Lookup places;
    private final List<Wrong> errors = new ArrayList<>();
    private Asked asked = Asked.NOTHING;

    PlaceFields(Fields fields, Page page, Lookup places) {
        this.fields = fields;
        this.page = page;
        this.places = places;
    }

    /// The places that the writer may choose from.
    interface Lookup {

        /// For who may not know them.
        Lookup NONE =
                new Lookup() {
                    @Override
                    public Optional<OwnPlaces.Known> find(UUID id) {
                        return Optional.empty();
                    }

                    @Override
                    public List<OwnPlaces.Known> listAt(Spot address) {
                        return List.of();
                    }
                };

        Optional<OwnPlaces.Known> find(UUID id);

        List<OwnPlaces.Known> listAt(Spot address);

        static Lookup of(OwnPlaces places, Acting acting) {
            return new Lookup() {
                @Override
                public Optional<OwnPlaces.Known> find(UUID id) {
                    return places.find(acting, id);
                }

                @Override
                public List<OwnPlaces.Known> listAt(Spot address) {
                    return places.listAt(acting, address);
                }
            };
        }
    }

    /// Questions that only what was typed gives rise to.
    ///
    /// @param same places at the address that was written down
    /// @param others how many other listings would move, too
    public record Asked(List<OwnPlaces.Known> same, int others) {
        static final Asked NOTHING = new Asked(List.of(), 0);
    }

    List<Wrong> errors() {
        return errors;
    }

    Asked asked() {
        return asked;
    }

    /// The first of the places; empty when the service is given nowhere.
    Optional<Spot> read(Optional<Spot> before) {
        var chosen = Optional.of(fields.text("spot")).filter(it -> !it.isEmpty());
        var isOther =
                chosen.filter(it -> before.map(old -> old.id().toString()).equals(Optional.of(it)))
                        .isEmpty();
        if (chosen.isPresent() && isOther && !chosen.get().equals(NEW)) {
            return chosen(chosen.get(), before);
        }
        var isNew = chosen.equals(Optional.of(NEW));
        var written = written(isNew ? Optional.empty() : before);
        if (written.isEmpty()
                || isNew && before.filter(it -> says(it, written.get())).isPresent()) {
            // A new place that is written like the old one: nobody has written it yet.
            return isNew && written.isPresent() ? wrong("street", "new", before) : written;
        }
        if (!isNew && before.isPresent()) {
            return moved(before.get(), written.get());
        }
        return settled(Optional.empty(), written.get());
    }

    /// One of the list. An address beside it that is neither its own nor the old one is a doubt.
    private Optional<Spot> chosen(String id, Optional<Spot> before) {
        var known = id.matches("[0-9a-f-]{36}") ? places.find(UUID.fromString(id)) : none();
        if (known.isEmpty()) {
            return wrong("spot", "gone", before);
        }
        var written = written(Optional.empty());
        if (written.isPresent()
                && !says(known.get().spot(), written.get())
                && before.filter(it -> says(it, written.get())).isEmpty()) {
            return wrong("spot", "both", written);
        }
        return Optional.of(known.get().spot());
    }

    private static Optional<OwnPlaces.Known> none() {
        return Optional.empty();
    }

    private Optional<Spot> written(Optional<Spot> before) {
        var street = fields.text("street");
        var city = fields.text("city");
        var postalCode = fields.text("postal-code");
        var address = Spot.at(street, postalCode, city, page.imprint().country());
        // A camp may have a name and a point only; who leaves its address empty takes nothing away.
        var isAsBefore = before.filter(it -> says(it, address)).isPresent();
        if (street.isEmpty() && city.isEmpty() && !isAsBefore) {
            return Optional.empty();
        }
        var moved = before.filter(it -> says(it, address)).isEmpty();
        return Optional.of(
                new Spot(
                        before.map(Spot::id).orElse(Spot.NEW),
                        before.map(Spot::name).orElse(""),
                        moved ? address.street() : before.orElseThrow().street(),
                        city,
                        before.map(Spot::region).orElse(""),
                        postalCode,
                        before.map(Spot::country).orElse(address.country()),
                        // A point of the old address would lead people astray.
                        moved ? Optional.empty() : before.flatMap(Spot::point),
                        fields.text("how-to-get-there"),
                        before.map(Spot::accessibility).orElse(List.of())));
    }

    private static boolean says(Spot known, Spot address) {
        return String.join(", ", known.street()).equals(String.join(", ", address.street()))
                && known.city().equals(address.city())
                && known.postalCode().equals(address.postalCode());
    }

    /// Others may be there: then it is asked whether they move, too.
    private Optional<Spot> moved(Spot before, Spot written) {
        var others =
                before.equals(written)
                        ? 0
                        : places.find(before.id()).map(it -> it.listings() - 1).orElse(0);
        if (others <= 0) {
            return Optional.of(written);
        }
        asked = new Asked(List.of(), others);
        return switch (fields.text("moves")) {
            case "all" -> Optional.of(written);
            case "this" ->
                    settled(
                            Optional.of(before.id()),
                            new Spot(
                                    Spot.NEW,
                                    written.name(),
                                    written.street(),
                                    written.city(),
                                    written.region(),
                                    written.postalCode(),
                                    written.country(),
                                    written.point(),
                                    written.howToGetThere(),
                                    written.accessibility()));
            default -> {
                errors.add(new Wrong("moves", page.count("staff.listing.moves.ask", others)));
                yield Optional.of(written);
            }
        };
    }

    /// A place that is written down for the first time, or one that was there already.
    private Optional<Spot> settled(Optional<UUID> left, Spot written) {
        var same =
                places.listAt(written).stream()
                        .filter(it -> !left.equals(Optional.of(it.spot().id())))
                        .toList();
        if (same.isEmpty()) {
            return Optional.of(written);
        }
        asked = new Asked(same, asked.others());
        var answer = fields.text("same-place");
        if (answer.equals(NEW)) {
            return Optional.of(written);
        }
        var used =
                same.stream()
                        .map(OwnPlaces.Known::spot)
                        .filter(it -> it.id().toString().equals(answer))
                        .findFirst();
        if (used.isEmpty()) {
            errors.add(new Wrong("same-place", page.say("staff.listing.same-place.ask")));
        }
        return used.or(() -> Optional.of(written));
    }

    private Optional<Spot> wrong(String field, String what, Optional<Spot> stays) {
        errors.add(new Wrong(field, page.say("staff.listing.spot." + what)));
        return stays;
    }
}
