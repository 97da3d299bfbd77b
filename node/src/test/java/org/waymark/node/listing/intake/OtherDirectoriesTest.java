// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.SharedFolder;
import org.waymark.node.work.Progress;

/// Two real directories that are no HSDS come in through mappings that are shipped.
@SuppressWarnings("NullAway.Init") // set before each
class OtherDirectoriesTest {

    private Path data;
    private Desk desk;

    @BeforeEach
    void open() {
        var shared = SharedFolder.find();
        assumeTrue(shared.isPresent(), "Skipped: no folder `shared` beside the checkout");
        data = shared.get().resolve("data");
        desk = new Desk(Databases.inMemory());
    }

    @AfterEach
    void close() {
        if (desk != null) {
            desk.close();
        }
    }

    private ImportReport run(String folder, String mapping) {
        return new MappedImport(desk.intake, Desk.ZONE)
                .records(
                        desk.amal,
                        desk.publisher,
                        data.resolve(folder),
                        MappedImport.shipped(mapping).orElseThrow(),
                        false,
                        Progress.SILENT);
    }

    private List<Listing> all() {
        List<UUID> ids =
                desk.database.read(tx -> tx.list("SELECT id FROM listing", row -> row.uuid("id")));
        return ids.stream()
                .map(id -> desk.listings.find(desk.amal, new ListingId(id)).orElseThrow())
                .toList();
    }

    private static List<String> examples(ImportReport report, Problem problem) {
        return report.problems().stream()
                .filter(line -> line.problem() == problem)
                .flatMap(line -> line.examples().stream())
                .toList();
    }

    private static Map<Problem, Integer> problems(ImportReport report) {
        return report.problems().stream()
                .collect(Collectors.toMap(ImportReport.Line::problem, ImportReport.Line::count));
    }

    @Test
    void jordanIsOneListingWithTwoLanguagesForEachOfTheIds() {
        var report = run("jordan-services-en-ar", "services-advisor");

        var listings = all();
        assertThat(listings).hasSize(561);
        assertThat(problems(report)).containsEntry(Problem.REPEATED_RECORD, 13);
        assertThat(listings)
                .allMatch(it -> it.name().byLanguage().containsKey("en"))
                .filteredOn(it -> it.howToGetIn().byLanguage().containsKey("ar"))
                .hasSizeGreaterThan(450);
        assertThat(listings).filteredOn(it -> it.access() == Access.WALK_IN).hasSize(76);
        assertThat(listings)
                .filteredOn(it -> it.referralPolicy() == ReferralPolicy.NOT_TAKEN)
                .hasSize(90)
                .noneMatch(Listing::takesReferrals);
        assertThat(listings).filteredOn(it -> it.topics().isEmpty()).isEmpty();
        assertThat(examples(report, Problem.COLUMN_NOT_USED)).isEmpty();
        assertThat(examples(report, Problem.VALUE_NOT_KNOWN)).isEmpty();
        assertThat(run("jordan-services-en-ar", "services-advisor").changes()).isZero();
    }

    @Test
    void polandHasFourLanguagesAndSwappedTextsArePutRight() {
        var report = run("poland-ifr-4lang/spots.json", "info-for-refugees");

        var listings = all();
        assertThat(listings).hasSize(66);
        assertThat(listings)
                .filteredOn(
                        it ->
                                it.name()
                                        .byLanguage()
                                        .keySet()
                                        .containsAll(List.of("en", "pl", "uk", "ru")))
                .isNotEmpty();
        assertThat(problems(report))
                .containsEntry(Problem.TEXTS_SWAPPED, 2)
                .containsKey(Problem.TEXT_IN_OTHER_LANGUAGE);
        assertThat(examples(report, Problem.COLUMN_NOT_USED)).isEmpty();
        assertThat(examples(report, Problem.VALUE_NOT_KNOWN)).isEmpty();
        assertThat(run("poland-ifr-4lang/spots.json", "info-for-refugees").changes()).isZero();
    }
}
