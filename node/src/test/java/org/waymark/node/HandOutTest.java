// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Picks;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.SpotMaker;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.TranslationEdits;
import org.waymark.node.privacy.Acting;

/// The hand-out as a visitor makes it: what stands on it, what never does, and what stays behind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandOutTest {

    private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();
    private TestNode node;
    private Listing advice;
    private Listing kitchen;
    private Listing shelter;
    private Listing refuge;
    private Listing police;
    private Listing old;

    @BeforeAll
    void serve() {
        node =
                TestNode.still(
                        Clock.fixed(MONDAY, ZoneOffset.UTC),
                        "clinic",
                        "Lindmar Welcome",
                        "complaint.outside-phone=01632 960 150",
                        "country=XL",
                        "zone=UTC");
        advice =
                add(
                        named("Asylum advice", "مشورة اللجوء")
                                .topics(Set.of(Topic.PAPERS))
                                .access(Access.APPOINTMENT)
                                .nameNeeded(Answer.NO)
                                .bring(Text.of("en", "Every letter you got"))
                                .phones(List.of(Phone.of("+44 1632 960 101")))
                                .schedules(hours()));
        kitchen =
                add(
                        named("Kitchen for all", "مطبخ للجميع")
                                .topics(Set.of(Topic.MONEY))
                                .access(Access.WALK_IN));
        shelter = add(named("House for women", "بيت").reach(Reach.SITE).place(Place.PHONE_ONLY));
        refuge = add(named("Quiet rooms", "غرف").reach(Reach.SITE).place(Place.EXACT));
        police = add(named("Border police", "شرطة").kind(Kind.ENFORCEMENT));
        old = add(named("Old kitchen", "مطبخ قديم"));
        listings().close(acting(), old.id());
        node.domains().listingIndex().catchUp();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void tickedPlacesStandOnOnePageInTheReadersLanguage() {
        var made = post("/ar/hand-out", ticked(advice, kitchen));
        var address = made.headers().firstValue("Location").orElseThrow();
        var page = get(address).body();

        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(page)
                .contains("<html lang=\"ar\" dir=\"rtl\">")
                .contains("مشورة اللجوء", "مطبخ للجميع")
                .contains("Harbour Street 4")
                .contains("<bdi dir=\"ltr\">+44 1632 960 101</bdi>")
                .contains("<bdi dir=\"ltr\">09:00–12:00</bdi>")
                .contains("<span lang=\"en\" dir=\"ltr\">Every letter you got</span>")
                .contains("أريد موعدًا")
                .contains("أفضل ألا أذكر اسمي الآن");
        assertThat(page)
                .as("what to say, as people there say it")
                .contains("<p class=\"speech\" lang=\"en\" dir=\"ltr\">")
                .contains("I would like an appointment.")
                .contains("I speak <bdi>Arabic</bdi>.");
    }

    @Test
    void aPlaceIsCalledAsItsReaderCallsItWhileThatIsRight() {
        var library = add(named("Library", "مكتبة").spots(List.of(placeNamed("Old mill"))));
        var place =
                listings().edit(acting(), library.id()).orElseThrow().build().spots().getFirst();
        node.domains()
                .translationEdits()
                .save(
                        acting(),
                        place.id(),
                        "ar",
                        Map.of(
                                "name",
                                new TranslationEdits.Written("الطاحونة القديمة", "", true),
                                "city",
                                new TranslationEdits.Written("ليندمار", "", true),
                                "transportation",
                                new TranslationEdits.Written("الحافلة رقم ٤", "", true)));

        var page = get("/ar/hand-out/" + places(library)).body();
        assertThat(page).contains("الطاحونة القديمة", "ليندمار", "الحافلة رقم ٤", "1 Quay Street");
        assertThat(page).doesNotContain("Old mill");

        var now = listings().find(acting(), library.id()).orElseThrow();
        listings()
                .replace(
                        acting(),
                        now.id(),
                        now.version(),
                        listings()
                                .edit(acting(), now.id())
                                .orElseThrow()
                                .spots(
                                        List.of(
                                                SpotMaker.like(placeNamed("New school"))
                                                        .id(place.id())
                                                        .make()))
                                .build());
        assertThat(get("/ar/hand-out/" + places(library)).body())
                .as("the translation is of another place")
                .contains("New school")
                .doesNotContain("الطاحونة القديمة");
    }

    private static Spot placeNamed(String name) {
        return SpotMaker.in("Lindmar", "1 Quay Street").named(name).howToGetThere("Bus 4").make();
    }

    @Test
    void paperSaysThatHelpIsFreeAndWhomToCallInDanger() {
        var page = get("/en/hand-out/" + places(advice)).body();

        assertThat(page)
                .contains("Nobody may ask you for money, sex or work in return.")
                .contains("tel:01632960150")
                .contains("In danger")
                .contains("/en/now");
    }

    @Test
    void theCodeAndTheLinkLeadBackToThePageInTheSameLanguage() throws Exception {
        var address = node.url() + "/uk/hand-out/" + places(advice, kitchen, shelter);
        var page = get("/uk/hand-out/" + places(advice, kitchen, shelter)).body();

        assertThat(page).contains(address);
        assertThat(decoded(page)).isEqualTo(address);
    }

    @Test
    void anAddressIsNeverOnPaperWhereItIsKeptBack() {
        var page = get("/en/hand-out/" + places(shelter, refuge));

        assertThat(page.body())
                .contains("House for women", "Quiet rooms", "By phone only.")
                .doesNotContain("Harbour Street");
        assertThat(get("/en/s/" + refuge.id()).body())
                .as("on its own page it may stand")
                .contains("Harbour Street");
    }

    @Test
    void aHandOutIsKeptNowhereAndNotIndexed() {
        for (var sensitive : List.of(advice, shelter, kitchen)) {
            assertThat(
                            get("/en/hand-out/" + places(sensitive))
                                    .headers()
                                    .map()
                                    .get("cache-control"))
                    .containsExactly("no-store");
        }
        var plain = get("/en/hand-out/" + places(kitchen));
        assertThat(plain.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        assertThat(plain.body()).contains("<title>Lindmar Welcome</title>");
    }

    @Test
    void whatClosedSaysSoAndEnforcementNeverStandsOnOne() {
        var page = get("/en/hand-out/" + places(kitchen, old, police));

        assertThat(page.body())
                .contains("Kitchen for all", "Old kitchen", "This service has closed")
                .doesNotContain("Border police");
        assertThat(get("/en/hand-out/" + places(old)).statusCode()).isEqualTo(410);
        assertThat(get("/en/s/" + police.id()).body()).doesNotContain("hand-out");
        assertThat(get("/en/hand-out/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void noMoreThanFiveFitAndTicksGoAlongWithTheSearch() {
        var six =
                Stream.concat(
                                Stream.generate(UUID::randomUUID).limit(5).map(UUID::toString),
                                Stream.of(kitchen.id().toString()))
                        .map(id -> "pick=" + id)
                        .collect(Collectors.joining("&"));
        var address = post("/en/hand-out", six).headers().firstValue("Location").orElseThrow();
        assertThat(get(address).body()).contains("There is room for 5 places.");
        assertThat(post("/en/hand-out", "q=secret").statusCode()).isEqualTo(422);

        var found = post("/en/search", "q=kitchen&" + ticked(advice, kitchen)).body();
        assertThat(found)
                .contains("formaction=\"/en/hand-out\"")
                .contains("type=\"hidden\" name=\"pick\" value=\"" + advice.id() + "\"")
                .containsPattern("id=\"pick-" + kitchen.id() + "\"[^>]* checked")
                .contains("1 place is ticked on another page.");
    }

    @Test
    void nothingStaysBehindButACount() {
        var before = made();
        post("/en/hand-out", ticked(advice));
        post("/en/hand-out", ticked(kitchen), "Sec-Fetch-Site", "cross-site");

        assertThat(made()).isEqualTo(before + 1);
    }

    @Test
    void anAddressOfPlacesIsReadBackAsItWasWritten() {
        var picks = new Picks(List.of(advice.id(), kitchen.id()));

        assertThat(Picks.parse(picks.path())).hasValue(picks);
        assertThat(Picks.parse("")).isEmpty();
        assertThat(Picks.parse(picks.path() + ".")).isEmpty();
    }

    private long made() {
        return node.domains().handOutCounts().list(acting()).stream()
                .mapToLong(it -> it.made())
                .sum();
    }

    /// Reads the picture as a phone does.
    private static String decoded(String page) throws Exception {
        var path = Pattern.compile("viewBox=\"-4 -4 (\\d+) .*?<path d=\"([^\"]+)\"").matcher(page);
        assertThat(path.find()).isTrue();
        var size = Integer.parseInt(path.group(1));
        var scale = 4;
        var pixels = new int[size * scale * size * scale];
        Arrays.fill(pixels, 0xFFFFFF);
        var runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)").matcher(path.group(2));
        while (runs.find()) {
            var x = Integer.parseInt(runs.group(1)) + 4;
            var y = Integer.parseInt(runs.group(2)) + 4;
            for (int row = y * scale; row < (y + 1) * scale; row++) {
                var from = row * size * scale + x * scale;
                Arrays.fill(pixels, from, from + Integer.parseInt(runs.group(3)) * scale, 0);
            }
        }
        var source = new RGBLuminanceSource(size * scale, size * scale, pixels);
        // Squares without a camera: looking for the corners would fail now and then.
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new GlobalHistogramBinarizer(source)),
                        Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }

    private Listing add(Draft.Builder draft) {
        var added = listings().add(acting(), draft.build());
        return added;
    }

    private static Draft.Builder named(String english, String arabic) {
        return Draft.named(new Text("en", Map.of("en", english, "ar", arabic)))
                .spots(List.of(Spot.at("Harbour Street 4", "", "Lindmar", "XL")));
    }

    private static List<Schedule> hours() {
        return List.of(
                Schedule.weekly(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
                        LocalTime.of(9, 0),
                        LocalTime.of(12, 0)));
    }

    private Listings listings() {
        return node.domains().listings();
    }

    private Acting acting() {
        return node.acting();
    }

    private static String places(Listing... listings) {
        return new Picks(Arrays.stream(listings).map(Listing::id).toList()).path();
    }

    private static String ticked(Listing... listings) {
        return Arrays.stream(listings)
                .map(it -> "pick=" + it.id())
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address(path)).header("Accept", "text/html").build());
    }

    private HttpResponse<String> post(String path, String form, String... headers) {
        var request =
                HttpRequest.newBuilder(address(path))
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        var answer = send(request.build());
        var location = answer.headers().firstValue("Location").orElse("");
        return location.contains("/answer/") ? get(location) : answer;
    }

    private URI address(String path) {
        return node.url().resolve(path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return browser.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
