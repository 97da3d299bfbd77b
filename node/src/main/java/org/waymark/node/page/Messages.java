// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// The words of one language, with English behind them for what nobody has translated yet.
/// Immutable.
///
/// Every jar on the class path may bring a `messages/<tag>.properties` (UTF-8); together they are
/// one set, so the staff pages add their words without either side knowing the other. Two jars may
/// not say the same key.
public final class Messages {

    /// The language every message exists in.
    public static final Language FALLBACK = new Language("en", "English");

    private final Language language;
    private final Map<String, String> own;
    private final Map<String, String> fallback;

    private Messages(Language language, Map<String, String> own, Map<String, String> fallback) {
        this.language = language;
        this.own = own;
        this.fallback = fallback;
    }

    public static Messages load(Language language) {
        return load(List.of(language)).getFirst();
    }

    /// Those of several languages, in their order: what they have in common is kept once.
    public static List<Messages> load(List<Language> languages) {
        var english = read(FALLBACK.tag());
        return languages.stream()
                .map(
                        language ->
                                new Messages(
                                        language,
                                        language.tag().equals(FALLBACK.tag())
                                                ? english
                                                : read(language.tag()),
                                        english))
                .toList();
    }

    public Language language() {
        return language;
    }

    /// A message and the language it really is in, which is English where the translation is
    /// missing.
    record Said(String pattern, Language language) {}

    /// @throws IllegalArgumentException if no language has the key, which is a mistake in a
    ///   template
    Said find(String key) {
        return lookUp(key).orElseThrow(() -> new IllegalArgumentException("No message: " + key));
    }

    /// The form of a message that goes with a number: `key.one`, `key.few` ... by the language's
    /// own rule.
    Said count(String key, long number) {
        return form(own, language, key, number)
                .or(() -> form(fallback, FALLBACK, key, number))
                .orElseThrow(() -> new IllegalArgumentException("No message: " + key + ".other"));
    }

    private Optional<Said> lookUp(String key) {
        if (own.get(key) instanceof String said) {
            return Optional.of(new Said(said, language));
        }
        return fallback.get(key) instanceof String said
                ? Optional.of(new Said(said, FALLBACK))
                : Optional.empty();
    }

    private static Optional<Said> form(
            Map<String, String> messages, Language language, String key, long number) {
        var exact =
                messages.get(
                        key + "." + Plurals.of(language.locale().getLanguage(), number).suffix());
        var said = exact == null ? messages.get(key + ".other") : exact;
        return said == null ? Optional.empty() : Optional.of(new Said(said, language));
    }

    /// Whether some language has this key; for words that depend on data, such as the code of an
    /// answer.
    public boolean has(String key) {
        return fallback.containsKey(key);
    }

    /// A message as this language itself says it.
    public Optional<String> own(String key) {
        return Optional.ofNullable(own.get(key));
    }

    /// The keys of this language's own file, without the fallback.
    Set<String> keys() {
        return own.keySet();
    }

    private static Map<String, String> read(String tag) {
        var all = new HashMap<String, String>();
        try {
            var files =
                    Messages.class.getClassLoader().getResources("messages/" + tag + ".properties");
            while (files.hasMoreElements()) {
                var file = files.nextElement();
                var messages = new Properties();
                try (var reader =
                        new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
                    messages.load(reader);
                }
                for (var key : messages.stringPropertyNames()) {
                    // The same few thousand keys in every language.
                    if (all.put(key.intern(), messages.getProperty(key)) != null) {
                        throw new IllegalStateException(
                                "Two files say the message " + key + "; one is " + file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(all);
    }
}
