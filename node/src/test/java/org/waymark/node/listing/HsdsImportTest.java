// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.account.Access.Denied;
import org.waymark.node.account.Role;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

@ParameterizedClass
@MethodSource("databases")
@SuppressWarnings("NullAway.Init") // the fields are set before each round
class HsdsImportTest {

    @Parameter Database database;
    private static Desk desk;
    private static ImportReport report;

    @TempDir Path temporary;

    static List<Database> databases() {
        return Databases.all();
    }

    @BeforeParameterizedClassInvocation
    static void open(Database database) {
        desk = new Desk(database);
        report = run(lindmar(), false, Progress.SILENT);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        desk.close();
    }

    private static Path lindmar() {
        try {
            var readme = HsdsImportTest.class.getResource("/hsds/lindmar-1.1/README.md");
            return Objects.requireNonNull(
                    Path.of(Objects.requireNonNull(readme).toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ImportReport run(Path path, boolean dryRun, Progress progress) {
        return run(desk, path, dryRun, progress);
    }

    private static ImportReport run(Desk at, Path path, boolean dryRun, Progress progress) {
        return at.hsdsImport.run(Acting.node(at.publisher), path, options(at, dryRun), progress);
    }

    private static HsdsImport.Options options(Desk at, boolean dryRun) {
        return new HsdsImport.Options(
                at.publisher,
                Optional.of("US"),
                Desk.ZONE,
                "en",
                Optional.of(lindmar().resolve("topics.csv")),
                dryRun);
    }

    private static ListingId id(String foreign) {
        return new ListingId(NameUuid.of(desk.publisher.value(), "service_id", foreign));
    }

    private static Listing listing(String foreign) {
        return desk.listings.find(desk.amal, id(foreign)).orElseThrow();
    }

    @Test
    void everyRowIsImportedOrReported() {
        report.check();
        assertThat(report.rows("data/services.csv")).isEqualTo(11);
        assertThat(report.importedRows("data/services.csv")).isEqualTo(10);
        assertThat(report.rows("data/holidays_of_the_mayor.csv")).isEqualTo(1);
        assertThat(report.reportedRows("data/holidays_of_the_mayor.csv")).isEqualTo(1);
        assertThat(report.services()).isEqualTo(10);
    }

    @Test
    void aCompleteServiceComesOutWhole() {
        var listing = listing("10");

        assertThat(listing.name()).isEqualTo(Text.of("en", "Letters and forms"));
        assertThat(listing.description()).isEqualTo(Text.of("en", "We read letters with you."));
        assertThat(listing.provider().name()).isEqualTo("Harbour Advice");
        assertThat(listing.access()).isEqualTo(Access.WALK_IN);
        assertThat(listing.cost()).isEqualTo(Text.of("en", "Free"));
        assertThat(listing.eligibility()).isEqualTo(Text.of("en", "Everyone"));
        assertThat(listing.topics()).containsExactlyInAnyOrder(Topic.PAPERS, Topic.LANGUAGE);
        assertThat(listing.email()).contains("office@harbour.example");
        assertThat(listing.website().orElseThrow()).hasToString("https://harbour.example/letters");
        assertThat(listing.zone()).isEqualTo(Desk.ZONE);
        assertThat(listing.checked().how()).isEqualTo(Checked.How.NOT_CHECKED);
        assertThat(listing.checked().sourceYear()).isEqualTo(OptionalInt.of(2024));
        assertThat(listing.review()).isEqualTo(Review.none());
        var spot = listing.spots().getFirst();
        assertThat(spot.street()).containsExactly("1 Quay Street");
        assertThat(spot.country()).isEqualTo("US");
        assertThat(spot.point()).contains(new Spot.Point(48.5, 9.25));
        assertThat(spot.accessibility()).containsExactly("Step-free");
    }

    @Test
    void weekdayRowsBecomeOneRuleAndWhatIsNoTimeStaysText() {
        assertThat(listing("10").schedules())
                .extracting(Schedule::days, Schedule::opensAt, Schedule::closesAt)
                .containsExactly(
                        tuple(
                                Set.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY),
                                Optional.of(LocalTime.of(9, 0)),
                                Optional.of(LocalTime.of(12, 30))),
                        tuple(Set.of(DayOfWeek.FRIDAY), Optional.empty(), Optional.empty()));
        assertThat(listing("10").schedules().getLast().note()).isEqualTo("When the bell rings");
        assertThat(report.found(Problem.TIME_NOT_UNDERSTOOD)).isEqualTo(1);
        assertThat(report.found(Problem.DUPLICATE_ROW)).isEqualTo(1);
    }

    @Test
    void languagesGetTagsAndKeepTheirWords() {
        assertThat(listing("10").languages())
                .containsExactly(
                        new SpokenLanguage(Optional.of("en"), "English"),
                        new SpokenLanguage(Optional.of("en"), "English"),
                        new SpokenLanguage(Optional.of("ar"), "Arabic"),
                        new SpokenLanguage(Optional.empty(), "whatever you speak"));
        assertThat(listing("11").languages())
                .containsExactly(new SpokenLanguage(Optional.of("ht"), "Creole (limited)"));
        assertThat(report.found(Problem.LANGUAGE_NOT_UNDERSTOOD)).isEqualTo(1);
        assertThat(report.found(Problem.SEVERAL_LANGUAGES)).isEqualTo(1);
    }

    @Test
    void officeLinesAreShownAndMobilesAndPeopleAreNot() {
        assertThat(listing("10").phones())
                .extracting(Phone::number)
                .containsExactly("+1-305-555-0100");
        assertThat(listing("11").phones())
                .containsExactly(new Phone("305-555-0101", "12", "", List.of()));
        assertThat(report.found(Problem.MOBILE)).isEqualTo(1);
        assertThat(report.found(Problem.PERSONAL_NAME)).isEqualTo(2);
        assertThat(report.found(Problem.PERSONAL_NUMBER)).isEqualTo(2);
        assertThat(everythingPublished())
                .doesNotContain("Nemo")
                .doesNotContain("nadia@")
                .doesNotContain("anna.b@")
                .doesNotContain("jane.doe@")
                .doesNotContain("555-0102")
                .doesNotContain("555-0104")
                .doesNotContain("555-0106")
                .contains("Reception")
                .contains("555-0105");
    }

    private static String everythingPublished() {
        return documents("listing");
    }

    private static String everythingStored() {
        return documents("aggregate");
    }

    private static String documents(String table) {
        return desk.database.read(
                tx ->
                        String.join(
                                "\n",
                                tx.list(
                                        "SELECT document FROM " + table,
                                        row -> row.text("document"))));
    }

    @Test
    void whatIsMissingOrMisplacedIsReportedWithItsNeighbourImported() {
        assertThat(report.found(Problem.NAME_MISSING)).isEqualTo(2);
        assertThat(report.found(Problem.ATTACHES_TO_NOTHING)).isEqualTo(1);
        assertThat(report.examples(Problem.ATTACHES_TO_NOTHING).getFirst())
                .contains("Nobody knows whose");
        assertThat(report.found(Problem.OWNER_NOT_IN_PACKAGE)).isEqualTo(2);
        assertThat(report.found(Problem.REFERENCE_NOT_IN_PACKAGE)).isEqualTo(1);
        assertThat(report.found(Problem.REPEATED_ID)).isEqualTo(2);
        assertThat(report.found(Problem.UNKNOWN_COLUMN)).isEqualTo(2);
        assertThat(report.found(Problem.URL_UNUSABLE)).isEqualTo(1);
        assertThat(report.found(Problem.COORDINATE_UNUSABLE)).isEqualTo(2);
        assertThat(report.found(Problem.NUMBER_UNUSABLE)).isEqualTo(1);
        assertThat(report.found(Problem.COUNTRY_MISSING)).isEqualTo(2);
        assertThat(report.found(Problem.TOPIC_UNKNOWN)).isEqualTo(1);
        assertThat(report.found(Problem.MARKER)).isEqualTo(1);
        assertThat(listing("11").website()).isEmpty();
        assertThat(listing("19").spots()).isEmpty();
        assertThat(listing("16").status()).isEqualTo(Status.INACTIVE);
        // Kept, and shown to nobody: nobody knows what it says.
        assertThat(everythingStored()).contains("\"colour\":\"blue\"");
        assertThat(everythingPublished()).doesNotContain("\"colour\"");
    }

    @Test
    void aServiceWithoutItsOrganisationGetsAPlaceholder() {
        assertThat(listing("14").provider().name()).isEqualTo("Mill Centre");
        assertThat(report.found(Problem.ORGANIZATION_NOT_IN_PACKAGE)).isEqualTo(1);
        assertThat(report.examples(Problem.ORGANIZATION_NOT_IN_PACKAGE).getFirst())
                .contains("14", "77");
    }

    @Test
    void policeSheltersAndStaffRemarksWaitForAPerson() {
        var border = listing("12");
        var shelter = listing("13");
        var remark = listing("18");

        assertThat(border.kind()).isEqualTo(Kind.ENFORCEMENT);
        assertThat(shelter.place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(shelter.reach()).isEqualTo(Reach.SITE);
        assertThat(shelter.spots()).isEmpty();
        assertThat(shelter.phones()).hasSize(1);
        assertThat(shelter.review().reasons()).contains(Review.Reason.VIOLENCE);
        assertThat(remark.review().reasons()).containsExactly(Review.Reason.STAFF_REMARK);
        assertThat(desk.listings.reviewQueue(desk.amal))
                .extracting(Listing::id)
                .contains(border.id(), shelter.id(), remark.id())
                .doesNotContain(id("10"), id("19"));
        assertThat(listing("19").kind()).isEqualTo(Kind.PUBLIC_OFFICE);
        assertThat(listing("19").warnsOfReporting()).isTrue();
        assertThat(report.held()).isEqualTo(3);
        for (var way : Way.values()) {
            assertThat(desk.listings.list(way, List.of(border.id(), shelter.id(), remark.id())))
                    .as(way.name())
                    .isEmpty();
        }
    }

    @Test
    void aSecondImportChangesNothing() {
        var before = versions();

        var again = run(lindmar(), false, Progress.SILENT);

        assertThat(again.changes()).isZero();
        assertThat(versions()).isEqualTo(before);
    }

    private static Map<String, String> versions() {
        return desk.database.read(
                tx -> {
                    var all = new TreeMap<String, String>();
                    tx.list(
                                    "SELECT id, version, hash, change_number FROM listing",
                                    row ->
                                            Map.entry(
                                                    row.text("id"),
                                                    row.number("version")
                                                            + row.text("hash")
                                                            + row.number("change_number")))
                            .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
                    return all;
                });
    }

    @Test
    void aDryRunWritesNothingAndReportsTheSame() {
        try (var fresh = new Desk(Databases.inMemory())) {
            var preview = run(fresh, lindmar(), true, Progress.SILENT);

            assertThat(fresh.listings.changesAfter(0, 10)).isEmpty();
            assertThat(preview.held()).isEqualTo(report.held());
            assertThat(preview.json().path("problems").size())
                    .isEqualTo(report.json().path("problems").size());
        }
    }

    @Test
    void anImportKilledInTheMiddleAndRunAgainGivesTheSameDirectory() throws IOException {
        var large = copyOfLindmar();
        addTo(large, "services.csv", i -> "5%02d,1,,Course %d,,,,,active,,,,,,,".formatted(i, i));
        addTo(large, "services_at_location.csv", i -> "5%02d,5%02d,1,".formatted(i, i));
        try (var whole = new Desk(Databases.inMemory())) {
            var steps = new ArrayList<Long>();
            run(whole, large, false, (what, done, _) -> note(steps, what, done));
            assertThat(steps).as("batches").hasSizeGreaterThan(3);
            for (int last = 1; last < steps.size(); last++) {
                try (var killed = new Desk(Databases.inMemory())) {
                    var most = last;
                    var written = new ArrayList<Long>();
                    Progress kill =
                            (what, done, _) -> {
                                note(written, what, done);
                                if (written.size() == most) {
                                    throw new IllegalStateException("killed");
                                }
                            };
                    assertThatThrownBy(() -> run(killed, large, false, kill)).hasMessage("killed");
                    assertThat(directory(killed)).as("killed at " + last).isNotEmpty();
                    assertThat(directory(killed)).isNotEqualTo(directory(whole));

                    run(killed, large, false, Progress.SILENT);

                    assertThat(directory(killed))
                            .as("killed at " + last)
                            .isEqualTo(directory(whole));
                }
            }
        }
    }

    private static void note(List<Long> steps, String what, long done) {
        if (what.equals("Writing")) {
            steps.add(done);
        }
    }

    private static void addTo(Path copy, String file, IntFunction<String> row) throws IOException {
        var path = copy.resolve("data").resolve(file);
        var rows = IntStream.range(0, 50).mapToObj(row).collect(Collectors.joining("\n"));
        Files.writeString(path, Files.readString(path).stripTrailing() + "\n" + rows + "\n");
    }

    /// All listings as they are published and ruled on, and what they share; without ids, which are
    /// others at each desk.
    private static List<String> directory(Desk at) {
        return at.database.read(
                tx -> {
                    var all =
                            new ArrayList<>(
                                    tx.list(
                                            "SELECT document, kind, reach, place, review"
                                                    + " FROM listing",
                                            row ->
                                                    String.join(
                                                            " ",
                                                            row.text("kind"),
                                                            row.text("reach"),
                                                            row.text("place"),
                                                            row.text("review"),
                                                            row.text("document"))));
                    all.addAll(
                            tx.list("SELECT document FROM aggregate", row -> row.text("document")));
                    all.add(
                            "uses "
                                    + tx.list("SELECT part_id FROM aggregate_use", row -> 1)
                                            .size());
                    return all.stream()
                            .map(
                                    it ->
                                            it.replaceAll(
                                                    "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}",
                                                    "-"))
                            .sorted()
                            .toList();
                });
    }

    @Test
    void whatAPersonDecidedStaysAfterTheNextImport() throws IOException {
        try (var at = new Desk(Databases.inMemory())) {
            run(at, lindmar(), false, Progress.SILENT);
            var town = new ListingId(NameUuid.of(at.publisher.value(), "service_id", "18"));
            var bread = new ListingId(NameUuid.of(at.publisher.value(), "service_id", "14"));
            at.listings.dismiss(at.amal, town);
            at.listings.dismiss(at.boris, town);
            at.listings.close(at.amal, bread);

            var again = run(at, lindmar(), false, Progress.SILENT);

            assertThat(again.changes()).isZero();
            assertThat(again.found(Problem.CLOSED_HERE)).isEqualTo(1);
            assertThat(at.listings.visit(town)).isInstanceOf(Listings.Visit.Shown.class);
            assertThat(at.listings.visit(bread)).isInstanceOf(Listings.Visit.Closed.class);

            var changed = copyOfLindmar();
            replaceIn(changed, "services.csv", "DO NOT GIVE OUT the", "For rape victims, the");
            run(at, changed, false, Progress.SILENT);
            assertThat(at.listings.find(at.amal, town).orElseThrow().review().state())
                    .isEqualTo(Review.State.WAITING);
        }
    }

    @Test
    void aChangedOrganisationGivesItsServicesANewVersionAndNoOthers() throws IOException {
        try (var at = new Desk(Databases.inMemory())) {
            run(at, lindmar(), false, Progress.SILENT);
            var last = at.listings.changesAfter(0, 1000).getLast().number();
            var changed = copyOfLindmar();
            replaceIn(changed, "organizations.csv", "City of Lindmar", "Town of Lindmar");

            run(at, changed, false, Progress.SILENT);

            assertThat(at.listings.changesAfter(last, 1000)).hasSize(2);
        }
    }

    private Path copyOfLindmar() throws IOException {
        var copy = temporary.resolve("copy");
        Files.createDirectories(copy.resolve("data"));
        try (var files = Files.walk(lindmar())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(lindmar().relativize(file).toString()));
            }
        }
        return copy;
    }

    private static void replaceIn(Path copy, String file, String from, String to)
            throws IOException {
        var path = copy.resolve("data").resolve(file);
        Files.writeString(path, Files.readString(path).replace(from, to));
    }

    @Test
    void aZipIsReadLikeAFolder() throws IOException {
        var zip = temporary.resolve("lindmar.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var files = Files.walk(lindmar())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(lindmar().relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }

        assertThat(run(zip, false, Progress.SILENT).changes()).isZero();
    }

    @Test
    void whatIsNoPackageIsRefusedAndTheDirectoryStaysAsItWas() throws IOException {
        var empty = Files.createDirectory(temporary.resolve("empty"));
        var later = Files.createDirectory(temporary.resolve("later"));
        Files.writeString(later.resolve("services.csv"), "id,name\n1,A\n");
        Files.writeString(later.resolve("addresses.csv"), "id\n");
        var json = Files.writeString(temporary.resolve("services.json"), "{}");

        checkRefused(temporary.resolve("nothing"), "package-not-found");
        checkRefused(empty, "package-without-services");
        checkRefused(later, "package-version-not-supported");
        checkRefused(json, "package-not-supported");
    }

    private static void checkRefused(Path path, String code) {
        assertThatThrownBy(() -> run(path, false, Progress.SILENT))
                .isInstanceOfSatisfying(
                        UnusablePackageException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aVolunteerMayNotImport() {
        var volunteer = desk.staff.acting(desk.publisher, Role.VOLUNTEER);

        assertThatThrownBy(
                        () ->
                                desk.hsdsImport.run(
                                        volunteer, lindmar(), options(desk, true), Progress.SILENT))
                .isInstanceOf(Denied.class);
    }
}
