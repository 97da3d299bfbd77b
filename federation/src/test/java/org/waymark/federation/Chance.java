// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What properties are tried with. The seed is printed, and `-Dwaymark.seed=N` tries the same
/// again.
public final class Chance {
    /// Numbers of cases: fast for every run, many for `test.sh --long`.
    public static int cases(int usual, int many) {
        return Boolean.getBoolean("waymark.long") ? many : usual;
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private static final List<String> WORDS =
            List.of(
                    "",
                    "Soup",
                    "شوربة",
                    "<p>Néon & \"co\"</p>",
                    "\u202eback",
                    "\ud83e\udd63",
                    "\\",
                    "line\nbreak",
                    "as:Public",
                    "https://a.example/s/1",
                    "https://b.example/o/2#k",
                    "2026-02-01T10:00:00+01:00",
                    "2026-13-45",
                    "z6Mk",
                    "-1",
                    "{}",
                    "@id");

    private static final List<String> MEMBERS =
            List.of(
                    "id",
                    "type",
                    "actor",
                    "object",
                    "to",
                    "cc",
                    "name",
                    "nameMap",
                    "content",
                    "contentMap",
                    "summary",
                    "tag",
                    "attachment",
                    "attributedTo",
                    "url",
                    "inbox",
                    "publicKey",
                    "assertionMethod",
                    "endpoints",
                    "location",
                    "published",
                    "updated",
                    "orderedItems",
                    "items",
                    "first",
                    "next",
                    "result",
                    "target",
                    "inReplyTo",
                    "generator",
                    "proof",
                    "waymark:version",
                    "waymark:sealed",
                    "@context",
                    "x:other",
                    "oneOf",
                    "latitude");

    private static final List<String> TYPES =
            List.of(
                    "Create",
                    "Update",
                    "Delete",
                    "Follow",
                    "Accept",
                    "Offer",
                    "Undo",
                    "Announce",
                    "Flag",
                    "Move",
                    "Add",
                    "Levitate",
                    "Note",
                    "Event",
                    "Question",
                    "Person",
                    "Organization",
                    "Tombstone",
                    "Place",
                    "Image",
                    "OrderedCollection",
                    "CollectionPage",
                    "x:Other");

    private static final List<String> NASTY =
            List.of(
                    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                    "{\"a\":",
                    "\\u0000",
                    "\\ud800",
                    "\"\"",
                    "null",
                    "1e999999999",
                    "-0",
                    "123456789012345678901234567890",
                    "\"@graph\":[],",
                    "\"id\":[[]],",
                    "\"type\":{},",
                    "\u0000",
                    "\ufeff",
                    "//",
                    "NaN",
                    "true",
                    ",",
                    "\\");

    public final long seed;
    private final Random random;

    private Chance(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /// Begins a series of cases of a property.
    public static Chance of(String property) {
        long seed = Long.getLong("waymark.seed", System.nanoTime());
        System.out.println("seed " + seed + " of: " + property);
        return new Chance(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    public Random random() {
        return random;
    }

    /// A document that looks like something from the fediverse, right or wrong in every member.
    public ObjectNode document() {
        ObjectNode document = object(4);
        document.put("type", one(TYPES));
        if (below(10) > 0) {
            document.put("id", "https://a.example/x/" + below(1000));
        }
        if (below(10) > 0) {
            document.put("actor", "https://a.example/o/1");
        }
        if (below(3) == 0) {
            document.put("inbox", "https://a.example/o/1/inbox");
        }
        return document;
    }

    /// Bytes with some of them changed, left out, doubled, or replaced by something nasty or by a
    /// piece of another document.
    public byte[] mutated(byte[] start, byte[] other) {
        byte[] bytes = start;
        for (int times = below(4); times >= 0; times--) {
            int at = below(bytes.length + 1);
            int end = Math.min(bytes.length, at + below(12));
            byte[] piece =
                    switch (below(5)) {
                        case 0 -> new byte[] {(byte) below(256)};
                        case 1 -> new byte[0];
                        case 2 -> one(NASTY).getBytes(StandardCharsets.UTF_8);
                        case 3 -> slice(other);
                        default -> slice(bytes);
                    };
            bytes = spliced(bytes, at, end, piece);
        }
        return bytes;
    }

    /// A document with one value replaced by a value of another place or kind.
    public ObjectNode confused(ObjectNode start) {
        ObjectNode document = start.deepCopy();
        JsonNode at = document;
        while (true) {
            if (at instanceof ObjectNode object && !object.isEmpty()) {
                String name =
                        one(List.copyOf(object.propertyStream().map(it -> it.getKey()).toList()));
                JsonNode child = object.get(name);
                if (child.isContainerNode() && !child.isEmpty() && below(3) > 0) {
                    at = child;
                    continue;
                }
                object.set(name, below(8) == 0 ? document.deepCopy() : value(3));
            } else if (at instanceof ArrayNode array && !array.isEmpty()) {
                int index = below(array.size());
                JsonNode child = array.get(index);
                if (child.isContainerNode() && !child.isEmpty() && below(3) > 0) {
                    at = child;
                    continue;
                }
                array.set(index, value(3));
            }
            return document;
        }
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int members = below(8); members > 0; members--) {
            object.set(one(MEMBERS), value(depth - 1));
        }
        return object;
    }

    private JsonNode value(int depth) {
        return switch (below(depth > 0 ? 12 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(below(2) == 0);
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(new BigDecimal(random.nextInt() + "." + below(100) + "0"));
            case 4 -> JSON.textNode(one(TYPES));
            case 8, 9 -> object(depth);
            case 10, 11 -> array(depth);
            default -> JSON.textNode(one(WORDS));
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int items = below(4); items > 0; items--) {
            array.add(value(depth - 1));
        }
        return array;
    }

    private byte[] slice(byte[] of) {
        int from = below(of.length + 1);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + below(40)));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = new byte[from + piece.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }
}
