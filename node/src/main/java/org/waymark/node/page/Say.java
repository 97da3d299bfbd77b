// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.regex.Pattern;

/// Writes words into a page so that they are escaped, keep their own direction, and say which
/// language they are in when it is not the page's.
final class Say {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

    private static final Pattern NOT_DIALLED = Pattern.compile("[^0-9+*#]");

    private Say() {}

    /// A message with its arguments in place. Text that came from data stands in a `<bdi>`, so that
    /// an English name in an Arabic sentence does not turn the sentence around.
    static Content message(
            Messages.Said said, Language page, Formats formats, Object... arguments) {
        return output -> {
            var foreign = !said.language().equals(page);
            if (foreign) {
                output.writeContent(open("span", said.language()));
            }
            var pattern = said.pattern();
            var holes = ARGUMENT.matcher(pattern);
            var end = 0;
            while (holes.find()) {
                output.writeUserContent(pattern.substring(end, holes.start()));
                argument(output, arguments[Integer.parseInt(holes.group(1))], formats);
                end = holes.end();
            }
            output.writeUserContent(pattern.substring(end));
            if (foreign) {
                output.writeContent("</span>");
            }
        };
    }

    /// The same as text, for attributes and titles, where there can be no tags.
    static String plain(Messages.Said said, Formats formats, Object... arguments) {
        return ARGUMENT.matcher(said.pattern())
                .replaceAll(
                        hole -> {
                            var argument = arguments[Integer.parseInt(hole.group(1))];
                            var text =
                                    argument instanceof Number number
                                            ? formats.number(number.longValue())
                                            : argument.toString();
                            return java.util.regex.Matcher.quoteReplacement(text);
                        });
    }

    /// Text that reads from left to right in every language: a phone number, a code, an address of
    /// the web.
    static Content leftToRight(String text) {
        return element("<bdi dir=\"ltr\">", text, "</bdi>");
    }

    /// What a phone dials when the number is touched: people write numbers with blanks and
    /// brackets.
    static String tel(String number) {
        return "tel:" + NOT_DIALLED.matcher(number).replaceAll("");
    }

    /// A link whose text reads from left to right. `address` must be safe in an attribute.
    static Content link(String address, String text) {
        return element("<a href=\"" + address + "\"><bdi dir=\"ltr\">", text, "</bdi></a>");
    }

    /// A link whose text has a direction of its own. `address` must be safe in an attribute.
    static Content anchor(String address, String text) {
        return element("<a href=\"" + address + "\"><bdi>", text, "</bdi></a>");
    }

    /// Text of unknown direction that must not disturb what stands around it.
    static Content isolated(String text) {
        return element("<bdi>", text, "</bdi>");
    }

    /// Text in a language of its own.
    static Content in(Language language, String text) {
        return element(open("span", language), text, "</span>");
    }

    private static String open(String element, Language language) {
        return "<%s lang=\"%s\" dir=\"%s\">"
                .formatted(element, language.tag(), language.direction().code());
    }

    private static Content element(String open, String text, String close) {
        return output -> {
            output.writeContent(open);
            output.writeUserContent(text);
            output.writeContent(close);
        };
    }

    private static void argument(TemplateOutput output, Object argument, Formats formats) {
        switch (argument) {
            case Content content -> content.writeTo(output);
            case Number number -> output.writeUserContent(formats.number(number.longValue()));
            default -> isolated(argument.toString()).writeTo(output);
        }
    }
}
