// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.desk;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Choice;

/// What someone filled in. Never fails: what is missing is empty, what is not one of the choices is
/// none of them.
public record Fields(MultivaluedMap<String, String> values) {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /// Without the blanks around it. A line break is one character, as browsers count it for
    /// `maxlength`; they send two.
    public String text(String name) {
        var value = values.getFirst(name);
        return value == null ? "" : value.replace("\r\n", "\n").strip();
    }

    /// At most so many characters.
    public String text(String name, int most) {
        var text = text(name);
        return text.length() <= most ? text : text.substring(0, most);
    }

    public Optional<String> optional(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    /// The address of a web page.
    public Optional<URI> web(String name) {
        try {
            return optional(name)
                    .filter(text -> text.matches("https?://[^\\s<>\"]+"))
                    .map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean isTicked(String name) {
        return !text(name).isEmpty();
    }

    /// An id as we write it; empty for anything else.
    public static Optional<UUID> uuid(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(it -> UUID_FORM.matcher(it).matches())
                .map(UUID::fromString);
    }

    /// A number of people, and the like.
    public int number(String name, int ifMissing) {
        var text = text(name);
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : ifMissing;
    }

    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(text(name)))
                .findFirst();
    }

    public <E extends Enum<E>> E choice(String name, E ifMissing) {
        return choice(name, ifMissing.getDeclaringClass()).orElse(ifMissing);
    }

    public <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
        var given = values.getOrDefault(name, List.of());
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> given.contains(word(value)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Words separated by commas or blanks, such as language tags.
    public List<String> words(String name) {
        return Arrays.stream(text(name).split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }

    /// How a value is spelt in forms and message keys: `walk-in`.
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The values of a type as answers to choose from; their words are the messages `prefix.word`.
    public static <E extends Enum<E>> List<Choice> among(
            Page page, String prefix, Class<E> type, Set<E> chosen) {
        return among(page, prefix, Arrays.asList(type.getEnumConstants()), chosen);
    }

    public static <E extends Enum<E>> List<Choice> among(
            Page page, String prefix, List<E> values, Set<E> chosen) {
        return values.stream()
                .map(
                        value ->
                                new Choice(
                                        word(value),
                                        page.say(prefix + "." + word(value)),
                                        Optional.empty(),
                                        chosen.contains(value)))
                .toList();
    }
}
