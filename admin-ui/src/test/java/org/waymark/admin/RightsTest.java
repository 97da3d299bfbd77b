// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// Every staff route of the directory, found by reading the classes, against people who may not
/// change a listing: those of another organisation, and volunteers of the own.
class RightsTest {

    private static final String STREET = "7 Markerstreet";
    // What there is of a directory, one line a row.
    private static final List<String> ROWS =
            List.of(
                    "SELECT id, hash AS what FROM aggregate",
                    "SELECT id, hash AS what FROM listing",
                    "SELECT id, review AS what FROM listing",
                    "SELECT id, reach AS what FROM listing",
                    "SELECT id, place AS what FROM listing");

    private TestNode node;
    private Listing listing;
    private UUID place;
    private OrganizationId clinic;

    @BeforeEach
    void aListingIsThere() {
        node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.EDITOR);
        node.person("vera@shelter.example", Role.VOLUNTEER);
        var organizations = node.domains().organizations();
        organizations.add(Acting.node(), "Clinic", "clinic", Optional.empty(), List.of("en"));
        clinic = organizations.findBySlug("clinic").orElseThrow().id();
        node.person("carl@clinic.example", clinic, Role.EDITOR, Role.MANAGER);
        var listings = node.domains().listings();
        listing =
                listings.add(
                        node.acting(),
                        Draft.named(Text.of("en", "Harbour kitchen"))
                                .description(Text.of("en", "Warm food."))
                                .place(Place.PHONE_ONLY)
                                .spots(List.of(Spot.at(STREET, "", "Lindmar", "XX")))
                                .build());
        place =
                listings.edit(node.acting(), listing.id())
                        .orElseThrow()
                        .build()
                        .spots()
                        .getFirst()
                        .id();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anEditorOfAnotherOrganisationNeitherSeesNorChangesIt() {
        checkNeitherSeesNorChanges(Browser.signedIn(node, "carl@clinic.example", "en"));
    }

    @Test
    void aVolunteerOnlyDrafts() {
        checkOnlyDrafts(Browser.signedIn(node, "vera@shelter.example", "en"));
    }

    /// Who drafts for one organisation and edits for another has in each only what that one gave.
    @Test
    void whatOneIsForAnotherOrganisationCountsThereOnly() {
        node.person("dora@shelter.example", Role.VOLUNTEER);
        node.person("dora@shelter.example", clinic, Role.EDITOR, Role.MANAGER);
        var theirs =
                node.domains()
                        .listings()
                        .add(
                                Acting.node(clinic),
                                Draft.named(Text.of("en", "Walk-in clinic")).build());
        var dora = Browser.signedIn(node, "dora@shelter.example", "en");

        choose(dora, node.organization().id());
        checkOnlyDrafts(dora);
        var before = versionOf(theirs);
        confirm(dora, theirs);
        assertThat(versionOf(theirs)).isEqualTo(before);

        choose(dora, clinic);
        checkNeitherSeesNorChanges(dora);
        before = versionOf(theirs);
        confirm(dora, theirs);
        assertThat(versionOf(theirs)).isGreaterThan(before);
    }

    private static void choose(Browser browser, OrganizationId organization) {
        browser.get("/admin/");
        browser.post("/admin/organization", "organization", organization.toString());
    }

    private void confirm(Browser browser, Listing which) {
        browser.get("/admin/");
        browser.post("/admin/listings/" + which.id() + "/confirm", "how", "phone");
    }

    private long versionOf(Listing which) {
        return node.domains()
                .listings()
                .find(Acting.node(clinic), which.id())
                .orElseThrow()
                .version();
    }

    private void checkNeitherSeesNorChanges(Browser stranger) {
        checkDoesNotSee(stranger);
        var before = rows();
        for (var route : routes(POST.class)) {
            for (var address : addresses(route)) {
                press(stranger, address);
                // They may add listings and terms of their own.
                assertThat(rows()).as(address).containsAllEntriesOf(before);
            }
        }
    }

    private void checkOnlyDrafts(Browser volunteer) {
        checkDoesNotSee(volunteer);
        var before = rows();
        for (var route : routes(POST.class)) {
            for (var address : addresses(route)) {
                press(volunteer, address);
                assertThat(rows()).as(address).isEqualTo(before);
            }
        }
    }

    private void checkDoesNotSee(Browser browser) {
        for (var route : routes(GET.class)) {
            for (var address : addresses(route)) {
                assertThat(browser.get(address).body()).as(address).doesNotContain(STREET);
            }
        }
    }

    /// Without it, forms that nobody takes would prove nothing.
    @Test
    void theSameFormsChangeItForItsOwnEditor() {
        var amal = Browser.signedIn(node, "amal@shelter.example", "en");
        var changing = new ArrayList<String>();
        var before = rows();
        for (var route : routes(POST.class)) {
            for (var address : addresses(route)) {
                press(amal, address);
                if (!rows().equals(before)) {
                    changing.add(route);
                    before = rows();
                }
            }
        }

        assertThat(changing)
                .contains("/admin/listings/{id}", "/admin/listings/{id}/close")
                .contains("/admin/listings/{id}/confirm", "/admin/care/{id}/rules")
                .contains("/admin/translations/{id}/{language}");
    }

    private void press(Browser browser, String address) {
        var version =
                address.contains("/shared/")
                        ? node.domains()
                                .sharedParts()
                                .find(node.acting(), place)
                                .map(it -> it.version())
                                .orElse("")
                        : node.domains()
                                .listings()
                                .find(node.acting(), listing.id())
                                .map(it -> String.valueOf(it.version()))
                                .orElse("");
        browser.get("/admin/");
        browser.post(
                address,
                "name",
                "Changed",
                "name-en",
                "Changed",
                "description",
                "Changed",
                "city",
                "Changed",
                "street",
                "8 Changed Street",
                "spot",
                place.toString(),
                "place",
                "area",
                "reach",
                "public",
                "kind",
                "help",
                "access",
                "walk-in",
                "decision",
                "publish",
                "what",
                "phone",
                "how",
                "phone",
                "text",
                "Changed",
                "words",
                "Changed, words",
                "language",
                "en",
                "free",
                "yes",
                "months",
                "3",
                "address_1",
                "8 Changed Street",
                "mark-name",
                "",
                "version",
                version,
                "listing",
                listing.id().toString(),
                "pick",
                listing.id().toString(),
                "id",
                listing.id().toString());
    }

    private Map<String, String> rows() {
        var all = new TreeMap<String, String>();
        for (var query : ROWS) {
            List<String> found =
                    node.database()
                            .read(
                                    tx ->
                                            tx.list(
                                                    query,
                                                    row ->
                                                            row.text("id")
                                                                    + "\t"
                                                                    + row.text("what")));
            found.forEach(
                    it -> {
                        var cells = it.split("\t", 2);
                        all.put(query + cells[0], cells[1]);
                    });
        }
        return all;
    }

    /// A route with the listing where it takes an id, and with its place.
    private List<String> addresses(String route) {
        return Stream.of(listing.id().toString(), place.toString())
                .map(
                        id ->
                                route.replace("{language}", "ar")
                                        .replace("{number}", "1")
                                        .replace("{close}", id)
                                        .replace("{keep}", place.toString())
                                        .replaceAll("\\{[^}]*}", id))
                .distinct()
                .toList();
    }

    private List<String> routes(Class<? extends java.lang.annotation.Annotation> method) {
        var routes =
                new AdminSite()
                        .resources(node.domains()).stream()
                                .<Class<?>>map(Object::getClass)
                                .filter(it -> it.getPackageName().endsWith(".listing"))
                                .flatMap(
                                        type ->
                                                Arrays.stream(type.getMethods())
                                                        .filter(
                                                                it ->
                                                                        it.isAnnotationPresent(
                                                                                method))
                                                        .filter(RightsTest::takesForms)
                                                        .map(it -> path(type) + path(it)))
                                .distinct()
                                .sorted()
                                .toList();
        assertThat(routes).hasSizeGreaterThan(15);
        return routes;
    }

    private static boolean takesForms(java.lang.reflect.Method method) {
        var consumes = method.getAnnotation(Consumes.class);
        return consumes == null
                || Arrays.asList(consumes.value()).contains("application/x-www-form-urlencoded");
    }

    private static String path(java.lang.reflect.AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        if (path == null) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
