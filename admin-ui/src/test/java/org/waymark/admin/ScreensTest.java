// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// Every screen of the staff, found by following links: what a keyboard, a screen reader and a
/// browser without scripts need of it.
@SuppressWarnings("NullAway.Init") // set before the first test
class ScreensTest {

    /// The screens of the directory; those about partners and requests have tests of their own.
    private static final Set<String> OURS =
            Set.of(
                    "org.waymark.admin.listing",
                    "org.waymark.admin.account",
                    "org.waymark.admin.start",
                    "org.waymark.admin.evidence",
                    "org.waymark.admin.oversight");

    /// Only partners bring these, or they are files.
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "/admin/sign-in",
                    "/admin/campaigns/{id}",
                    "/admin/listings/table.csv",
                    "/admin/translations/file",
                    "/admin/evidence/{kind:inside|published|activities}.csv",
                    "/admin/corrections/{id}",
                    "/admin/corrections/new",
                    "/admin/hand-overs/{id}/accept");

    private static final String ID = "[0-9a-f]{8}-[0-9a-f-]{27}";
    private static final int MOST = 400;

    private static TestNode node;
    private static final Map<String, Map<String, String>> PAGES = new LinkedHashMap<>();
    private static final List<String> REDIRECTED_TO = new ArrayList<>();

    @BeforeAll
    static void walk() {
        node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.ADMINISTRATOR, Role.MANAGER, Role.CASEWORKER);
        node.person("vera@shelter.example", Role.VOLUNTEER);
        fill();
        for (var language : List.of("en", "ar")) {
            PAGES.put(language, crawl(Browser.signedIn(node, "amal@shelter.example", language)));
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /// Something of everything that a node can have without others.
    private static void fill() {
        var kitchen = draft("Harbour kitchen").spots(List.of(Spot.at("Quay 1", "1", "Town", "XL")));
        var id = node.domains().listings().add(node.acting(), kitchen.build()).id();
        node.domains().listings().add(node.acting(), draft("Harbour kitchen").build());
        node.domains()
                .listings()
                .add(node.acting(), Draft.named(Text.of("en", "Deportation office")).build());
        node.domains().taxonomies().addLocal(node.acting(), Topic.COMMUNITY, "en", "Warm meals");
        node.domains().twins().look(node.acting());
        var vera = Browser.signedIn(node, "vera@shelter.example", "en");
        vera.get("/admin/listings/" + id + "?draft=1");
        vera.post(
                "/admin/listings/" + id,
                "language",
                "en",
                "name",
                "Harbour kitchen",
                "description",
                "Soup.");
        var amal = Browser.signedIn(node, "amal@shelter.example", "en");
        amal.get("/admin/import");
        var table = "Name,Category\nKitchen,food\n";
        REDIRECTED_TO.add(amal.upload("/admin/import", "file", "list.csv", table).uri().getPath());
        amal.get("/admin/listings/" + id);
        amal.post("/admin/notes/" + id, "words", "Has a key.");
        var held =
                node.domains().listings().add(node.acting(), draft("Night kitchen").build()).id();
        amal.post("/admin/review/" + held, "decision", "hold");
        node.runDue();
        var twins = Html.of(amal.get("/admin/twins").body());
        node.domains()
                .breaches()
                .add(
                        node.acting(),
                        "Lost list",
                        org.waymark.node.oversight.Breach.Risk.HIGH,
                        2,
                        node.domains().clock().instant());
        node.domains()
                .dataRequests()
                .open(
                        node.acting(),
                        org.waymark.node.oversight.DataRequest.Kind.ACCESS,
                        java.util.Optional.empty());
        REDIRECTED_TO.add(
                amal.post(
                                "/admin/twins",
                                "one",
                                hidden(twins, "one"),
                                "other",
                                hidden(twins, "other"),
                                "decision",
                                "close-other")
                        .uri()
                        .getPath());
    }

    private static String hidden(Html page, String name) {
        return page.list("input", it -> it.attribute("name").equals(name)).getFirst().value();
    }

    private static Draft.Builder draft(String name) {
        return Draft.named(Text.of("en", name))
                .topics(Set.of(Topic.COMMUNITY))
                .phones(List.of(Phone.of("01632 960 101")));
    }

    private static Map<String, String> crawl(Browser browser) {
        var pages = new LinkedHashMap<String, String>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<String>();
        routes(_ -> true).stream().filter(it -> !it.contains("{")).forEach(open::add);
        open.addAll(REDIRECTED_TO);
        while (!open.isEmpty() && pages.size() < MOST) {
            var path = open.pop();
            // One of each kind: a hundred listings teach nothing more.
            if (!seen.add(path.replaceAll(ID, "ID"))) {
                continue;
            }
            var answer = browser.get(path);
            var type = answer.headers().firstValue("Content-Type").orElse("");
            if (answer.statusCode() != 200 || !type.startsWith("text/html")) {
                continue;
            }
            pages.put(path, answer.body());
            Html.of(answer.body()).list("a").stream()
                    .map(it -> it.attribute("href").replaceAll("#.*", ""))
                    .filter(it -> it.startsWith("/admin"))
                    .forEach(open::add);
        }
        return pages;
    }

    private static Set<String> routes(Predicate<Class<?>> which) {
        return new AdminSite()
                .resources(node.domains()).stream()
                        .<Class<?>>map(Object::getClass)
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .filter(which)
                        .flatMap(
                                type ->
                                        Arrays.stream(type.getMethods())
                                                .filter(it -> it.isAnnotationPresent(GET.class))
                                                .map(it -> route(type, it)))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String route(Class<?> type, java.lang.reflect.Method method) {
        var path =
                Optional.ofNullable(method.getAnnotation(Path.class))
                        .map(Path::value)
                        .map(it -> "/" + it)
                        .orElse("");
        return (type.getAnnotation(Path.class).value() + path)
                .replaceAll("/+", "/")
                .replaceAll("(.)/$", "$1");
    }

    @Test
    void theWalkComesByEveryScreen() {
        var missed =
                routes(ScreensTest::isOurs).stream()
                        .filter(it -> !ELSEWHERE.contains(it))
                        .filter(
                                route ->
                                        pages("en").keySet().stream()
                                                .map(it -> it.replaceAll("[?#].*", ""))
                                                .map(it -> it.replaceAll("(.)/$", "$1"))
                                                .noneMatch(it -> isAt(it, route)))
                        .toList();
        assertThat(missed).isEmpty();
    }

    private static Map<String, String> pages(String language) {
        return PAGES.getOrDefault(language, Map.of());
    }

    private static boolean isOurs(Class<?> type) {
        return OURS.contains(type.getPackageName());
    }

    private static boolean isAt(String path, String route) {
        return path.replaceAll("(.)/$", "$1").matches(route.replaceAll("\\{[^}]*}", "[^/]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void everyScreenWorksByKeyboardAndWithoutScripts(String language) {
        var wrong = new ArrayList<String>();
        var ours = routes(ScreensTest::isOurs);
        pages(language)
                .forEach(
                        (path, page) ->
                                ours.stream()
                                        .filter(it -> isAt(path.replaceAll("[?#].*", ""), it))
                                        .limit(1)
                                        .flatMap(_ -> faults(Html.of(page), language).stream())
                                        .forEach(it -> wrong.add(path + ": " + it)));
        assertThat(wrong).isEmpty();
    }

    private static List<String> faults(Html page, String language) {
        var wrong = new ArrayList<String>();
        var html = page.list("html").getFirst();
        if (!html.attribute("lang").equals(language)
                || language.equals("ar") != html.attribute("dir").equals("rtl")) {
            wrong.add("is not in its language: " + html);
        }
        if (page.list("h1").size() != 1 || page.list("title").getFirst().text().isEmpty()) {
            wrong.add("has no single heading, or no title");
        }
        skipLink(page, wrong);
        controls(page, wrong);
        references(page, wrong);
        page.all()
                .filter(
                        it ->
                                it.attributes.keySet().stream().anyMatch(a -> a.startsWith("on"))
                                        || it.attribute("href").startsWith("javascript")
                                        || it.has("autofocus")
                                        || it.name.equals("script"))
                .forEach(it -> wrong.add("needs scripts: " + it));
        page.all()
                .filter(it -> it.attribute("tabindex").matches("[1-9].*"))
                .forEach(it -> wrong.add("jumps in the order: " + it));
        page.list("th", it -> !it.has("scope"))
                .forEach(it -> wrong.add("heads neither row nor column: " + it));
        page.list("form", it -> it.attribute("method").equals("post"))
                .forEach(
                        form -> {
                            if (form.all().noneMatch(it -> it.attribute("name").equals("token"))) {
                                wrong.add("has no token: " + form);
                            }
                        });
        return wrong;
    }

    /// The first thing that the keyboard comes to leads past the rest.
    private static void skipLink(Html page, List<String> wrong) {
        var first = page.list("a").getFirst();
        var target = first.attribute("href").replaceFirst("^#", "");
        if (!first.attribute("href").startsWith("#") || page.find(target).isEmpty()) {
            wrong.add("cannot be skipped to its content: " + first);
        }
    }

    private static void controls(Html page, List<String> wrong) {
        var labelled =
                page.list("label").stream()
                        .filter(it -> !it.text().isEmpty())
                        .map(it -> it.attribute("for"))
                        .collect(Collectors.toSet());
        page.all()
                .filter(it -> Set.of("input", "select", "textarea").contains(it.name))
                .filter(it -> !Set.of("hidden", "submit").contains(it.attribute("type")))
                .filter(it -> !it.isIn("label"))
                .filter(it -> !it.has("aria-label") && !it.has("aria-labelledby"))
                .filter(it -> !labelled.contains(it.attribute("id")))
                .forEach(it -> wrong.add("has no label: " + it));
        page.all()
                .filter(it -> Set.of("button", "a", "summary", "legend").contains(it.name))
                .filter(it -> it.text().isEmpty() && !it.has("aria-label"))
                .forEach(it -> wrong.add("has no words: " + it));
        page.list("input", it -> it.attribute("type").equals("radio")).stream()
                .filter(it -> !it.isIn("fieldset"))
                .forEach(it -> wrong.add("is a choice without a question: " + it));
        page.list("a", it -> it.has("href") && it.attribute("href").isEmpty())
                .forEach(it -> wrong.add("leads nowhere: " + it));
    }

    private static void references(Html page, List<String> wrong) {
        var ids = new HashSet<String>();
        page.all()
                .map(it -> it.attribute("id"))
                .filter(it -> !it.isEmpty())
                .forEach(
                        it -> {
                            if (!ids.add(it)) {
                                wrong.add("has twice: " + it);
                            }
                        });
        var described = new LinkedHashSet<String>();
        Stream.of("aria-describedby", "aria-labelledby", "for", "list", "aria-controls")
                .forEach(
                        attribute ->
                                page.all()
                                        .flatMap(
                                                it ->
                                                        Arrays.stream(
                                                                it.attribute(attribute)
                                                                        .split("\\s+")))
                                        .filter(it -> !it.isEmpty())
                                        .forEach(described::add));
        described.stream()
                .filter(it -> !ids.contains(it))
                .forEach(it -> wrong.add("names what is not there: " + it));
        page.list("p", it -> it.attribute("class").equals("error")).stream()
                .filter(it -> !described.contains(it.attribute("id")))
                .forEach(it -> wrong.add("says what is wrong with nothing: " + it));
        page.list("p", it -> it.attribute("class").equals("hint") && it.has("id")).stream()
                .filter(it -> !described.contains(it.attribute("id")))
                .forEach(it -> wrong.add("hints at nothing: " + it));
    }

    @Test
    void whereTheKeyboardIsIsAlwaysSeen() throws java.io.IOException {
        for (var sheet : List.of("page.css", "staff.css")) {
            try (var in =
                    org.waymark.node.page.Page.class.getResourceAsStream("/styles/" + sheet)) {
                var css = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                // The link that skips brings it to the content; the points of the map change
                // themselves.
                css = css.replaceAll("(main:focus|\\.sketch a:focus-visible) \\{[^}]*}", "");
                assertThat(css).as(sheet).doesNotContainPattern("outline(-width)?:\\s*(none|0)");
                if (sheet.equals("page.css")) {
                    assertThat(css).contains(":focus-visible");
                }
            }
        }
    }
}
