// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// JSON as we accept it from strangers (RFC 8259, in the I-JSON profile of RFC 7493): UTF-8, one
/// object, no member twice, no lone surrogate, no NUL, a bounded depth and size, and none of the
/// JSON-LD keywords that move nodes about (`@graph`, `@included`, `@reverse`), because we read
/// documents by their members and another reader would see another document. Members we do not know
/// are kept.
public final class StrictJson {
    /// 1 MB: the largest document we publish or read (FEDERATION.md, Limits).
    public static final int MAX_DOCUMENT_BYTES = 1_048_576;

    /// 32 levels: deeper than any activity we know, shallow enough for every stack.
    public static final int MAX_DEPTH = 32;

    // 400 digits either side of the point: beyond every double (RFC 7493, section 2.2).
    private static final int MAX_MAGNITUDE = 400;

    private static final Set<String> REFUSED_KEYWORDS = Set.of("@graph", "@included", "@reverse");

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxDocumentLength(MAX_DOCUMENT_BYTES)
                                                    .maxStringLength(MAX_DOCUMENT_BYTES)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(2_000)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private StrictJson() {}

    /// Reads one JSON object.
    ///
    /// Refusals: `document-too-large`, `json-not-utf8`, `json-malformed`, `json-duplicate-member`,
    /// `json-too-deep`, `json-not-an-object`, `json-lone-surrogate`, `json-nul`,
    /// `json-ld-keyword-refused`, `json-number-out-of-range`.
    public static Reading<ObjectNode> read(byte[] document) {
        if (document.length > MAX_DOCUMENT_BYTES) {
            return new Reading.Refused<>("document-too-large");
        }
        String text;
        try {
            // Decoding here refuses what the parser would repair or take for UTF-16.
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
        } catch (CharacterCodingException e) {
            return new Reading.Refused<>("json-not-utf8");
        }
        return parse(text);
    }

    /// Writes in UTF-8, members in the order they were put, without white space.
    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reading<ObjectNode> parse(String text) {
        try (var parser = MAPPER.createParser(text)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null || parser.nextToken() != null) {
                return new Reading.Refused<>("json-malformed");
            }
            if (!(tree instanceof ObjectNode object)) {
                return new Reading.Refused<>("json-not-an-object");
            }
            String fault = faultOf(object);
            return fault.isEmpty() ? new Reading.Read<>(object) : new Reading.Refused<>(fault);
        } catch (StreamConstraintsException e) {
            return new Reading.Refused<>("json-too-deep");
        } catch (MismatchedInputException e) {
            return new Reading.Refused<>("json-duplicate-member");
        } catch (NumberFormatException e) {
            // The parser lets this one through when an exponent has more digits than an int.
            return new Reading.Refused<>("json-number-out-of-range");
        } catch (IOException e) {
            return new Reading.Refused<>("json-malformed");
        }
    }

    private static String faultOf(JsonNode node) {
        if (node.isBigDecimal()) {
            // Ten bytes such as 1e999999999 become a gigabyte wherever somebody writes them out.
            BigDecimal number = node.decimalValue();
            long magnitude = (long) number.precision() - number.scale();
            return Math.abs(magnitude) > MAX_MAGNITUDE ? "json-number-out-of-range" : "";
        }
        if (node.isTextual()) {
            return faultOf(node.textValue());
        }
        for (var member : node.properties()) {
            if (REFUSED_KEYWORDS.contains(member.getKey())) {
                return "json-ld-keyword-refused";
            }
            String fault = faultOf(member.getKey());
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        for (JsonNode child : node) {
            String fault = faultOf(child);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static String faultOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "json-nul";
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return "json-lone-surrogate";
                }
                i++;
            }
        }
        return "";
    }
}
