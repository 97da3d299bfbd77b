// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// JSON in the one form that is hashed (RFC 8785): no white space, members sorted by UTF-16 code
/// units, numbers as ECMAScript writes a double.
public final class Canonical {
    private Canonical() {}

    /// The canonical form in UTF-8. The text must be free of lone surrogates, as
    /// [org.waymark.federation.vocabulary.StrictJson] reads it.
    ///
    /// @throws IllegalArgumentException for a number beyond what a double holds
    public static byte[] bytes(JsonNode node) {
        var out = new StringBuilder(1_024);
        write(node, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Whether every number survives the canonical form. One that does not could be exchanged for
    /// its neighbour under the same signature.
    public static boolean isExact(JsonNode node) {
        if (node.isNumber()) {
            double value = node.doubleValue();
            return Double.isFinite(value)
                    && new BigDecimal(number(value)).compareTo(node.decimalValue()) == 0;
        }
        for (JsonNode child : node) {
            if (!isExact(child)) {
                return false;
            }
        }
        return true;
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, out);
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < node.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    write(node.get(i), out);
                }
                out.append(']');
            }
            case STRING -> writeText(node.textValue(), out);
            case NUMBER -> out.append(number(node.doubleValue()));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                    throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out) {
        var names = new ArrayList<String>(node.size());
        node.fieldNames().forEachRemaining(names::add);
        // String compares by UTF-16 code units, which is what section 3.2.3 asks for.
        names.sort(null);
        out.append('{');
        String separator = "";
        for (String name : names) {
            out.append(separator);
            separator = ",";
            writeText(name, out);
            out.append(':');
            write(node.path(name), out);
        }
        out.append('}');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(c < 0x10 ? "0" : "1");
                        out.append(Character.forDigit(c & 0xf, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// As ECMAScript writes a double (ECMA-262, Number::toString).
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a number that JSON can write");
        }
        if (value == 0) {
            return "0";
        }
        var shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        // Where the decimal point stands, counted from the first digit.
        int point = digits.length() - shortest.scale();
        String text;
        if (point > 21 || point <= -6) {
            text =
                    digits.charAt(0)
                            + (digits.length() == 1 ? "" : "." + digits.substring(1))
                            + (point > 0 ? "e+" : "e-")
                            + Math.abs(point - 1);
        } else if (point <= 0) {
            text = "0." + "0".repeat(-point) + digits;
        } else if (point >= digits.length()) {
            text = digits + "0".repeat(point - digits.length());
        } else {
            text = digits.substring(0, point) + "." + digits.substring(point);
        }
        return value < 0 ? "-" + text : text;
    }

    /// The fewest digits that are read as this number again, without zeros at the end.
    private static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        // Java writes two digits at least and so takes the nearest of two: 4.9E-324, where one
        // digit, 5e-324, says the same.
        if (decimal.precision() == 2) {
            var one = decimal.round(new MathContext(1));
            if (one.doubleValue() == value) {
                return one.stripTrailingZeros();
            }
        }
        return decimal;
    }
}
