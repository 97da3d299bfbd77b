// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.listing.HsdsExport.Format;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Review;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.SpotMaker;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// Safety rule 2 for every way out at once: a street that must not be known, and a name that is for
/// this site only, are planted in a listing of each protected class, and everything that the node
/// gives to anyone is read: pages and files, answers to forms, paper, and what goes to a partner. A
/// new address or form of the node is read by itself: the list of them comes from its classes.
class WaysOutTest {

    private static final String STREET = "Zyxquill";
    private static final String NAME = "Vorplund";

    // Theirs, as somebody would type it: forms say again what one typed.
    private static final String POSTCODE = "ZYXQUILL1";
    private static final String INSIDE = "Quibblorn";
    private static final String PARTNERS_ONLY = "Grelmish";

    // Of a house that is hidden here and that a partner tells of a listing of its own.
    private static final String TOLD_BY_A_PARTNER = "Wexmarl";

    // Where something is that stands, with its address, on the pages of this site.
    private static final String SITE_STREET = "Plimbrook";
    private static final Map<Review.Reason, String> PROTECTED =
            Map.of(
                    Review.Reason.VIOLENCE, "Shelter for battered wives",
                    Review.Reason.TRAFFICKING, "Help after human trafficking",
                    Review.Reason.CHILD_PROTECTION, "Child abuse team",
                    Review.Reason.LGBTIQ, "LGBTQ meeting",
                    Review.Reason.ASYLUM_HOUSING, "Housing for asylum seekers",
                    Review.Reason.WOMEN_ONLY, "Women only house",
                    Review.Reason.ENFORCEMENT, "Police station");
    private static final Map<Reach, String> NAMES =
            Map.of(Reach.SITE, NAME, Reach.PARTNERS, PARTNERS_ONLY, Reach.STAFF, INSIDE);
    private static final List<String> TOLD = List.of("words=x&code=2222-2222-2222&what=right");
    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)(?::[^/]*)?}");
    private static final Pattern LINK =
            Pattern.compile("(?:href=\"|<loc>|\"(?:url|id|first|next)\":\")([^\"<#]+)");
    private static final int MOST_ADDRESSES = 4_000;

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode NODE = NODES.shelter;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpClient POSTER =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();
    private static Listing open;
    private static final List<Listing> HIDDEN = new ArrayList<>();

    @TempDir private static java.nio.file.Path folder;

    @BeforeAll
    static void plant() {
        var listings = NODE.domains().listings();
        open =
                listings.add(
                        NODE.acting(),
                        draft("Language course")
                                .spots(List.of(spot("1 Quay Street", "Lindmar", 50, 10)))
                                .build());
        assertThat(open.reach()).isEqualTo(Reach.PUBLIC);
        PROTECTED.forEach(
                (reason, words) -> {
                    var kept = listings.add(NODE.acting(), draft(words + " " + NAME).build());
                    assertThat(kept.review().reasons()).as(words).contains(reason);
                    HIDDEN.add(kept);
                });
        for (var reach : List.of(Reach.SITE, Reach.PARTNERS, Reach.STAFF)) {
            HIDDEN.add(
                    listings.add(
                            NODE.acting(),
                            draft("Meeting " + NAMES.get(reach))
                                    .reach(reach)
                                    .place(Place.PHONE_ONLY)
                                    .build()));
        }
        var held = listings.add(NODE.acting(), draft("Men's meeting " + INSIDE).build());
        listings.hold(NODE.acting(), held.id());
        HIDDEN.add(held);
        var theirs = spot("8 " + TOLD_BY_A_PARTNER + " Lane", "Lindmar", 51, 11);
        HIDDEN.add(
                listings.add(
                        NODE.acting(),
                        draft("Room to talk")
                                .place(Place.PHONE_ONLY)
                                .spots(List.of(theirs))
                                .build()));
        NODES.clinic
                .domains()
                .listings()
                .add(
                        NODES.clinic.acting(),
                        Draft.named(Text.of("en", "Clinic garden"))
                                .topics(Set.of(Topic.HOUSING))
                                .phones(List.of(Phone.of("+1 305 555 0107")))
                                .description(
                                        Text.of("en", "Ring at 8 " + TOLD_BY_A_PARTNER + " Lane."))
                                .spots(List.of(theirs))
                                .build());
        // Its town may be known, and its name.
        HIDDEN.add(listings.add(NODE.acting(), draft("Legal advice").place(Place.AREA).build()));
        listings.add(
                NODE.acting(),
                draft("Choir")
                        .reach(Reach.SITE)
                        .spots(List.of(spot("3 " + SITE_STREET + " Road", "Ulmby", 50.3, 10.3)))
                        .build());
        NODES.settle();
        NODE.domains().listingIndex().catchUp();
    }

    private static Draft.Builder draft(String name) {
        return Draft.named(Text.of("en", name))
                .topics(Set.of(Topic.HOUSING))
                .phones(List.of(Phone.of("+1 305 555 0100")))
                .schedules(
                        List.of(
                                Schedule.weekly(
                                        Set.of(DayOfWeek.MONDAY),
                                        LocalTime.of(9, 0),
                                        LocalTime.of(12, 0))))
                .spots(
                        List.of(
                                SpotMaker.in("Lindmar", "7 " + STREET + " Lane")
                                        .named(STREET + " house")
                                        .postalCode(STREET + "1")
                                        .point(12.345671, 65.432179)
                                        .howToGetThere("Behind the " + STREET)
                                        .accessibility(STREET + " stairs")
                                        .make()));
    }

    private static Spot spot(String street, String town, double latitude, double longitude) {
        return SpotMaker.in(town, street).postalCode("1").point(latitude, longitude).make();
    }

    @AfterAll
    static void close() {
        NODES.close();
    }

    @Test
    void whatIsProtectedLeavesByNoAddress() throws InterruptedException {
        var routes = routes(GET.class);
        assertThat(routes).hasSizeGreaterThan(40);
        var answers = crawl(routes);
        assertNothingProtected(answers);
        // Place codes are small there, and postcodes large; nobody typed anything here.
        for (var never : List.of(STREET, POSTCODE, INSIDE, PARTNERS_ONLY)) {
            assertThat(answers.entrySet())
                    .as(never)
                    .noneMatch(it -> containsIgnoreCase(it.getValue(), never));
        }

        assertThat(answers.values().stream().filter(it -> it.startsWith("200")).count())
                .isGreaterThan(100);
        // The guard looks where it should: what is public is on all of these ways.
        for (var way :
                List.of(
                        "/hsds/services",
                        "/sitemap/1.xml",
                        "/en/t/housing/feed.atom",
                        "/en/t/housing")) {
            assertThat(answers).containsKey(way);
        }
        assertThat(answers.get("/hsds/services")).contains("Language course");
        assertThat(answers.get("/en/t/housing/feed.rss")).contains("Language course");
        assertThat(with(answers, NAME)).isNotEmpty();
        assertThat(with(answers, "Clinic garden")).isNotEmpty();
        assertThat(with(answers, SITE_STREET)).isNotEmpty();
        assertThat(answers.get("/places.json")).contains("lindmar");
        for (var listing : HIDDEN) {
            var isPublic =
                    listing.reach() == Reach.PUBLIC
                            && listing.kind() == Kind.HELP
                            && !listing.name().base().contains(INSIDE);
            if (!isPublic) {
                assertThat(with(answers, listing.id().toString()))
                        .as(listing.name().base())
                        .allMatch(
                                it -> isPageOfThisSite(it) || it.contains(listing.id().toString()));
            }
        }
    }

    private static boolean containsIgnoreCase(String text, String words) {
        return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    private static void assertNothingProtected(Map<String, String> answers) {
        for (var never : List.of(STREET, "12.34567", INSIDE, PARTNERS_ONLY, TOLD_BY_A_PARTNER)) {
            assertThat(with(answers, never)).as(never).isEmpty();
        }
        for (var here : List.of(NAME, SITE_STREET, "Ulmby", "ulmby", "Choir")) {
            assertThat(with(answers, here)).as(here).allMatch(WaysOutTest::isPageOfThisSite);
        }
        // Neither a drawing nor paper says an address that is for this site's pages only.
        assertThat(with(answers, SITE_STREET)).noneMatch(it -> it.matches("/../(map|hand-out).*"));
    }

    @Test
    void whatIsProtectedLeavesByNoForm() {
        var answers = new ConcurrentHashMap<String, String>();
        var forms =
                routes(POST.class).stream()
                        .filter(it -> it.startsWith("/{lang") || it.startsWith("/hsds"))
                        .toList();
        assertThat(forms)
                .anyMatch(it -> it.endsWith("/search"))
                .anyMatch(it -> it.endsWith("/map"))
                .anyMatch(it -> it.endsWith("/hand-out"))
                .anyMatch(it -> it.startsWith("/hsds"));
        for (var form : forms) {
            var bodies = form.matches(".*\\{(id|secret|places)}.*") ? TOLD : bodies();
            for (var address : filled(form)) {
                bodies.forEach(body -> answers.put(address + " " + body, post(address, body)));
            }
        }

        assertThat(answers.get("/en/map ")).contains("href=\"#pin-1\"", "Language course");
        assertThat(answers.get("/en/map ")).doesNotContain("href=\"#pin-2\"");
        assertThat(answers.get("/en/search near=lindmar&within=50&order=distance"))
                .contains("Language course")
                .contains("0 km");
        assertThat(answers.get("/en/hand-out " + picks(0))).contains("Your list");
        assertThat(answers.get("/en/search postcode=" + POSTCODE))
                .contains("We know no place in that town or with that postcode.");
        assertThat(answers.get("/hsds/services search=course")).contains("Language course");
        assertNothingProtected(answers);
    }

    /// What somebody could send who looks for what is hidden.
    private static List<String> bodies() {
        var bodies =
                new ArrayList<>(
                        List.of(
                                "",
                                "q=house",
                                "q=lindmar&situation=women-only&open=yes",
                                "near=lindmar&within=50&order=distance",
                                "near=ulmby&within=1",
                                "postcode=" + POSTCODE,
                                "postcode=1&within=1",
                                "search=course",
                                "full=true&postcode=" + POSTCODE));
        bodies.addAll(TOLD);
        for (int from = 0; from < HIDDEN.size(); from += 5) {
            bodies.add(picks(from));
        }
        return bodies;
    }

    private static String picks(int from) {
        return HIDDEN.stream()
                .skip(from)
                .limit(5)
                .map(it -> "pick=" + it.id())
                .collect(Collectors.joining("&"));
    }

    private static String post(String address, String body) {
        var request =
                HttpRequest.newBuilder(URI.create(NODE.url() + address))
                        .header("Accept", "text/html, */*")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            var answer = POSTER.send(request, BodyHandlers.ofString());
            if (address.startsWith("/en/")) {
                // Else the browser writes what was posted on its disk, beside the page.
                assertThat(answer.request().method()).as(address).isEqualTo("GET");
            }
            return answer.statusCode() + " " + answer.headers().map() + answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsProtectedGoesToNoPartner() throws IOException {
        // Whatever arrived was a row there first, so it is in the log of their database.
        var theirs = new ArrayList<String>();
        for (var file : files(NODES.clinic.settings().data())) {
            theirs.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        // The guard looks where it should.
        assertThat(theirs).anyMatch(it -> it.contains("Language course"));
        assertThat(theirs).anyMatch(it -> it.contains(PARTNERS_ONLY));
        for (var never : List.of(STREET, "12.34567", INSIDE, NAME, SITE_STREET, "Choir")) {
            assertThat(theirs).as(never).noneMatch(it -> it.contains(never));
        }
    }

    @Test
    void whoHasTheSitemapIsNotSentItAgain() {
        for (var path : List.of("/sitemap.xml", "/sitemap/1.xml")) {
            var first = answer(path);
            assertThat(first.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("max-age");
            var tag = first.headers().firstValue("ETag").orElseThrow();

            assertThat(answer(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
        assertThat(answer("/sitemap/1.xml").body()).endsWith("</urlset>\n");
    }

    @Test
    void wordsInAnotherLanguageThanTheFeedSayIt() {
        for (var feed : List.of("feed.atom", "feed.rss")) {
            assertThat(answer("/ar/t/housing/" + feed).body())
                    .contains("<title xml:lang=\"en\">Language course</title>");
        }
        var calendar = answer("/ar/s/" + open.id() + "/hours.ics").body();
        assertThat(calendar).contains("SUMMARY;LANGUAGE=en:Language course");
    }

    private static HttpResponse<String> answer(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(NODE.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsProtectedIsInNoFile() throws IOException {
        var export = NODE.domains().hsdsExport();
        var owner = Optional.of(NODE.organization().id());
        for (var format : Format.values()) {
            export.run(
                    Acting.node(NODE.organization().id()),
                    folder.resolve(format.name()),
                    new HsdsExport.Options(owner, format, false),
                    Progress.SILENT);
        }
        for (var root : List.of(folder, NODE.settings().data().resolve("index"))) {
            var files = files(root);
            assertThat(files).isNotEmpty();
            for (var file : files) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text)
                        .as(file.toString())
                        .doesNotContainIgnoringCase(STREET)
                        .doesNotContainIgnoringCase(INSIDE)
                        .doesNotContainIgnoringCase(PARTNERS_ONLY)
                        .doesNotContainIgnoringCase(TOLD_BY_A_PARTNER);
                if (root.equals(folder)) {
                    assertThat(text).as(file.toString()).doesNotContain(NAME, SITE_STREET);
                }
            }
        }
    }

    private static List<java.nio.file.Path> files(java.nio.file.Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// What stands on this site only is on its pages.
    private static boolean isPageOfThisSite(String address) {
        return address.matches("/[a-z]{2}(/.*)?( .*)?")
                && !address.matches(".*\\.(atom|rss|ics|vcf)");
    }

    private static List<String> with(Map<String, String> answers, String words) {
        return answers.entrySet().stream()
                .filter(it -> it.getValue().contains(words))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Every address that the node's classes answer by a method, as templates.
    private static Set<String> routes(Class<? extends Annotation> by) {
        var routes = new LinkedHashSet<String>();
        for (var type :
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.waymark.node")) {
            if (!type.isAnnotatedWith(Path.class) || type.getSimpleName().startsWith("Control")) {
                continue;
            }
            var resource = type.reflect();
            var root = resource.getAnnotation(Path.class).value();
            Arrays.stream(resource.getMethods())
                    .filter(it -> it.isAnnotationPresent(by))
                    .map(WaysOutTest::below)
                    .map(it -> ("/" + root + "/" + it).replaceAll("/+", "/"))
                    .map(it -> it.length() > 1 ? it.replaceFirst("/$", "") : it)
                    .forEach(routes::add);
        }
        return routes;
    }

    private static String below(Method method) {
        var path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static Map<String, String> crawl(Set<String> routes) throws InterruptedException {
        var answers = new ConcurrentHashMap<String, String>();
        Set<String> next = new LinkedHashSet<>();
        routes.forEach(route -> next.addAll(filled(route)));
        for (var words : List.of("house", "lindmar", "help", "police")) {
            next.add("/en/search?q=" + words);
            next.add("/hsds/services?full=true&search=" + words);
            next.add("/hsds/service_at_locations?full=true&search=" + words);
        }
        next.add("/hsds/services?format=ndjson&full=true");
        next.add("/hsds/organizations?full=true&full_service=true");
        next.add("/hsds/service_at_locations?postcode=" + STREET + "1");
        while (!next.isEmpty() && answers.size() < MOST_ADDRESSES) {
            var now = List.copyOf(next);
            next.clear();
            try (var threads = Executors.newFixedThreadPool(4)) {
                for (var address : now) {
                    threads.submit(() -> answers.put(address, read(address)));
                }
            }
            assertThat(answers).as("what could be read").containsKeys(now.toArray(String[]::new));
            for (var address : now) {
                LINK.matcher(answers.getOrDefault(address, ""))
                        .results()
                        .map(found -> found.group(1).replace("&amp;", "&"))
                        .map(link -> link.replace(NODE.url().toString(), ""))
                        .filter(link -> link.startsWith("/") && !answers.containsKey(link))
                        .forEach(next::add);
            }
        }
        assertThat(answers).hasSizeLessThan(MOST_ADDRESSES);
        return answers;
    }

    /// A route with everything that could stand in its holes.
    private static List<String> filled(String route) {
        var hole = HOLE.matcher(route);
        if (!hole.find()) {
            return List.of(route);
        }
        var all = new ArrayList<String>();
        for (var value : values(hole.group(1))) {
            all.addAll(
                    filled(route.substring(0, hole.start()) + value + route.substring(hole.end())));
        }
        return all;
    }

    private static List<String> values(String hole) {
        return switch (hole) {
            case "lang" -> List.of("en");
            case "topic" -> Arrays.stream(Topic.values()).map(Topic::slug).toList();
            case "kind" ->
                    List.of(
                            "services",
                            "organizations",
                            "service_at_locations",
                            "taxonomies",
                            "taxonomy_terms");
            case "number" -> List.of("1", "2");
            default ->
                    Stream.concat(
                                    Stream.of(NODE.organization().id().toString()),
                                    HIDDEN.stream().map(it -> it.id().toString()))
                            .toList();
        };
    }

    /// The status, and what came, as a page and as an object of the protocol.
    private static String read(String address) {
        var page = read(address, "text/html, */*");
        return address.matches("/(en|hsds|assets|admin)(/.*)?")
                ? page
                : page + read(address, "application/activity+json");
    }

    private static String read(String address, String accept) {
        try {
            var uri = URI.create(NODE.url() + address.replace(" ", "%20"));
            var request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.headers().map() + answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
