// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes out of a text what no service needs to see and no machine may change: names, numbers,
/// phones, addresses of mail and web, and whatever is not to be translated. Empty tags stand in
/// their place, and the text around them is escaped.
public final class Mask {

    private static final List<String> ALWAYS =
            List.of(
                    "https?://\\S+|www\\.\\S+",
                    "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
                    // A phone, a time, a price, a date, a paragraph of a law.
                    "[+(]*\\p{Nd}[\\p{Nd}()/.,:–-]*(?:\\h[\\p{Nd}()/.,:–-]+)*",
                    // A person: a title and what follows with capitals.
                    "\\b(?:Mr|Mrs|Ms|Dr|Prof|Herrn?|Frau|Sra?|Mme|Mlle)\\.?"
                            + "(?:\\h+\\p{Lu}[\\p{L}'’-]*)+");

    private static final Pattern MASK = Pattern.compile("<x id=\"(\\d+)\"\\s*(?:/>|>\\s*</x>)");

    private final Pattern hidden;

    /// @param keep spans that stay as they are; longer ones win
    public Mask(Collection<String> keep) {
        var spans =
                keep.stream()
                        .map(String::strip)
                        .filter(span -> span.length() > 1)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(
                                span ->
                                        "(?<![\\p{L}\\p{N}])"
                                                + Pattern.quote(span)
                                                + "(?![\\p{L}\\p{N}])");
        this.hidden =
                Pattern.compile(
                        Stream.concat(spans, ALWAYS.stream()).collect(Collectors.joining("|")));
    }

    /// @param text as markup, to be sent
    /// @param spans what stands behind the tags
    public record Masked(String text, List<String> spans) {

        /// Puts everything back; empty if the machine lost or doubled something.
        public Optional<String> unmask(String answer) {
            var seen = new ArrayList<Integer>();
            var out = new StringBuilder();
            var masks = MASK.matcher(answer);
            var end = 0;
            while (masks.find()) {
                var digits = masks.group(1);
                var number = digits.length() > 6 ? -1 : Integer.parseInt(digits);
                if (number < 0 || number >= spans.size() || seen.contains(number)) {
                    return Optional.empty();
                }
                seen.add(number);
                out.append(unescaped(answer.substring(end, masks.start())));
                out.append(spans.get(number));
                end = masks.end();
            }
            out.append(unescaped(answer.substring(end)));
            return seen.size() == spans.size() ? Optional.of(out.toString()) : Optional.empty();
        }
    }

    public Masked mask(String text) {
        var spans = new ArrayList<String>();
        var out = new StringBuilder();
        var found = hidden.matcher(text);
        var end = 0;
        while (found.find()) {
            out.append(escaped(text.substring(end, found.start())));
            out.append("<x id=\"").append(spans.size()).append("\"/>");
            spans.add(found.group());
            end = found.end();
        }
        out.append(escaped(text.substring(end)));
        return new Masked(out.toString(), List.copyOf(spans));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x27;", "'")
                .replace("&amp;", "&");
    }
}
