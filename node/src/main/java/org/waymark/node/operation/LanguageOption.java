// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--language`: in which language a file that comes in is written.
final class LanguageOption {

    @Option(
            names = "--language",
            paramLabel = "en",
            description = "Of the texts (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    /// Its tag as it is always written; empty, and said, where it is none.
    Optional<String> tag(Terminal terminal) {
        var tag = Locale.forLanguageTag(language).toLanguageTag();
        if (tag.equals("und")) {
            terminal.error("Not a language tag: " + language);
            return Optional.empty();
        }
        return Optional.of(tag);
    }
}
