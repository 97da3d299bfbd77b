// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/// Where something is, in WGS 84 degrees.
public record Place(ObjectNode json) implements Thing {

    public OptionalDouble latitude() {
        return degrees(json.path("latitude"));
    }

    public OptionalDouble longitude() {
        return degrees(json.path("longitude"));
    }

    private static OptionalDouble degrees(JsonNode value) {
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }
}
