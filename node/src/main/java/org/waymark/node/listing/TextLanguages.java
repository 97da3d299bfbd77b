// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Sees from the letters whether texts stand under the wrong language. Only what letters prove is
/// changed; what they merely make likely is reported.
public final class TextLanguages {

    private static final Pattern UKRAINIAN = Pattern.compile("[іїєґІЇЄҐ]");
    private static final Pattern RUSSIAN = Pattern.compile("[ыэъёЫЭЪЁ]");
    private static final Set<String> ARABIC_LETTERS =
            Set.of("ar", "fa", "ur", "ps", "prs", "ckb", "ug");
    private static final Set<String> CYRILLIC_LETTERS = Set.of("ru", "uk", "be", "bg", "mk");

    private TextLanguages() {}

    /// Checks the texts of an object and those in its `translations`.
    static void check(ObjectNode json, String where, ImportReport report) {
        var base = Document.text(json, "base_language").orElse("");
        if (!(json.path("translations") instanceof ObjectNode translations)) {
            return;
        }
        var members = new ArrayList<String>();
        for (var translation : translations) {
            translation.fieldNames().forEachRemaining(members::add);
        }
        for (var member : Set.copyOf(members)) {
            swap(json, base, member, where, report);
            for (var translation : translations.properties()) {
                var text = Document.text(translation.getValue(), member).orElse("");
                if (isForeign(translation.getKey(), text)) {
                    report.note(
                            Problem.TEXT_IN_OTHER_LANGUAGE,
                            "%s, %s in %s: %s"
                                    .formatted(where, member, translation.getKey(), start(text)));
                }
            }
        }
    }

    /// Russian and Ukrainian are told apart by letters that only one of them has.
    private static void swap(
            ObjectNode json, String base, String member, String where, ImportReport report) {
        var russian = holder(json, base, "ru");
        var ukrainian = holder(json, base, "uk");
        if (russian.isEmpty() || ukrainian.isEmpty()) {
            return;
        }
        var underRussian = Document.text(russian.get(), member).orElse("");
        var underUkrainian = Document.text(ukrainian.get(), member).orElse("");
        if (areSwapped(underRussian, underUkrainian)) {
            russian.get().put(member, underUkrainian);
            ukrainian.get().put(member, underRussian);
            report.note(
                    Problem.TEXTS_SWAPPED,
                    "%s, %s in ru and uk: %s".formatted(where, member, start(underRussian)));
        }
    }

    /// Whether the letters prove that each of two texts stands under the other's language.
    public static boolean areSwapped(String underRussian, String underUkrainian) {
        return isUkrainian(underRussian) && isRussian(underUkrainian);
    }

    private static Optional<ObjectNode> holder(ObjectNode json, String base, String tag) {
        if (tag.equals(base)) {
            return Optional.of(json);
        }
        return json.path("translations").path(tag) instanceof ObjectNode it
                ? Optional.of(it)
                : Optional.empty();
    }

    static boolean isUkrainian(String text) {
        return UKRAINIAN.matcher(text).find() && !RUSSIAN.matcher(text).find();
    }

    static boolean isRussian(String text) {
        return RUSSIAN.matcher(text).find() && !UKRAINIAN.matcher(text).find();
    }

    /// Whether a text has letters, and none that its language is written in.
    private static boolean isForeign(String tag, String text) {
        if (tag.equals("ru") && isUkrainian(text) || tag.equals("uk") && isRussian(text)) {
            return true;
        }
        var language = tag.split("-", 2)[0];
        if (ARABIC_LETTERS.contains(language)) {
            return lacks(text, UnicodeScript.ARABIC);
        }
        return CYRILLIC_LETTERS.contains(language) && lacks(text, UnicodeScript.CYRILLIC);
    }

    private static boolean lacks(String text, UnicodeScript script) {
        return text.codePoints().anyMatch(Character::isLetter)
                && text.codePoints()
                        .filter(Character::isLetter)
                        .noneMatch(it -> UnicodeScript.of(it) == script);
    }

    private static String start(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
