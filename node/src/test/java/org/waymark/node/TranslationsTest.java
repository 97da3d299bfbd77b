// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.MachineTranslations;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Picks;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.TranslationEdits;
import org.waymark.node.listing.Translations;
import org.waymark.node.privacy.Acting;
import org.waymark.node.translation.Po;
import org.waymark.node.translation.TextFile;
import org.waymark.node.translation.TextFile.State;
import org.waymark.node.translation.Xliff;

/// Texts in other languages: how good each is, who may overwrite whom, and what readers see.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranslationsTest {

    private final HttpClient browser = HttpClient.newHttpClient();
    private final List<String> asked = new ArrayList<>();
    private HttpServer service;
    private TestNode node;

    @BeforeAll
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.createContext(
                "/translate",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    asked.add(body);
                    var texts = Pattern.compile("\"q\":\\[(.*?)\\],\"source\"").matcher(body);
                    var answer =
                            ("{\"translatedText\":["
                                            + (texts.find()
                                                    ? texts.group(1)
                                                            .replaceAll(
                                                                    "[A-Za-z]{4,}(?![^<]*>)",
                                                                    "كلمة")
                                                    : "")
                                            + "]}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        service.start();
        node =
                TestNode.still(
                        new TestClock(),
                        "clinic",
                        "Lindmar Welcome",
                        "translation.service=libretranslate",
                        "translation.url=http://127.0.0.1:" + service.getAddress().getPort(),
                        "translation.keep=IOM",
                        "translation.allow-networks=127.0.0.0/8");
    }

    @AfterAll
    void stop() {
        node.close();
        service.stop(0);
    }

    @Test
    void aChangedParagraphIsOutOfDateInOtherLanguagesAndATypingErrorIsNot() {
        var id =
                add(
                        Draft.named(text("Kitchen", "مطبخ"))
                                .description(
                                        text(
                                                "We cook evry day.\n\nCome in.",
                                                "نطبخ كل يوم.\n\nادخلوا.")));
        assertThat(states(id)).containsExactly(State.REVIEWED, State.REVIEWED);

        change(
                id,
                draft ->
                        draft.description(
                                text("We cook every day.\n\nCome in.", "نطبخ كل يوم.\n\nادخلوا.")));
        assertThat(states(id)).as("typing error").containsExactly(State.REVIEWED, State.REVIEWED);

        change(
                id,
                draft ->
                        draft.phones(List.of(Phone.of("01632 960 199")))
                                .spots(List.of(Spot.at("Mill Lane 1", "", "Lindmar", "XL"))));
        assertThat(states(id))
                .as("phone and address")
                .containsExactly(State.REVIEWED, State.REVIEWED);

        change(
                id,
                draft ->
                        draft.description(
                                text(
                                        "We cook every day.\n\nCall first.",
                                        "نطبخ كل يوم.\n\nادخلوا.")));
        assertThat(states(id)).containsExactly(State.REVIEWED, State.STALE);
        assertThat(sheet(id).sections().getLast().changed()).containsExactly("Call first.");

        edits().keepAll(acting(), id.value());
        assertThat(states(id)).containsExactly(State.REVIEWED, State.REVIEWED);
    }

    @Test
    void aFileGoesOutAndComesBackAndWhatOthersWroteMeanwhileIsKept() throws Exception {
        var id =
                add(
                        Draft.named(text("Advice", ""))
                                .description(text("We answer.", "نجيب."))
                                .bring(text("A letter", "")));
        var out = translations().export(acting(), "en", "ar");
        var mine = out.units().stream().filter(it -> it.id().startsWith(id.toString())).toList();

        var back =
                Xliff.read(
                        Xliff.write(
                                new TextFile(
                                        "en",
                                        "ar",
                                        List.of(
                                                written(mine.get(0), "مشورة"),
                                                written(mine.get(1), "نحن نجيب."),
                                                mine.get(2)))));
        assertThat(edits().take(acting(), back).taken()).isEqualTo(2);
        assertThat(edits().take(acting(), back).taken()).as("again").isZero();
        assertThat(states(id)).containsExactly(State.REVIEWED, State.REVIEWED, State.MISSING);

        edits().save(
                        acting(),
                        id.value(),
                        "ar",
                        Map.of("bring", new TranslationEdits.Written("رسالة", "", false)));
        var late =
                Po.read(Po.write(new TextFile("en", "ar", List.of(written(mine.get(2), "خطاب")))));
        var taken = edits().take(acting(), late);
        assertThat(taken.conflicts()).containsExactly(id + ".bring");
        assertThat(sheet(id).sections().getLast().translation()).isEqualTo("رسالة");

        change(id, draft -> draft.description(text("We answer at night.", "نحن نجيب.")));
        var now =
                translations().export(acting(), "en", "ar").units().stream()
                        .filter(it -> it.id().equals(id + ".description"))
                        .findFirst()
                        .orElseThrow();
        var old =
                new TextFile.Unit(
                        now.id(), "", "We answer.", "نجيب دائمًا.", State.REVIEWED, now.mark());
        assertThat(edits().take(acting(), new TextFile("en", "ar", List.of(old))).changed())
                .containsExactly(now.id());
        assertThat(states(id).get(1)).isEqualTo(State.STALE);
    }

    @Test
    void aMachineWritesWhatIsMissingSeesNoNamesAndSaysSoEverywhere() {
        var id =
                add(
                        Draft.named(text("Advice of IOM", "مشورة"))
                                .description(
                                        text("Phone 01632 960 101 before visiting Harbour.", ""))
                                .topics(Set.of(Topic.WORK))
                                .spots(List.of(Spot.at("Street 4", "", "Harbour", "XL"))));

        var done = machine().translate(acting(), id.value(), "ar");

        assertThat(done).isEqualTo(new MachineTranslations.Outcome.Done(1, 0));
        assertThat(asked.getLast()).doesNotContain("01632", "Harbour", "IOM");
        assertThat(states(id)).containsExactly(State.REVIEWED, State.MACHINE);
        assertThat(get("/ar/s/" + id))
                .contains("ترجمة آلية لم يراجعها أحد")
                .contains("01632 960 101");
        assertThat(get("/ar/hand-out/" + new Picks(List.of(id)).path()))
                .contains("ترجمة آلية لم يراجعها أحد");
        assertThat(get("/hsds/services/" + id)).contains("\"machine\":[\"description\"]");

        assertThat(machine().translate(acting(), id.value(), "ar"))
                .isInstanceOf(MachineTranslations.Outcome.NothingToDo.class);
        var section = sheet(id).sections().getLast();
        edits().save(
                        acting(),
                        id.value(),
                        "ar",
                        Map.of(
                                "description",
                                new TranslationEdits.Written(
                                        section.translation(), section.mark(), true)));
        assertThat(states(id)).containsExactly(State.REVIEWED, State.REVIEWED);
        assertThat(get("/ar/s/" + id)).doesNotContain("ترجمة آلية");
        assertThat(get("/hsds/services/" + id)).doesNotContain("machine");
    }

    @Test
    void organisationsPlacesAndTermsAreTranslatedLikeListings() throws Exception {
        var id =
                add(
                        Draft.named(text("Quay advice", ""))
                                .spots(
                                        List.of(
                                                new Spot(
                                                        Spot.NEW,
                                                        "Old customs house",
                                                        List.of("Quay 1"),
                                                        "Lindmar",
                                                        "",
                                                        "",
                                                        "XL",
                                                        java.util.Optional.empty(),
                                                        "Tram 4 to the harbour",
                                                        List.of()))));
        var hidden =
                add(
                        Draft.named(text("Quiet house", ""))
                                .place(Place.PHONE_ONLY)
                                .spots(List.of(Spot.at("Hidden 7", "", "Marker8812", "XL"))));
        var term =
                node.domains()
                        .taxonomies()
                        .addLocal(acting(), Topic.COMMUNITY, "en", "Warm meals")
                        .orElseThrow();
        var place =
                node.domains().listings().find(acting(), id).orElseThrow().spots().getFirst().id();
        assertThat(rows(Translations.Of.PLACES)).containsExactly("Old customs house");
        assertThat(rows(Translations.Of.ORGANIZATIONS)).contains(node.organization().name());
        assertThat(rows(Translations.Of.TERMS)).contains("Warm meals");

        var out = translations().export(acting(), "en", "ar");
        assertThat(out.units())
                .extracting(TextFile.Unit::source)
                .contains("Tram 4 to the harbour", "Warm meals")
                .noneMatch(it -> it.contains("Marker8812") || it.contains("Hidden 7"));
        var mine =
                out.units().stream()
                        .filter(it -> it.source().equals("Tram 4 to the harbour"))
                        .map(it -> written(it, "الترام 4 إلى الميناء"))
                        .toList();
        var back = Xliff.read(Xliff.write(new TextFile("en", "ar", mine)));
        assertThat(edits().take(acting(), back).taken()).isEqualTo(1);
        assertThat(get("/hsds/services/" + id)).contains("الترام 4 إلى الميناء");
        assertThat(
                        node.domains().history().list(acting(), id).stream()
                                .map(it -> it.action())
                                .toList())
                .contains("translation-import");

        assertThat(get("/ar/s/" + id)).contains("الترام 4 إلى الميناء", "Old customs house");
        assertThat(get("/fr/s/" + id)).contains("Tram 4 to the harbour");

        var sheet = translations().open(acting(), term, "ar").orElseThrow();
        assertThat(sheet.sections()).hasSize(1);
        assertThat(machine().translate(acting(), term, "ar"))
                .isEqualTo(new MachineTranslations.Outcome.Done(1, 0));
        assertThat(machine().translate(acting(), place, "ar"))
                .isEqualTo(new MachineTranslations.Outcome.Done(1, 0));
        var secret = node.domains().listings().edit(acting(), hidden).orElseThrow().build().spots();
        assertThat(translations().open(acting(), secret.getFirst().id(), "ar")).isEmpty();
    }

    private List<String> rows(Translations.Of of) {
        var names = new ArrayList<String>();
        translations().each(acting(), of, List.of("en", "ar"), row -> names.add(row.name()));
        return names;
    }

    @Test
    void aFileNeverWritesOverTheOriginalAndItsMarkupDoesNotComeIn() throws Exception {
        var id = add(Draft.named(text("Own language", "")).description(text("We help.", "")));
        var unit =
                new TextFile.Unit(
                        id + ".description", "", "We help.", "Hacked", State.REVIEWED, "");

        var own = Xliff.read(Xliff.write(new TextFile("ar", "en", List.of(unit))));
        assertThat(edits().take(acting(), own).unknown()).containsExactly(id + ".description");
        assertThat(node.domains().listings().find(acting(), id).orElseThrow().description().base())
                .isEqualTo("We help.");

        var loud = written(unit, "نساعد <b>كل</b> الناس\u202e <script>x()</script> \u0007الآن");
        var file = Xliff.read(Xliff.write(new TextFile("en", "ar", List.of(loud))));
        assertThat(edits().take(acting(), file).taken()).isEqualTo(1);
        var taken = sheet(id).sections().getLast().translation();
        assertThat(taken)
                .contains("نساعد", "الناس")
                .doesNotContain("<b>", "script>", "\u202e", "\u0007");
    }

    @Test
    void whatIsNotForEverybodyGoesToNoMachine() {
        var id =
                add(
                        Draft.named(text("House for women", ""))
                                .reach(Reach.SITE)
                                .place(Place.PHONE_ONLY));
        var before = asked.size();

        assertThat(machine().translate(acting(), id.value(), "ar"))
                .isEqualTo(new MachineTranslations.Outcome.Failed("not-for-everybody"));
        assertThat(asked).hasSize(before);
    }

    @Test
    void everyWordOnAPageSaysWhichLanguageItIsIn() {
        var id =
                add(
                        Draft.named(text("Only English words", ""))
                                .description(text("Nothing here was translated.", ""))
                                .bring(text("Bring letters", "أحضروا الرسائل"))
                                .topics(Set.of(Topic.EDUCATION))
                                .phones(List.of(Phone.of("01632 960 101")))
                                .spots(List.of(Spot.at("Street 4", "", "Harbour", "XL"))));
        node.domains().listingIndex().catchUp();
        var provider = node.domains().listings().find(acting(), id).orElseThrow().provider().id();
        for (var path :
                List.of(
                        "/ar/t/education",
                        "/ar/s/" + id,
                        "/ar/o/" + provider,
                        "/ar/hand-out/" + new Picks(List.of(id)).path())) {
            var page = get(path);
            assertThat(page)
                    .as(path)
                    .contains("<span lang=\"en\" dir=\"ltr\">Only English words</span>");
            assertThat(unmarked(page)).as(path).isEmpty();
        }
        assertThat(get("/ar/s/" + id)).contains("لم يُترجم بعد");
        assertThat(get("/ar/t/education")).contains("باللغة");
    }

    /// Latin words in the content of an Arabic page that stand neither in another language nor
    /// apart.
    private static List<String> unmarked(String page) {
        var main =
                page.substring(page.indexOf("<main"), page.indexOf("</main>"))
                        .replaceAll("(?s)<script.*?</script>", "");
        var parts = Pattern.compile("<(/?)([a-z0-9]+)([^>]*)>|([^<]+)").matcher(main);
        var marked = new ArrayDeque<Boolean>();
        var found = new ArrayList<String>();
        while (parts.find()) {
            if (parts.group(4) != null) {
                if (!marked.contains(true)
                        && parts.group(4).matches("(?s).*[A-Za-z]{3,}.*")
                        && !parts.group(4).contains("&")) {
                    found.add(parts.group(4).strip());
                }
            } else if (!parts.group(1).isEmpty()) {
                marked.pop();
            } else if (!Set.of("input", "br", "path", "circle", "rect", "meta")
                            .contains(parts.group(2))
                    && !parts.group(3).endsWith("/")) {
                marked.push(
                        parts.group(2).equals("bdi")
                                || parts.group(2).equals("option")
                                || parts.group(3).contains("lang=\"en\""));
            }
        }
        return found;
    }

    private static TextFile.Unit written(TextFile.Unit unit, String text) {
        return new TextFile.Unit(
                unit.id(), unit.about(), unit.source(), text, State.REVIEWED, unit.mark());
    }

    private List<State> states(ListingId id) {
        return sheet(id).sections().stream()
                .map(Translations.Section::state)
                .collect(Collectors.toList());
    }

    private Translations.Sheet sheet(ListingId id) {
        return translations().open(acting(), id.value(), "ar").orElseThrow();
    }

    private ListingId add(Draft.Builder draft) {
        return node.domains().listings().add(acting(), draft.build()).id();
    }

    private interface Change {
        Draft.Builder of(Draft.Builder draft);
    }

    private void change(ListingId id, Change change) {
        var listings = node.domains().listings();
        var draft = listings.edit(acting(), id).orElseThrow();
        var version = listings.find(acting(), id).orElseThrow().version();
        listings.replace(acting(), id, version, change.of(draft).build());
    }

    private static Text text(String english, String arabic) {
        return new Text(
                "en",
                arabic.isEmpty() ? Map.of("en", english) : Map.of("en", english, "ar", arabic));
    }

    private TranslationEdits edits() {
        return node.domains().translationEdits();
    }

    private MachineTranslations machine() {
        return node.domains().machineTranslations();
    }

    private Translations translations() {
        return node.domains().translations();
    }

    private Acting acting() {
        return node.acting();
    }

    private String get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(node.url() + path)).build();
            return browser.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
