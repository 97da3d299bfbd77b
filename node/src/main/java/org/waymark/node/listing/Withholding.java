// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Takes out of a service all that names a hidden house, in whatever member, language and depth,
/// and all of a place that is one. Pure.
final class Withholding {

    private static final List<String> OF_PLACES =
            List.of("addresses", "latitude", "longitude", "location_type");

    private final HiddenHouses houses;
    private boolean isAnything;

    private Withholding(HiddenHouses houses) {
        this.houses = houses;
    }

    /// @param name what it is called instead if its name names one
    /// @return whether anything was taken out
    static boolean of(HiddenHouses houses, ObjectNode service, String name) {
        var withholding = new Withholding(houses);
        withholding.object(service, false);
        if (isPlace(service) && houses.limit(service) != Place.EXACT) {
            service.remove(OF_PLACES);
            withholding.isAnything = true;
        }
        if (withholding.isAnything && !service.has("name")) {
            var provider = Document.text(service.path("organization"), "name");
            service.put("name", provider.orElse(name.isBlank() ? "—" : name));
        }
        return withholding.isAnything;
    }

    private void object(ObjectNode object, boolean isAddress) {
        for (var member : List.copyOf(object.properties())) {
            var isLine = isAddress && HiddenHouses.LINES.contains(member.getKey());
            if (!isLine && isWithheld(member.getValue(), member.getKey().equals("addresses"))) {
                object.remove(member.getKey());
                isAnything = true;
            }
        }
    }

    private void array(ArrayNode array, boolean areAddresses) {
        for (int i = array.size() - 1; i >= 0; i--) {
            if (isWithheld(array.get(i), areAddresses)) {
                array.remove(i);
                isAnything = true;
            }
        }
    }

    private boolean isWithheld(JsonNode value, boolean isAddress) {
        return switch (value) {
            case ObjectNode object -> {
                object(object, isAddress);
                yield isPlace(object) && houses.limit(object) != Place.EXACT;
            }
            case ArrayNode array -> {
                array(array, isAddress);
                yield false;
            }
            default ->
                    value.isTextual()
                            && Document.uuid(value.textValue()).isEmpty()
                            && houses.isNamedBy(List.of(value.textValue()));
        };
    }

    private static boolean isPlace(ObjectNode object) {
        return OF_PLACES.stream().anyMatch(object::has);
    }
}
