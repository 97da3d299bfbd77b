// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The languages a site offers, in the order of its language menu. The first is the one a visitor
/// gets whose languages are all unknown. Immutable.
public final class Languages {

    private final List<Language> languages;

    public Languages(List<Language> languages) {
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("A site offers at least one language.");
        }
        this.languages = List.copyOf(languages);
    }

    /// Every language this program has messages for: the lines of `messages/languages.properties`.
    public static Languages shipped() {
        var index = Languages.class.getResourceAsStream("/messages/languages.properties");
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(index), StandardCharsets.UTF_8))) {
            var found = new ArrayList<Language>();
            for (var line : lines.lines().filter(l -> l.contains("=")).toList()) {
                var parts = line.split("=", 2);
                found.add(new Language(parts[0].strip(), parts[1].strip()));
            }
            return new Languages(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// These languages only, in this order.
    ///
    /// @throws IllegalArgumentException if one of them is not offered here; the message names those
    ///   that are
    public Languages only(List<String> tags) {
        var kept = new ArrayList<Language>();
        for (var tag : tags) {
            kept.add(
                    find(tag)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "No messages for the language \"%s\". There are: %s"
                                                            .formatted(tag, tags()))));
        }
        return new Languages(kept);
    }

    public List<Language> list() {
        return languages;
    }

    public Optional<Language> find(String tag) {
        return languages.stream()
                .filter(language -> language.tag().equalsIgnoreCase(tag))
                .findFirst();
    }

    /// The language to greet a visitor in: the best of what the browser asks for (RFC 4647 lookup,
    /// so `ar-SY` gets `ar`), else the first. Nothing in the header can make it fail.
    public Language negotiate(String acceptLanguage) {
        try {
            var ranges = Locale.LanguageRange.parse(acceptLanguage);
            var tag = Locale.lookupTag(ranges, tags());
            return tag == null ? languages.getFirst() : find(tag).orElseThrow();
        } catch (IllegalArgumentException e) {
            return languages.getFirst();
        }
    }

    /// The tags, in the order of the menu.
    public List<String> tags() {
        return languages.stream().map(Language::tag).toList();
    }
}
