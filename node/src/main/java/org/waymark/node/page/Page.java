// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.Content;
import java.net.URLEncoder;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a template knows about the page it writes: its language, its words, its address, the site
/// around it. Immutable; one per request.
///
/// @param path where the page is, without the language and the slashes around it: empty for home,
///   `now`, `t/health`
/// @param indexed whether search engines may list it
/// @param discreet whether its title is the site's name only, because the phone may be shared
///   (safety.md 11)
/// @param staffPieces whether it needs the styles of the pieces that only staff see
/// @param dense whether it is a page of the staff, without what only visitors need
public record Page(
        Imprint imprint,
        Language language,
        Messages messages,
        Formats formats,
        List<Language> languages,
        Styles styles,
        String path,
        boolean indexed,
        boolean discreet,
        boolean staffPieces,
        boolean dense) {

    /// The language in an address: `@Path(Page.LANGUAGE)` on every class of public pages.
    public static final String LANGUAGE = "/{lang:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*}";

    public Page notIndexed() {
        return with(false, discreet, staffPieces, dense);
    }

    /// Not indexed either.
    public Page inPrivate() {
        return with(false, true, staffPieces, dense);
    }

    /// With the site's name as its title, and still for search engines.
    public Page discreetly() {
        return with(indexed, true, staffPieces, dense);
    }

    /// Not indexed, and with the styles of the pieces only staff see.
    public Page withStaffPieces() {
        return with(false, discreet, true, dense);
    }

    /// A page of the staff: denser, with all pieces, and without what only visitors need.
    public Page forStaff() {
        return with(false, discreet, true, true);
    }

    private Page with(boolean indexed, boolean discreet, boolean staffPieces, boolean dense) {
        return new Page(
                imprint,
                language,
                messages,
                formats,
                languages,
                styles,
                path,
                indexed,
                discreet,
                staffPieces,
                dense);
    }

    /// A message, for the body of a page. Arguments: numbers are written as the reader writes them,
    /// `Content` as it is, everything else is escaped and isolated. A missing translation is shown
    /// in English and marked as English.
    public Content say(String key, Object... arguments) {
        return Say.message(messages.find(key), language, formats, arguments);
    }

    /// A message that depends on a number, which is argument `{0}`; `more` are `{1}` and so on.
    public Content count(String key, long number, Object... more) {
        return Say.message(
                messages.count(key, number), language, formats, withNumber(number, more));
    }

    /// A message for an attribute or a title, where no tags can be.
    public String plain(String key, Object... arguments) {
        return Say.plain(messages.find(key), formats, arguments);
    }

    public String plainCount(String key, long number, Object... more) {
        return Say.plain(messages.count(key, number), formats, withNumber(number, more));
    }

    /// A phone number, a code, an address of the web: left to right in every language.
    public Content ltr(String text) {
        return Say.leftToRight(text);
    }

    /// The address that calls a number.
    public String tel(String number) {
        return Say.tel(number);
    }

    /// A phone number that can be touched to call.
    public Content phone(String number) {
        return Say.link(Say.tel(number), number);
    }

    /// A link with a text from data. `address` is one of ours, or safe in an attribute.
    public Content anchor(String address, String text) {
        return Say.anchor(address, text);
    }

    /// The address that opens a mail.
    public String mailTo(String address) {
        return "mailto:" + URLEncoder.encode(address, UTF_8).replace("%40", "@");
    }

    /// A mail address that can be touched to write.
    public Content mail(String address) {
        return Say.link(mailTo(address), address);
    }

    /// Text from data whose language is not known.
    public Content isolated(String text) {
        return Say.isolated(text);
    }

    /// Text from data in a known language, marked with it unless it is the page's own.
    public Content in(String tag, String text) {
        return tag.equals(language.tag())
                ? Say.isolated(text)
                : Say.in(new Language(tag, tag), text);
    }

    /// Text from data that exists in several languages: the reader's, else English, else any,
    /// marked with its own.
    public Content anyOf(Map<String, String> byTag) {
        var tag =
                Stream.of(language.tag(), language.locale().getLanguage(), Messages.FALLBACK.tag())
                        .filter(byTag::containsKey)
                        .findFirst()
                        .or(() -> byTag.keySet().stream().sorted().findFirst())
                        .orElseThrow();
        return in(tag, byTag.getOrDefault(tag, ""));
    }

    /// Languages by the names this page's readers use, with commas of their script.
    public String languageNames(List<String> tags) {
        return tags.stream()
                .map(formats::languageName)
                .collect(Collectors.joining(plain("page.comma")));
    }

    /// A distance on foot or by bus: exact to 100 m below 10 km, to a kilometre above.
    public Content kilometres(double kilometres) {
        return Say.isolated(formats.kilometres(kilometres));
    }

    public Content date(LocalDate day) {
        return Say.isolated(formats.date(day));
    }

    public String weekday(DayOfWeek day) {
        return formats.weekday(day);
    }

    public Content time(LocalTime time) {
        return times(formats.time(time));
    }

    public Content times(LocalTime from, LocalTime to) {
        return times(formats.time(from) + "–" + formats.time(to));
    }

    /// The address of another page in this language: `href("now")`.
    public String href(String other) {
        return "/" + language.tag() + "/" + other;
    }

    /// The address of this page in another language.
    public String hrefIn(Language other) {
        return "/" + other.tag() + "/" + path;
    }

    private Content times(String text) {
        return formats.twentyFourHours() ? Say.leftToRight(text) : Say.isolated(text);
    }

    private static Object[] withNumber(long number, Object... more) {
        var all = new Object[more.length + 1];
        all[0] = number;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }
}
