// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of structured fields (RFC 8941) that signatures are written in: dictionaries of inner
/// lists and byte sequences, with parameters. Decimals and dates are not in it.
///
/// Stricter than the RFC, which lets the last of two equal names win: a name given twice makes the
/// field unreadable, because two readers could choose differently. One pass, no regular expression:
/// a stranger writes it.
final class StructuredFields {
    // 8 kB: two RSA-8192 signatures with their parameters take less than 4 kB.
    private static final int MAX_CHARACTERS = 8_192;

    // 32: a signature covers about five components; more only costs us.
    private static final int MAX_MEMBERS = 32;

    /// What a member of a dictionary or a parameter holds.
    sealed interface Value {
        record Text(String value) implements Value {}

        record Token(String value) implements Value {}

        record Number(long value) implements Value {}

        record Flag(boolean value) implements Value {}

        @SuppressWarnings("ArrayRecordComponent") // bytes of one request, never compared
        record Bytes(byte[] value) implements Value {}
    }

    /// A value with its parameters.
    record Item(Value value, Map<String, Value> parameters) {}

    /// What stands behind a name: one item, or several in parentheses.
    ///
    /// @param items exactly one unless it is a list
    /// @param parameters of the list; empty when it is none, since then they are the item's
    record Member(boolean isList, List<Item> items, Map<String, Value> parameters) {}

    /// That it cannot be read; how far it could does not matter.
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final String text;
    private int at;

    private StructuredFields(String text) {
        this.text = text;
    }

    /// The members of a dictionary in their order; empty when it cannot be read.
    ///
    /// @param lines all lines of the header: together they are one dictionary (RFC 8941, section
    ///   4.2)
    static Optional<Map<String, Member>> dictionary(List<String> lines) {
        String text = String.join(", ", lines);
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StructuredFields(text).dictionary());
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /// Writes a list with its parameters in the one form that is signed (RFC 8941, section 4.1).
    static String write(Member member) {
        var out = new StringBuilder();
        if (member.isList()) {
            out.append('(');
            for (Item item : member.items()) {
                out.append(out.charAt(out.length() - 1) == '(' ? "" : " ").append(write(item));
            }
            out.append(')').append(write(member.parameters()));
        } else {
            out.append(write(member.items().getFirst()));
        }
        return out.toString();
    }

    static String write(Item item) {
        return write(item.value()) + write(item.parameters());
    }

    private static String write(Map<String, Value> parameters) {
        var out = new StringBuilder();
        parameters.forEach(
                (name, value) -> {
                    out.append(';').append(name);
                    if (!value.equals(new Value.Flag(true))) {
                        out.append('=').append(write(value));
                    }
                });
        return out.toString();
    }

    private static String write(Value value) {
        return switch (value) {
            case Value.Text(String text) ->
                    '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Value.Token(String token) -> token;
            case Value.Number(long number) -> Long.toString(number);
            case Value.Flag(boolean flag) -> flag ? "?1" : "?0";
            case Value.Bytes(byte[] bytes) -> ':' + Base64.getEncoder().encodeToString(bytes) + ':';
        };
    }

    private Map<String, Member> dictionary() throws Malformed {
        var members = new LinkedHashMap<String, Member>();
        skip(" ");
        while (at < text.length()) {
            put(members, key(), at < text.length() && peek() == '=' ? member() : flag());
            skip(" \t");
            if (at == text.length()) {
                return members;
            }
            expect(',');
            skip(" \t");
            if (at == text.length()) {
                throw new Malformed();
            }
        }
        return members;
    }

    private Member flag() throws Malformed {
        return new Member(false, List.of(new Item(new Value.Flag(true), parameters())), Map.of());
    }

    private Member member() throws Malformed {
        expect('=');
        if (at == text.length() || peek() != '(') {
            return new Member(false, List.of(item()), Map.of());
        }
        expect('(');
        var items = new ArrayList<Item>();
        while (true) {
            skip(" ");
            if (next() == ')') {
                return new Member(true, List.copyOf(items), parameters());
            }
            at--;
            items.add(item());
            if (items.size() > MAX_MEMBERS || (peek() != ' ' && peek() != ')')) {
                throw new Malformed();
            }
        }
    }

    private Item item() throws Malformed {
        return new Item(value(), parameters());
    }

    private Map<String, Value> parameters() throws Malformed {
        var parameters = new LinkedHashMap<String, Value>();
        while (at < text.length() && peek() == ';') {
            at++;
            skip(" ");
            String name = key();
            Value value = new Value.Flag(true);
            if (at < text.length() && peek() == '=') {
                at++;
                value = value();
            }
            put(parameters, name, value);
        }
        return parameters;
    }

    private static <T> void put(Map<String, T> members, String name, T value) throws Malformed {
        if (members.put(name, value) != null || members.size() > MAX_MEMBERS) {
            throw new Malformed();
        }
    }

    private String key() throws Malformed {
        int start = at;
        char first = next();
        if (!isLower(first) && first != '*') {
            throw new Malformed();
        }
        while (at < text.length()
                && (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private Value value() throws Malformed {
        char first = next();
        return switch (first) {
            case '"' -> string();
            case ':' -> bytes();
            case '?' ->
                    switch (next()) {
                        case '0' -> new Value.Flag(false);
                        case '1' -> new Value.Flag(true);
                        default -> throw new Malformed();
                    };
            default -> {
                if (first == '-' || isDigit(first)) {
                    yield number();
                }
                yield token(first);
            }
        };
    }

    private Value string() throws Malformed {
        var value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return new Value.Text(value.toString());
            }
            if (c == '\\') {
                c = next();
                if (c != '"' && c != '\\') {
                    throw new Malformed();
                }
            } else if (c < 0x20 || c > 0x7e) {
                throw new Malformed();
            }
            value.append(c);
        }
    }

    private Value bytes() throws Malformed {
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw new Malformed();
        }
        try {
            byte[] value = Base64.getDecoder().decode(text.substring(at, end));
            at = end + 1;
            return new Value.Bytes(value);
        } catch (IllegalArgumentException e) {
            throw new Malformed();
        }
    }

    private Value number() throws Malformed {
        int start = at - 1;
        while (at < text.length() && isDigit(peek())) {
            at++;
        }
        boolean isDecimal = at < text.length() && peek() == '.';
        // 15 digits and a sign: RFC 8941, section 3.3.1.
        if (isDecimal || at - start > 16) {
            throw new Malformed();
        }
        try {
            return new Value.Number(Long.parseLong(text.substring(start, at)));
        } catch (NumberFormatException e) {
            throw new Malformed();
        }
    }

    private Value token(char first) throws Malformed {
        if (!isLower(first) && !(first >= 'A' && first <= 'Z') && first != '*') {
            throw new Malformed();
        }
        int start = at - 1;
        while (at < text.length() && isTokenCharacter(peek())) {
            at++;
        }
        return new Value.Token(text.substring(start, at));
    }

    private static boolean isTokenCharacter(char c) {
        return isLower(c)
                || isDigit(c)
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char expected) throws Malformed {
        if (next() != expected) {
            throw new Malformed();
        }
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private char next() throws Malformed {
        char c = peek();
        at++;
        return c;
    }
}
