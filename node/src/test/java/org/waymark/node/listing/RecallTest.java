// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// What was called back stays called back, also when an older copy of the data is put in its place,
/// before anybody was asked anything.
class RecallTest {

    private static final String STREET = "Harbour Street 5";

    private static TwoNodes nodes;
    private static TestNode shelter;

    @TempDir Path backup;

    @BeforeAll
    static void open() {
        nodes = TwoNodes.peered();
        shelter = nodes.shelter;
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Test
    @Tag("attack:backup-restored")
    void afterARestoreAStrangerFindsNothingOfWhatWasCalledBackInTheLostTime() {
        var kept = add("Legal advice");
        var closed = add("Sewing room");
        var site = add("Quiet house");
        var staff = add("Night house");
        var phone = add("Tea table");
        var area = add("Open kitchen");
        var held = add("Old barracks");
        nodes.settle();
        backUp(shelter);

        var listings = shelter.domains().listings();
        listings.close(shelter.acting(), closed.id());
        narrow(site, Reach.SITE, Place.EXACT);
        narrow(staff, Reach.STAFF, Place.EXACT);
        narrow(phone, Reach.PUBLIC, Place.PHONE_ONLY);
        narrow(area, Reach.PUBLIC, Place.AREA);
        listings.hold(shelter.acting(), held.id());
        nodes.settle();
        var allowed = crawl();
        restore(shelter);

        // Before any worker ran and any partner was asked:
        assertThat(crawl()).isEqualTo(allowed);
        checkSeen("Legal advice", true);
        for (var gone : List.of("Sewing room", "Night house", "Old barracks")) {
            checkSeen(gone, false);
        }
        assertThat(get("/hsds/services")).doesNotContain("Quiet house");
        assertThat(get("/en/s/" + site.id())).contains("Quiet house");
        assertThat(machine("/s/" + site.id())).doesNotContain("Quiet house");
        assertThat(get("/en/s/" + site.id())).contains(STREET);
        for (var one : List.of(phone, area)) {
            assertThat(get("/en/s/" + one.id())).doesNotContain(STREET);
            assertThat(machine("/s/" + one.id())).doesNotContain(STREET);
            assertThat(get("/hsds/services/" + one.id())).doesNotContain(STREET);
        }

        // and nothing goes on to partners when they run.
        nodes.settle();
        nodes.clock.advance(Duration.ofDays(1));
        nodes.settle();
        for (var gone : List.of("Sewing room", "Night house", "Old barracks")) {
            checkSeen(gone, false);
        }
        assertThat(copies(nodes.clinic)).contains("legal advice").doesNotContain("night house");
    }

    @Test
    void whatBecameWiderBeforeTheBackupStaysSo() {
        var amal = editor("ana");
        var boris = editor("ben");
        var listing = add("Choir");
        narrow(listing, Reach.SITE, Place.PHONE_ONLY);
        var listings = shelter.domains().listings();
        listings.publish(amal, listing.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        listings.publish(boris, listing.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        nodes.settle();
        backUp(shelter);
        nodes.clock.advance(Duration.ofDays(1));
        restore(shelter);

        assertThat(get("/en/s/" + listing.id())).contains(STREET);

        shelter.stop();
        shelter.startAgain();
        assertThat(get("/en/s/" + listing.id())).contains(STREET);
    }

    @Test
    void aCopyOfLessThanAnHourAgoIsNoExceptionAndTheNextStartChangesNothing() throws Exception {
        var amal = editor("amal");
        var boris = editor("boris");
        var listing = add("Swimming");
        nodes.settle();
        backUp(shelter);
        var mark = shelter.settings().keysDirectory().resolve("database-mark");
        var unmoved = Files.readAllBytes(mark);
        narrow(listing, Reach.STAFF, Place.PHONE_ONLY);
        shelter.stop();
        Files.write(mark, unmoved);
        putBack(shelter);

        checkSeen("Swimming", false);

        // Two people may show it again, and a restart does not undo them.
        var listings = shelter.domains().listings();
        listings.publish(amal, listing.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        listings.publish(boris, listing.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        shelter.stop();
        shelter.startAgain();
        assertThat(get("/en/s/" + listing.id())).contains("Swimming", STREET);
    }

    @Test
    void whatWasCalledBackBetweenTwoRestoresStaysSoAfterTheSecond(@TempDir Path later) {
        var listing = add("Cellar");
        backUp(shelter);
        for (int i = 0; i < 10; i++) {
            add("Course " + i);
        }
        backUp(shelter, later);
        restore(shelter);
        var now = shelter.domains().listings().find(shelter.acting(), listing.id()).orElseThrow();
        narrow(now, Reach.STAFF, Place.EXACT);
        shelter.stop();
        putBack(shelter, later);

        checkSeen("Cellar", false);

        shelter.stop();
        putBack(shelter, later);
        checkSeen("Cellar", false);
    }

    @Test
    void moreThanFitIntoOneTransactionAreAllCalledBack() {
        var many = new ArrayList<Listing>();
        for (int i = 0; i < Directory.SERVICES_AT_ONCE + 5; i++) {
            many.add(add("Hut " + i));
        }
        backUp(shelter);
        many.forEach(it -> narrow(it, Reach.STAFF, Place.EXACT));
        restore(shelter);

        for (var one : many) {
            assertThat(get("/en/s/" + one.id())).doesNotContain(one.name().base());
        }
    }

    @Test
    void afterHalfALineInTheLedgerTheNodeStartsAndTheNextLimitIsKept() throws Exception {
        var first = add("Barn");
        var second = add("Mill");
        backUp(shelter);
        narrow(first, Reach.STAFF, Place.EXACT);
        shelter.stop();
        Files.writeString(
                shelter.settings().keysDirectory().resolve("limit-ledger"),
                "\n5700 " + second.id() + " OPEN PUBL",
                StandardOpenOption.APPEND);
        shelter.startAgain();
        narrow(second, Reach.STAFF, Place.EXACT);
        restore(shelter);

        checkSeen("Barn", false);
        checkSeen("Mill", false);
    }

    @Test
    void aPlaceThatIsNotSaidAnyMoreIsNotSaidAgain() {
        var listing = add("Chess");
        backUp(shelter);
        var now = shelter.domains().listings().find(shelter.acting(), listing.id()).orElseThrow();
        shelter.domains()
                .listings()
                .replace(
                        shelter.acting(),
                        now.id(),
                        now.version(),
                        Draft.of(now).spots(List.of()).build());
        restore(shelter);

        assertThat(get("/en/s/" + listing.id())).contains("Chess").doesNotContain(STREET);
    }

    @Test
    void aPartnersListingThatItCalledBackIsNotShownAgainWhileThePartnerIsAway() {
        var called = add("Blue house");
        var kept = add("Green advice");
        nodes.settle();
        assertThat(shown(nodes.clinic)).contains("Blue house", "Green advice");
        backUp(nodes.clinic);
        narrow(called, Reach.SITE, Place.EXACT);
        narrow(kept, Reach.PUBLIC, Place.AREA);
        nodes.settle();
        assertThat(shown(nodes.clinic)).contains("Green advice");
        shelter.stop();
        restore(nodes.clinic);

        assertThat(shown(nodes.clinic)).doesNotContain("Blue house", "Green advice");

        // When the partner is back, what it shows still is shown here again.
        shelter.startAgain();
        for (int i = 0; i < 3; i++) {
            nodes.clock.advance(Duration.ofHours(9));
            nodes.settle();
        }
        assertThat(shown(nodes.clinic)).contains("Green advice").doesNotContain("Blue house");
    }

    private Acting editor(String name) {
        var account = shelter.person(name + "@shelter.example", Role.EDITOR, Role.MANAGER);
        return TestNode.acting(account, Purpose.DIRECTORY);
    }

    private Listing add(String name) {
        return shelter.domains()
                .listings()
                .add(
                        shelter.acting(),
                        Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.PAPERS))
                                .phones(List.of(Phone.of("+49 30 5550101")))
                                .spots(List.of(Spot.at(STREET, "10115", "Lindmar", "DE")))
                                .build());
    }

    private void narrow(Listing listing, Reach reach, Place place) {
        var outcome =
                shelter.domains()
                        .listings()
                        .replace(
                                shelter.acting(),
                                listing.id(),
                                listing.version(),
                                shelter.domains()
                                        .listings()
                                        .edit(shelter.acting(), listing.id())
                                        .orElseThrow()
                                        .reach(reach)
                                        .place(place)
                                        .build());
        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    }

    /// Every address at which a stranger, person or machine, could find a listing.
    private List<String> crawl() {
        var found = new ArrayList<String>();
        shelter.domains().listingIndex().catchUp();
        for (var listing : shelter.database().read(tx -> ListingTable.listOwn(tx, "", 100))) {
            found.add(get("/en/s/" + listing.id()));
            found.add(versionless(machine("/s/" + listing.id())));
            found.add(versionless(get("/hsds/services/" + listing.id())));
        }
        found.add(get("/en/t/papers"));
        found.add(versionless(get("/hsds/services")));
        found.add(get("/hsds/service_at_locations"));
        found.add(get("/en/o/" + shelter.organization().id()));
        return found.stream().map(RecallTest::versionless).toList();
    }

    private void checkSeen(String name, boolean seen) {
        // Who knows the address of a closed one may read there that it has closed.
        var hits =
                crawl().stream()
                        .filter(it -> it.contains(name))
                        .filter(it -> !it.contains("This service has closed"))
                        .toList();
        if (seen) {
            assertThat(hits).isNotEmpty();
        } else {
            assertThat(hits).isEmpty();
        }
    }

    /// Each listing has a newer version after a restore.
    private static String versionless(String text) {
        return text.replaceAll("\"(waymark:version|version)\":\\d+", "")
                .replaceAll("\"(updated|created|proofValue|last_modified)\":\"[^\"]+\"", "");
    }

    private String get(String path) {
        return get(path, "*/*");
    }

    private String machine(String path) {
        return get(path, "application/activity+json");
    }

    private String get(String path, String accept) {
        try {
            var request =
                    HttpRequest.newBuilder(shelter.url().resolve(URI.create(path)))
                            .header("Accept", accept)
                            .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> shown(TestNode node) {
        node.domains().listingIndex().catchUp();
        var query = new ListingQuery("", Optional.of(Topic.PAPERS), Optional.empty(), 0);
        return node.domains().listingIndex().search(query).listings().stream()
                .map(it -> it.name().base())
                .toList();
    }

    private List<String> copies(TestNode node) {
        return node.database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT folded_name FROM listing WHERE actor = ?"
                                                + " AND folded_name <> ''",
                                        row -> row.text("folded_name"),
                                        shelter.organizationActor()));
    }

    private void backUp(TestNode node) {
        backUp(node, backup);
    }

    private static void backUp(TestNode node, Path to) {
        node.stop();
        copy(node.settings().data(), to);
        node.startAgain();
    }

    private void restore(TestNode node) {
        node.stop();
        putBack(node);
    }

    private void putBack(TestNode node) {
        putBack(node, backup);
    }

    private static void putBack(TestNode node, Path from) {
        delete(node.settings().data());
        copy(from, node.settings().data());
        node.startAgain();
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
