// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// RFC 8785 for what occurs here: no number but whole ones that a double holds.
final class Jcs {

    private Jcs() {}

    static String canonical(JsonNode node) {
        if (node.isObject()) {
            // String orders by UTF-16 code units, as the RFC does.
            var members = new TreeMap<String, JsonNode>();
            node.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
            return members.entrySet().stream()
                    .map(it -> TextNode.valueOf(it.getKey()) + ":" + canonical(it.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(Jcs::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (node.isNumber() && !node.isIntegralNumber()) {
            throw new IllegalArgumentException("not spoken here: " + node);
        }
        return node.toString();
    }
}
