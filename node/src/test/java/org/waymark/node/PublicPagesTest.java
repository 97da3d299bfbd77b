// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.guide.Countries;
import org.waymark.node.guide.EmergencyPages;
import org.waymark.node.guide.EntryPages;
import org.waymark.node.guide.GuideSettings;
import org.waymark.node.guide.HomePages;
import org.waymark.node.guide.StatementPages;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.ErrorPageFilter;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.ScriptHeaders;
import org.waymark.node.http.SecurityHeaders;
import org.waymark.node.http.Site;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.AskWay;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingIndex;
import org.waymark.node.listing.ListingPages;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.SpokenLanguage;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.listing.map.MapPages;
import org.waymark.node.page.AssetResource;
import org.waymark.node.page.Contact;
import org.waymark.node.page.DesignPages;
import org.waymark.node.page.ErrorPage;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Languages;
import org.waymark.node.page.NotModifiedFilter;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Styles;
import org.waymark.node.privacy.RetentionSettings;

/// Every public page as a browser gets it: languages, safety, weight, privacy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicPagesTest {

    // 14 KB is what fits into the first ten segments of a connection; about 13 KB is left beside
    // the headers.
    private static final int FIRST_RESPONSE = 13 * 1024;
    private static final int WHOLE_PAGE = 30 * 1024;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final Desk desk = new Desk(Databases.inMemory());
    private final Styles styles = new Styles();
    private HttpServer server;
    private final UnmetNeeds unmet =
            new UnmetNeeds(desk.database, desk.staff.access, Clock.systemUTC());
    private ListingIndex index;
    private Listing advice;
    private Listing shelter;
    private Listing office;
    private Listing closed;

    @BeforeAll
    void serve(@TempDir Path folder) {
        advice = desk.listings.add(desk.amal, advice().build());
        desk.listings.confirm(desk.amal, advice.id(), Checked.How.PHONE);
        shelter =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "House for women"))
                                .topics(Set.of(Topic.HOUSING))
                                .spots(List.of(spot()))
                                .reach(Reach.SITE)
                                .place(Place.PHONE_ONLY)
                                .build());
        office =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Office for allowances"))
                                .topics(Set.of(Topic.MONEY))
                                .kind(Kind.PUBLIC_OFFICE)
                                .mayHaveToReport(Answer.UNKNOWN)
                                .build());
        closed = desk.listings.add(desk.amal, Draft.named(Text.of("en", "Old kitchen")).build());
        desk.listings.close(desk.amal, closed.id());
        index = ListingIndex.open(folder, "restore", desk.listings, Clock.systemUTC());
        index.catchUp();
        server = HttpServer.bind("127.0.0.1", 0);
        server.serve(site(folder));
    }

    @AfterAll
    void stop() {
        server.close();
        index.close();
        desk.close();
    }

    @Test
    void everyPageSaysItsLanguageAndDirection() {
        for (var path : paths()) {
            assertThat(get("/en" + path).statusCode())
                    .as(path)
                    .isEqualTo(
                            path.equals("/nowhere")
                                    ? 404
                                    : path.endsWith(closed.id().toString()) ? 410 : 200);
            assertThat(get("/en" + path).body())
                    .as(path)
                    .contains("<html lang=\"en\" dir=\"ltr\">");
            assertThat(get("/ar" + path).body())
                    .as(path)
                    .contains("<html lang=\"ar\" dir=\"rtl\">");
        }
        assertThat(get("/de/").statusCode()).as("not offered").isEqualTo(404);
    }

    @Test
    void everyPageLeadsToHelpAndToSomeoneOutside() {
        for (var path : paths()) {
            assertThat(get("/en" + path).body())
                    .as(path)
                    .contains("href=\"/en/now\"")
                    .contains("Nobody may ask you for money, sex or work in return.")
                    .contains("tel:01632960150")
                    .contains("Leave quickly.")
                    .contains("It does not clear your history.")
                    .contains("Training: nothing here is real")
                    .contains("href=\"#main\"");
        }
    }

    @Test
    void noPageRunsAScriptOrLoadsFromElsewhere() {
        var loads =
                Pattern.compile(
                        "<(?:link|img|source|iframe|object|embed)[^>]*(?:href|src)=\"([^\"]*)\"");
        for (var path : paths()) {
            var answer = get("/ar" + path);
            assertThat(answer.body())
                    .as(path)
                    // What search engines read runs nothing; and a page of results has one script
                    // of ours, without which it works, too.
                    .doesNotContainPattern(
                            "<script(?! type=\"application/ld\\+json\">| src=\"/assets/[0-9a-f]+/near.js\" defer></script>)")
                    .doesNotContain("javascript:");
            assertThat(answer.body()).as(path).doesNotContainPattern("\\son[a-z]+=\"|\\sstyle=\"");
            assertThat(loads.matcher(answer.body()).results().map(m -> m.group(1)))
                    .as(path)
                    .allMatch(address -> address.startsWith("/"));
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("'" + styles.inlineHash() + "'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        }
    }

    @Test
    void everyInputHasALabel() {
        var inputs = Pattern.compile("<(?:input|select|textarea)\\b[^>]*>");
        for (var path : paths()) {
            var page = get("/en" + path).body();
            for (var input : inputs.matcher(page).results().map(m -> m.group()).toList()) {
                if (input.contains("type=\"hidden\"") || input.contains("type=\"radio\"")) {
                    continue;
                }
                var id = input.replaceAll(".*\\bid=\"([^\"]+)\".*", "$1");
                assertThat(page).as(path + " " + input).contains("for=\"" + id + "\"");
            }
        }
    }

    @Test
    void aPageFitsIntoTheFirstResponse() {
        var more =
                Stream.of(styles.print(), styles.mark())
                        .mapToInt(asset -> zipped(get(asset).body()))
                        .sum();
        for (var language : List.of("en", "ar", "uk")) {
            for (var path : publicPaths()) {
                var bytes = zipped(get("/" + language + path).body());
                assertThat(bytes).as(language + path).isLessThan(FIRST_RESPONSE);
                assertThat(bytes + more).as(language + path).isLessThan(WHOLE_PAGE);
            }
        }
    }

    @Test
    void noPublicPageUsesAForbiddenWord() throws IOException {
        var forbidden = forbiddenWords();
        assertThat(forbidden.matcher("Your referral has a status.").results()).hasSize(2);
        for (var path : publicPaths()) {
            var words = get("/en" + path).body().replaceAll("(?s)<style>.*?</style>|<[^>]*>", " ");
            assertThat(forbidden.matcher(words).results().map(m -> m.group())).as(path).isEmpty();
        }
        for (var line : Files.readAllLines(Path.of("src/main/resources/messages/en.properties"))) {
            var words =
                    line.startsWith("design.") || line.startsWith("#")
                            ? ""
                            : line.replaceFirst("^[^=]*=", "");
            assertThat(forbidden.matcher(words).results().map(m -> m.group())).as(line).isEmpty();
        }
    }

    @Test
    void whatWasTypedIsKeptNowhere() {
        for (var answer : List.of(get("/en/search?q=asylum"), post("/en/search", "q=asylum"))) {
            assertThat(answer.body()).contains("Asylum advice").contains("1 place for");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("X-Robots-Tag")).contains("noindex");
            assertThat(answer.body()).contains("<title>Lindmar Welcome</title>");
        }
        assertThat(get("/en/").body()).contains("method=\"post\" action=\"/en/search\"");
    }

    @Test
    void whatNarrowsIsPostedAndCanBeTakenBack() {
        var all = post("/en/search", "q=").body();
        assertThat(all).contains("<select id=\"near\"").contains(">Lindmar</option>");
        assertThat(all).contains("Spoken there").contains("Arabic (1)");

        var narrowed = post("/en/search", "q=&topic=papers&access=walk-in&near=lindmar");
        assertThat(narrowed.body())
                .contains("Asylum advice")
                .contains("1 place that can help")
                .contains("name=\"drop\" value=\"access:walk-in\"")
                .contains("name=\"drop\" value=\"near\"");
        assertThat(narrowed.headers().firstValue("Cache-Control")).contains("no-store");

        var nothing = post("/en/search", "q=asylum&topic=money");
        assertThat(nothing.body())
                .contains("Without your choices there is 1 place.")
                .contains("value=\"all\"")
                .contains("/en/now");
        assertThat(post("/en/search", "q=asylum&topic=papers&drop=topic").body())
                .doesNotContain("value=\"topic\"");
        assertThat(post("/en/search", "q=asilum+xxxx&instead=asylum").body())
                .contains("value=\"asylum\"")
                .contains("Asylum advice");
    }

    @Test
    void aTownThatIsTypedStaysThereAndGivesWayToOneThatIsChosenLater() {
        var unknown = post("/en/search", "q=&postcode=Farawayville");
        assertThat(unknown.body())
                .contains("name=\"postcode\" value=\"Farawayville\"")
                .contains("name=\"postcode-before\" value=\"Farawayville\"");
        assertThat(unknown.headers().firstValue("Cache-Control")).contains("no-store");

        var chosen =
                post(
                        "/en/search",
                        "q=&near=lindmar&postcode=Farawayville&postcode-before=Farawayville");
        assertThat(chosen.body())
                .as("chosen after it was typed")
                .contains("<option value=\"lindmar\" selected>")
                .doesNotContain("Farawayville");

        var typed = post("/en/search", "q=&near=lindmar&postcode=Elsewhere&postcode-before=Old");
        assertThat(typed.body()).as("typed since").contains("value=\"Elsewhere\"");
    }

    @Test
    void whereNothingIsFoundSomethingElseIsOfferedAndOnlyTheTaxonomyIsCounted() {
        var page = post("/en/search", "q=toothache+Zamzam7391").body();
        assertThat(page)
                .contains("All under Health")
                .contains("/en/t/health")
                .contains("tel:01632960100");
        assertThat(post("/en/search", "q=asilum+qqqqqqq").body()).contains("Asylum advice");

        var needs = unmet.list(desk.amal);
        assertThat(needs).extracting(UnmetNeeds.Need::word).contains("dentist");
        assertThat(needs.toString()).doesNotContainIgnoringCase("zamzam");
    }

    @Test
    void aSensitiveTopicHasAQuietTitleAndIsKeptNowhere() {
        for (var path : List.of("/en/t/papers", "/en/t/health", "/ar/t/health")) {
            var answer = get(path);
            assertThat(answer.body()).contains("<title>Lindmar Welcome</title>");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
        assertThat(get("/en/t/money").body()).contains("<title>Money · Lindmar Welcome</title>");
        assertThat(get("/en/t/money").headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("max-age=60"));
    }

    @Test
    void theFirstLineOfAListingIsHowToGetIn() {
        var page = get("/en/s/" + advice.id()).body();

        assertThat(page).contains("Just go. You need no appointment.");
        assertThat(page)
                .contains("tel:+441632960101")
                .contains("<bdi dir=\"ltr\">+44 1632 960 101</bdi>");
        assertThat(page).contains("Details checked by phone");
        assertThat(page.indexOf("Just go.")).isLessThan(page.indexOf("What they do"));
        assertThat(get("/ar/s/" + advice.id()).body())
                .contains("استشارة اللجوء")
                .contains("<span lang=\"en\" dir=\"ltr\">We help with papers.</span>");
    }

    @Test
    void whatIsNotForEverybodyIsNotIndexedAndHasAQuietTitle() {
        var answer = get("/en/s/" + shelter.id());

        assertThat(answer.body())
                .contains("House for women")
                .contains("<title>Lindmar Welcome</title>");
        assertThat(answer.body()).contains("By phone only.").doesNotContain("Harbour Street");
        assertThat(answer.headers().firstValue("X-Robots-Tag")).contains("noindex");
        assertThat(get("/en/s/" + advice.id()).headers().firstValue("X-Robots-Tag")).isEmpty();
    }

    @Test
    void anOfficeThatMayHaveToReportSaysSo() {
        assertThat(get("/en/s/" + office.id()).body())
                .contains(
                        "This office may have to tell the immigration authority. You can ask us first, without your"
                                + " name.");
        assertThat(get("/en/s/" + advice.id()).body()).doesNotContain("immigration authority");
    }

    @Test
    void aClosedServiceSaysSoAndShowsAWayOn() {
        var answer = get("/en/s/" + closed.id());

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("This service has closed").contains("tel:01632960100");
    }

    @Test
    void aPageThatIsNotThereIsAPageInTheReadersLanguage() {
        var answer = get("/ar/s/" + UUID.randomUUID());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<html lang=\"ar\"").contains("هذه الصفحة غير موجودة");
    }

    @Test
    void theRootGoesToTheReadersLanguageAndAChosenLanguageStays() {
        assertThat(get("/", "Accept-Language", "ar-SY, en;q=0.5").headers().firstValue("Location"))
                .hasValueSatisfying(address -> assertThat(address).endsWith("/ar/"));
        assertThat(get("/en/", "Accept-Language", "ar").body()).contains("<html lang=\"en\"");
    }

    @Test
    void anUnchangedPageIsNotSentAgain() {
        var tag = get("/en/privacy").headers().firstValue("ETag").orElseThrow();

        var again = get("/en/privacy", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/ar/privacy", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void leavingForgetsWhatTheBrowserHoldsAndShowsNothingOfUs() {
        var answer = get("/leave");

        assertThat(answer.headers().firstValue("Clear-Site-Data"))
                .hasValueSatisfying(data -> assertThat(data).contains("cookies"));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .contains("<title>Calendar</title>")
                .doesNotContain("Lindmar")
                .doesNotContain("/en/");
    }

    @Test
    void aMissingTranslationIsShownInEnglishAndMarkedAsEnglish() {
        assertThat(get("/ar/design").body())
                .contains("<span lang=\"en\" dir=\"ltr\">Topic tiles</span>");
    }

    private List<String> publicPaths() {
        return List.of(
                "/",
                "/now",
                "/complaint",
                "/privacy",
                "/accessibility",
                "/search?q=asylum",
                "/search?q=nothing-like-it",
                "/map",
                "/t/papers",
                "/t/health",
                "/s/" + advice.id(),
                "/s/" + shelter.id(),
                "/s/" + office.id(),
                "/s/" + closed.id(),
                "/o/" + advice.provider().id(),
                "/nowhere");
    }

    private List<String> paths() {
        var all = new ArrayList<>(publicPaths());
        all.add("/design");
        return all;
    }

    /// The left column of the table in the reference page of words.
    private static Pattern forbiddenWords() throws IOException {
        var words = new ArrayList<String>();
        for (var line : Files.readAllLines(Path.of("../docs/reference/words.md"))) {
            if (line.startsWith("| ") && !line.startsWith("| not ")) {
                words.addAll(List.of(line.split("\\|")[1].strip().split(", ")));
            }
        }
        assertThat(words).contains("referral", "case number", "illegal");
        return Pattern.compile(
                "(?i)\\b("
                        + String.join("|", words.stream().map(Pattern::quote).toList())
                        + ")\\b");
    }

    private Site site(Path folder) {
        var base = BaseUrl.parse("http://127.0.0.1:" + server.port());
        var clock = Clock.systemUTC();
        var contact =
                new Contact(
                        Optional.of("01632 960 100"),
                        Optional.of("Mon-Fri"),
                        Optional.of("hello@lindmar.example"),
                        Optional.empty());
        var imprint =
                new Imprint(
                        "Lindmar Welcome",
                        "XL",
                        contact,
                        Optional.of("01632 960 150"),
                        Optional.empty(),
                        Optional.of("01632 960 112"),
                        true,
                        Optional.empty());
        var pages = new Pages(() -> imprint, Languages.shipped(), styles);
        var guide =
                new GuideSettings(
                        Optional.of("the letterbox at the entrance"),
                        Optional.of("Lindmar Ombudsperson"),
                        Optional.of("01632 960 150"),
                        Optional.of("privacy@lindmar.example"));
        return new Site(base, 1 << 20)
                .add(new SecurityHeaders(base, List.of(styles.inlineHash())))
                .add(new NotModifiedFilter())
                .add(new ErrorPageFilter(new ErrorPage(pages)))
                .add(new AssetResource(styles))
                .add(new DesignPages(pages))
                .add(new EntryPages(pages, clock))
                .add(new HomePages(pages))
                .add(new EmergencyPages(pages, new Countries(folder).find("XL"), _ -> true, clock))
                .add(new StatementPages(pages, guide, RetentionSettings.longest(), () -> true))
                .add(new ScriptHeaders())
                .add(new ListingPages(pages, desk.listings, index, unmet, _ -> AskWay.FORM, clock))
                .add(new MapPages(pages, index, clock));
    }

    private static Draft.Builder advice() {
        return Draft.named(new Text("en", Map.of("en", "Asylum advice", "ar", "استشارة اللجوء")))
                .description(Text.of("en", "We help with papers."))
                .topics(Set.of(Topic.PAPERS))
                .access(Access.WALK_IN)
                .phones(List.of(Phone.of("+44 1632 960 101")))
                .languages(List.of(new SpokenLanguage(Optional.of("ar"), "Arabic")))
                .spots(List.of(spot()))
                .schedules(
                        List.of(
                                Schedule.weekly(
                                        Set.of(DayOfWeek.MONDAY),
                                        LocalTime.of(9, 0),
                                        LocalTime.of(12, 0))));
    }

    private static Spot spot() {
        return new Spot(
                UUID.randomUUID(),
                "",
                List.of("Harbour Street 4"),
                "Lindmar",
                "",
                "",
                "XL",
                Optional.empty(),
                "",
                List.of());
    }

    private HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(address(path)).header("Accept", "text/html");
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    private HttpResponse<String> post(String path, String form) {
        return send(
                HttpRequest.newBuilder(address(path))
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return browser.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static int zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.size();
    }
}
