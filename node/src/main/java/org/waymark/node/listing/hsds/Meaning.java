// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// What a value says plainly that HSDS writes in another way: a number as a text, an address of the
/// web in letters of its country.
final class Meaning {

    private Meaning() {}

    static Optional<JsonNode> of(HsdsMember member, JsonNode value) {
        var text = value.asText("").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (member.type()) {
            case TEXT -> value.isValueNode() ? text(value.asText()) : Optional.empty();
            case NUMBER -> number(text);
            case DATE -> text.length() > 10 ? text(text.substring(0, 10)) : text(text);
            case URI -> address(text);
            case WORD -> text(text.toLowerCase(Locale.ROOT).replace('_', ' '));
            case UUID, EMAIL, TIME, INSTANT -> text(text);
            case OBJECT, LIST -> Optional.empty();
        };
    }

    private static Optional<JsonNode> text(String text) {
        return Optional.of(TextNode.valueOf(text));
    }

    private static Optional<JsonNode> number(String text) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(IntNode.valueOf(Integer.parseInt(text)));
        }
        return text.matches("-?\\d{1,9}\\.\\d{1,9}")
                ? Optional.of(DecimalNode.valueOf(new BigDecimal(text)))
                : Optional.empty();
    }

    private static Optional<JsonNode> address(String text) {
        try {
            return text(new URI(text).toASCIIString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
