// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Fit;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Picks;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Situation;
import org.waymark.node.listing.SpokenLanguage;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.page.Page;

/// What every public screen must be, whoever adds it: usable by keyboard and by ear, without
/// scripts, in Arabic, and light. The screens come from the node's own classes.
class PublicScreensTest {

    // As in PublicPagesTest.
    private static final int FIRST_RESPONSE = 13 * 1024;
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-z][a-z0-9-]*)((?:[^<>\"]|\"[^\"]*\")*)>|([^<]+)");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z:-]+)(?:=\"([^\"]*)\")?");
    private static final Set<String> VOID =
            Set.of("meta", "link", "input", "br", "hr", "img", "!doctype");
    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)(?::[^/]*)?}");

    // Three words of Latin letters in a row are English, not a name.
    private static final Pattern ENGLISH = Pattern.compile("[a-z]{2,} +[a-z]{2,} +[a-z]{2,}");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpClient BROWSER =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();
    private static final Set<String> ROUTES = findRoutes();
    private static TestNode node;
    private static Listing match;
    private static String link;

    /// One element or text of a page.
    private record Piece(
            String name, Map<String, String> attributes, String text, String language) {
        private String get(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }

        private boolean has(String attribute) {
            return attributes.containsKey(attribute);
        }
    }

    @BeforeAll
    static void plant() {
        node = TestNode.still(new TestClock(), "shelter", "The Shelter", "country=XL");
        var listings = node.domains().listings();
        match =
                listings.add(
                        node.acting(),
                        draft("Match", "Lindmar", "12345", 50)
                                .topics(Set.of(Topic.HEALTH))
                                .access(Access.WALK_IN)
                                .languages(List.of(spoken("ar", "Arabic")))
                                .referralPolicy(ReferralPolicy.TAKEN)
                                .nameNeeded(Answer.NO)
                                .papersNeeded(Answer.NO)
                                .schedules(
                                        List.of(
                                                Schedule.weekly(
                                                        Set.of(DayOfWeek.values()),
                                                        LocalTime.MIDNIGHT,
                                                        LocalTime.of(23, 59))))
                                .fit(
                                        new Fit(
                                                true,
                                                OptionalInt.of(5),
                                                OptionalInt.of(10),
                                                Set.of(Situation.values()),
                                                List.of()))
                                .build());
        listings.add(
                node.acting(),
                draft("Differs", "Ulmby", "98765", 52)
                        .topics(Set.of(Topic.MONEY))
                        .access(Access.ONLINE)
                        .languages(List.of(spoken("fr", "French")))
                        .fit(
                                new Fit(
                                        false,
                                        OptionalInt.of(18),
                                        OptionalInt.empty(),
                                        Set.of(),
                                        List.of()))
                        .build());
        node.domains().listingIndex().catchUp();
        link =
                node.domains()
                        .checkLinks()
                        .make(node.acting(), match.id(), "en")
                        .orElseThrow()
                        .getPath()
                        .replaceFirst(".*/", "");
    }

    private static SpokenLanguage spoken(String tag, String name) {
        return new SpokenLanguage(Optional.of(tag), name);
    }

    private static Draft.Builder draft(String name, String town, String postcode, double latitude) {
        return Draft.named(Text.of("en", name))
                .description(Text.of("en", "They help with many things"))
                .phones(List.of(Phone.of("+1 305 555 0100")))
                .spots(
                        List.of(
                                new Spot(
                                        Spot.NEW,
                                        "",
                                        List.of("1 Quay Street"),
                                        town,
                                        "",
                                        postcode,
                                        "XX",
                                        Optional.of(new Spot.Point(latitude, 10)),
                                        "",
                                        name.equals("Match")
                                                ? List.of("Step-free entrance")
                                                : List.of())));
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @Test
    void everyScreenCanBeUsedByKeyboardAndByEarWithoutScriptsInEveryLanguage() {
        var faults = new TreeSet<String>();
        assertThat(ROUTES).hasSizeGreaterThan(12).contains("/map", "/search", "/now");
        int pages = 0;
        for (var route : ROUTES) {
            for (var path : filled(route)) {
                for (var language : List.of("en", "ar")) {
                    var address = "/" + language + path;
                    var answer = get(address);
                    require(faults, address, "an answer", answer.statusCode() < 500);
                    if (isPage(answer)) {
                        pages++;
                        faults(address, language, answer.body(), faults);
                    }
                }
            }
        }
        for (var body : List.of("", "q=match", "q=nothing-like-it", "near=lindmar&within=5")) {
            for (var address : List.of("/ar/search", "/ar/map")) {
                faults(address + " " + body, "ar", post(address, body).body(), faults);
            }
        }
        assertThat(pages).isGreaterThan(30);
        assertThat(faults).isEmpty();
    }

    @Test
    void aFormThatComesBackSaysWhatIsMissingAndWhere() {
        var answer = post("/ar/s/" + match.id() + "/wrong", "words=");

        assertThat(answer.statusCode()).isEqualTo(422);
        var faults = new TreeSet<String>();
        faults("wrong", "ar", answer.body(), faults);
        assertThat(faults).isEmpty();
        assertThat(answer.body())
                .contains("role=\"alert\"")
                .contains("href=\"#words\"")
                .contains("aria-invalid=\"true\"");
    }

    @Test
    void onlyAPageOfResultsMayRunAScriptAndItAsksNobodyElse() {
        for (var path : List.of("/en/", "/en/now", "/en/map", "/en/s/" + match.id())) {
            assertThat(policy(get(path))).doesNotContain("script-src");
            assertThat(get(path).headers().firstValue("Permissions-Policy").orElseThrow())
                    .contains("geolocation=()");
        }
        var results = post("/en/search", "q=");
        assertThat(policy(results))
                .contains("default-src 'none'")
                .endsWith("script-src 'self'; connect-src 'self'");
        assertThat(results.headers().firstValue("Permissions-Policy").orElseThrow())
                .contains("geolocation=(self)");
        // What needs the script is not there without it.
        assertThat(results.body()).contains("<div hidden><button class=\"button quiet\"");
        var script = Pattern.compile("src=\"(/assets/[^\"]+near.js)\"").matcher(results.body());
        assertThat(script.find()).isTrue();
        assertThat(get(script.group(1)).body())
                .doesNotContain("XMLHttpRequest", "sendBeacon", "localStorage", "POST")
                .containsOnlyOnce("fetch(");
        assertThat(get("/places.json").body())
                .isEqualTo("{\"lindmar\":[50.0,10.0],\"ulmby\":[52.0,10.0]}");
    }

    private static String policy(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    /// Each filter alone leaves what has it, takes away what has not, is offered on the page, and
    /// can be taken back.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic=health",
                "open=yes",
                "language=ar",
                "free=yes",
                "step-free=yes",
                "referrals=yes",
                "age=child",
                "access=walk-in",
                "situation=women-only",
                "situation=families",
                "situation=no-papers",
                "situation=no-name",
                "situation=evening",
                "situation=interpreter",
                "situation=sign-language",
                "near=lindmar&within=5",
                "postcode=12345&within=10",
                "postcode=Lindmar&within=10"
            })
    void everyFilterDoesWhatItSays(String filter) {
        var all = post("/en/search", "q=").body();
        assertThat(all).contains("Match", "Differs");
        assertThat(all).contains("name=\"" + filter.substring(0, filter.indexOf('=')) + "\"");

        var narrowed = post("/en/search", "q=&" + filter);
        assertThat(narrowed.body())
                .contains("1 place that can help")
                .contains("/s/" + match.id())
                .doesNotContain(">Differs<");
        assertThat(narrowed.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(narrowed.body()).contains("<title>The Shelter</title>");

        var drop =
                Pattern.compile("name=\"drop\" value=\"([^\"]+)\"")
                        .matcher(narrowed.body())
                        .results()
                        .map(it -> "&drop=" + it.group(1))
                        .collect(Collectors.joining());
        assertThat(drop).isNotEmpty();
        assertThat(post("/en/search", "q=&" + filter + drop).body())
                .contains("2 places that can help");
    }

    @Test
    void whatIsOnlineIsFoundByThat() {
        assertThat(post("/en/search", "q=&situation=online").body())
                .contains("1 place that can help")
                .contains("Differs")
                .doesNotContain(">Match<");
    }

    @Test
    void aPlaceThatNobodyKnowsNarrowsNothingAndSaysSo() {
        assertThat(post("/en/search", "q=&postcode=44444&within=1").body())
                .contains("2 places that can help")
                .contains("We know no place in that town or with that postcode.");
    }

    @Test
    void everyFormThatIsSentToUsSaysWhomToCallInDanger() {
        var silent = new TreeSet<String>();
        var forms = new TreeSet<String>();
        for (var route : ROUTES) {
            for (var path : filled(route)) {
                var body = get("/en" + path).body();
                boolean asks =
                        Pattern.compile("<form[^>]*method=\"post\" action=\"([^\"]*)\"")
                                .matcher(body)
                                .results()
                                .map(it -> it.group(1))
                                // A button on a listing opens the first question at `ask`.
                                .anyMatch(it -> !it.matches("/en/(search|map|hand-out|ask)"));
                if (asks) {
                    forms.add(path);
                }
                if (asks && !body.contains("Nobody reads this at night.")) {
                    silent.add(path);
                }
            }
        }
        // The guard looks where it should.
        assertThat(forms).isNotEmpty();
        assertThat(silent).isEmpty();
    }

    private static void faults(String address, String language, String html, Set<String> faults) {
        var pieces = pieces(html, language);
        var ids = new LinkedHashSet<String>();
        for (var piece : pieces) {
            if (piece.has("id") && !ids.add(piece.get("id"))) {
                faults.add(address + ": twice id " + piece.get("id"));
            }
        }
        // The page of all pieces shows headings, too.
        require(faults, address, "one h1", count(pieces, "h1") == 1 || address.endsWith("/design"));
        require(faults, address, "one main", count(pieces, "main") == 1 && ids.contains("main"));
        var whole =
                pieces.stream().filter(it -> it.name().equals("html")).findFirst().orElseThrow();
        require(
                faults,
                address,
                "language and direction",
                whole.get("lang").equals(language)
                        && whole.get("dir").equals(language.equals("ar") ? "rtl" : "ltr"));
        var first = pieces.stream().filter(it -> it.has("href") && it.name().equals("a"));
        require(
                faults,
                address,
                "the skip link is first",
                first.findFirst().filter(it -> it.get("href").equals("#main")).isPresent());
        var labelled =
                pieces.stream()
                        .filter(it -> it.name().equals("label"))
                        .map(it -> it.get("for"))
                        .collect(Collectors.toSet());
        for (var piece : pieces) {
            faults(address, piece, ids, labelled, faults);
        }
        if (language.equals("ar")) {
            pieces.stream()
                    .filter(it -> it.name().isEmpty() && it.language().equals("ar"))
                    .filter(it -> ENGLISH.matcher(it.text()).find())
                    .forEach(it -> faults.add(address + ": unmarked English: " + it.text()));
        }
        require(faults, address, "too heavy", zipped(html) < FIRST_RESPONSE);
    }

    private static void faults(
            String address,
            Piece piece,
            Set<String> ids,
            Set<String> labelled,
            Set<String> faults) {
        var where = address + ": " + piece.name() + " " + piece.attributes();
        boolean isField =
                Set.of("input", "select", "textarea").contains(piece.name())
                        && !piece.get("type").equals("hidden");
        if (isField && !labelled.contains(piece.get("id")) && !piece.has("aria-label")) {
            faults.add(where + ": no label");
        }
        if (piece.has("tabindex") && !Set.of("0", "-1").contains(piece.get("tabindex"))) {
            faults.add(where + ": an order of its own");
        }
        if (piece.attributes().keySet().stream().anyMatch(it -> it.matches("on[a-z]+|style"))) {
            faults.add(where + ": runs or paints by itself");
        }
        for (var name : List.of("src", "data", "poster", "srcset")) {
            if (piece.has(name) && !piece.get(name).startsWith("/assets/")) {
                faults.add(where + ": loads " + name);
            }
        }
        if (piece.name().equals("link") && !piece.get("href").startsWith("/")) {
            faults.add(where + ": loads from elsewhere");
        }
        for (var name : List.of("aria-describedby", "aria-labelledby", "for")) {
            for (var id : piece.get(name).split(" ")) {
                if (!id.isEmpty() && !ids.contains(id)) {
                    faults.add(where + ": names what is not there: " + id);
                }
            }
        }
        var href = piece.get("href");
        if (href.startsWith("#") && !ids.contains(href.substring(1))) {
            faults.add(where + ": leads nowhere");
        }
        if (piece.name().equals("a") && !piece.has("href")) {
            faults.add(where + ": cannot be reached by keyboard");
        }
        if (piece.name().equals("img") && !piece.has("alt")) {
            faults.add(where + ": says nothing");
        }
        if (piece.name().equals("button")
                && piece.get("type").equals("button")
                && !piece.get("id").equals("here")) {
            faults.add(where + ": does nothing without a script");
        }
    }

    private static void require(Set<String> faults, String address, String what, boolean holds) {
        if (!holds) {
            faults.add(address + ": " + what);
        }
    }

    private static long count(List<Piece> pieces, String name) {
        return pieces.stream().filter(it -> it.name().equals(name)).count();
    }

    /// The elements and texts of a page in their order, each with the language it stands in; `bdi`
    /// is a name, in whichever.
    private static List<Piece> pieces(String html, String language) {
        var body =
                html.replaceAll("(?s)<style>.*?</style>|<script[^>]*>.*?</script>|<!--.*?-->", "");
        var pieces = new ArrayList<Piece>();
        var languages = new ArrayDeque<String>();
        languages.push(language);
        var found = TAG.matcher(body);
        while (found.find()) {
            if (found.group(4) != null) {
                pieces.add(new Piece("", Map.of(), found.group(4).strip(), languages.element()));
            } else if (found.group(1).isEmpty()) {
                var attributes = attributes(found.group(3));
                var name = found.group(2);
                var its =
                        name.equals("bdi") || name.equals("title")
                                ? "any"
                                : attributes.getOrDefault("lang", languages.element());
                pieces.add(new Piece(name, attributes, "", its));
                if (!VOID.contains(name) && !found.group(3).endsWith("/")) {
                    languages.push(its);
                }
            } else if (languages.size() > 1) {
                languages.pop();
            }
        }
        return pieces;
    }

    private static Map<String, String> attributes(String text) {
        var attributes = new LinkedHashMap<String, String>();
        var found = ATTRIBUTE.matcher(text);
        while (found.find()) {
            attributes.put(found.group(1), found.group(2) == null ? "" : found.group(2));
        }
        return attributes;
    }

    /// Every address below a language that is answered by GET.
    private static Set<String> findRoutes() {
        var routes = new TreeSet<String>();
        for (var type :
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.waymark.node")) {
            if (!type.isAnnotatedWith(Path.class)) {
                continue;
            }
            var resource = type.reflect();
            var root = resource.getAnnotation(Path.class).value();
            if (!root.startsWith(Page.LANGUAGE)) {
                continue;
            }
            Arrays.stream(resource.getMethods())
                    .filter(it -> it.isAnnotationPresent(GET.class))
                    .map(it -> Optional.ofNullable(it.getAnnotation(Path.class)))
                    .map(it -> it.map(Path::value).orElse(""))
                    .map(it -> (root.substring(Page.LANGUAGE.length()) + "/" + it))
                    .map(it -> it.replaceAll("/+", "/"))
                    .map(it -> it.length() > 1 ? it.replaceFirst("/$", "") : it)
                    .forEach(routes::add);
        }
        return routes;
    }

    private static List<String> filled(String route) {
        var hole = HOLE.matcher(route);
        if (!hole.find()) {
            return List.of(route);
        }
        return values(hole.group(1))
                .flatMap(
                        value ->
                                filled(
                                        route.substring(0, hole.start())
                                                + value
                                                + route.substring(hole.end()))
                                        .stream())
                .toList();
    }

    private static Stream<String> values(String hole) {
        return switch (hole) {
            case "topic" -> Stream.of("health", "money");
            case "places" -> Stream.of(new Picks(List.of(match.id())).path());
            case "secret" -> Stream.of(link, "unknown");
            default -> Stream.of(match.id().toString(), match.provider().id().toString());
        };
    }

    private static boolean isPage(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
    }

    private static HttpResponse<String> get(String path) {
        return send(CLIENT, HttpRequest.newBuilder(URI.create(node.url() + path)));
    }

    private static HttpResponse<String> post(String path, String form) {
        return send(
                BROWSER,
                HttpRequest.newBuilder(URI.create(node.url() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(
                    request.header("Accept", "text/html, */*").build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.size();
    }
}
