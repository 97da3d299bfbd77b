// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
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
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// Safety rule 2 for every way out at once: a street that must not be known, and a name that is for
/// this site only, are planted in a listing of each protected class, and everything that the node
/// gives to anyone is read. A new address of the node is read by itself: the list of them comes
/// from its classes.
class WaysOutTest {

    private static final String STREET = "Zyxquill";
    private static final String NAME = "Vorplund";
    private static final String INSIDE = "Quibblorn";
    private static final Map<Review.Reason, String> PROTECTED =
            Map.of(
                    Review.Reason.VIOLENCE, "Shelter for battered wives",
                    Review.Reason.TRAFFICKING, "Help after human trafficking",
                    Review.Reason.CHILD_PROTECTION, "Child abuse team",
                    Review.Reason.LGBTIQ, "LGBTQ meeting",
                    Review.Reason.ASYLUM_HOUSING, "Housing for asylum seekers",
                    Review.Reason.WOMEN_ONLY, "Women only house",
                    Review.Reason.ENFORCEMENT, "Police station");
    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)(?::[^/]*)?}");
    private static final Pattern LINK =
            Pattern.compile("(?:href=\"|<loc>|\"(?:url|id|first|next)\":\")([^\"<#]+)");
    private static final int MOST_ADDRESSES = 4_000;

    private static final TestNode NODE =
            TestNode.still(Clock.systemUTC(), "shelter", "The Shelter");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
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
                                .spots(List.of(Spot.at("1 Quay Street", "1", "Lindmar", "XX")))
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
                            draft("Meeting " + (reach == Reach.SITE ? NAME : INSIDE))
                                    .reach(reach)
                                    .place(Place.PHONE_ONLY)
                                    .build()));
        }
        var held = listings.add(NODE.acting(), draft("Men's meeting " + INSIDE).build());
        listings.hold(NODE.acting(), held.id());
        HIDDEN.add(held);
        // Its town may be known, and its name.
        HIDDEN.add(listings.add(NODE.acting(), draft("Legal advice").place(Place.AREA).build()));
        NODE.runDue();
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
                                new Spot(
                                        Spot.NEW,
                                        STREET + " house",
                                        List.of("7 " + STREET + " Lane"),
                                        "Lindmar",
                                        "",
                                        STREET + "1",
                                        "XX",
                                        Optional.of(new Spot.Point(12.345671, 65.432179)),
                                        "Behind the " + STREET,
                                        List.of(STREET + " stairs"))));
    }

    @AfterAll
    static void close() {
        NODE.close();
    }

    @Test
    void whatIsProtectedLeavesByNoAddress() throws InterruptedException {
        var routes = routes();
        assertThat(routes).hasSizeGreaterThan(40);
        var answers = crawl(routes);

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
        assertThat(with(answers, STREET)).isEmpty();
        assertThat(with(answers, "12.34567")).isEmpty();
        assertThat(with(answers, INSIDE)).isEmpty();
        assertThat(with(answers, NAME)).allMatch(WaysOutTest::isPageOfThisSite);
        assertThat(with(answers, NAME)).isNotEmpty();
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
                        .doesNotContainIgnoringCase(INSIDE);
                if (root.equals(folder)) {
                    assertThat(text).as(file.toString()).doesNotContain(NAME);
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
        return address.matches("/[a-z]{2}(/.*)?") && !address.matches(".*\\.(atom|rss|ics|vcf)");
    }

    private static List<String> with(Map<String, String> answers, String words) {
        return answers.entrySet().stream()
                .filter(it -> it.getValue().contains(words))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Every address that the node's classes answer by GET, as templates.
    private static Set<String> routes() {
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
                    .filter(it -> it.isAnnotationPresent(GET.class))
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
