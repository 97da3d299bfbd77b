// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.evidence.Count;
import org.waymark.node.evidence.Measure;
import org.waymark.node.evidence.Period;
import org.waymark.node.evidence.Report;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.Travelling.Reason;
import org.waymark.node.referral.Travelling.Refusal;
import org.waymark.node.referral.Travelling.Told;
import org.waymark.node.referral.Travelling.ToldAnswer;

/// What happens to requests is counted on both sides, each thing once, and stays counted when the
/// requests are erased.
class CountingTest {

    private static Partnered two;
    private Period period;

    @BeforeAll
    static void partner() {
        two = new Partnered();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @BeforeEach
    void begin() {
        for (var node : List.of(two.nodes.shelter, two.nodes.clinic)) {
            node.database()
                    .run(
                            tx -> {
                                tx.update("DELETE FROM evidence_sealed");
                                tx.update("DELETE FROM evidence_given");
                            });
        }
        period = two.nodes.shelter.domains().evidence().lastYear();
    }

    @Test
    void bothSidesCountTheSame() {
        var helped = two.sent();
        two.nodes.clock.advance(Duration.ofMinutes(90));
        two.clinic.accept(two.carlo, two.clinicId(helped), Samples.come());
        two.settle();
        two.clinic.complete(two.carlo, two.clinicId(helped), Samples.helped(two.nodes.clock));
        var refused = two.sent();
        two.nodes.clock.advance(Duration.ofDays(40));
        decline(refused, Reason.CANNOT_INTERPRET);
        two.settle();

        for (var report : List.of(shelter(), clinic())) {
            assertThat(total(report, Measure.ASKED)).isEqualTo(2);
            assertThat(total(report, Measure.ANSWERED)).isEqualTo(2);
            assertThat(total(report, Measure.HELPED)).isEqualTo(1);
            assertThat(total(report, Measure.REACHED)).isEqualTo(people());
        }
        assertThat(clinic().inTime(Side.RECEIVER)).isEqualTo(1);
        assertThat(clinic().percentInTime(Side.RECEIVER)).hasValue(50);
        assertThat(clinic().medianHours(Side.RECEIVER)).hasValue(2);
        assertThat(clinic().by(Side.RECEIVER, Measure.REFUSED, Count::detail))
                .containsExactly(entry("cannot-interpret", 1L));
    }

    @Test
    void theReceiversOwnWordReplacesWhatTheyWereToldToHaveSaid() {
        var referral = two.sent();
        var told = new Told(ToldAnswer.YES, "Shift lead", two.nodes.clock.instant());
        two.shelter.recordTold(two.sara, referral, told);
        two.settle();
        assertThat(shelter().by(Side.SENDER, Measure.ANSWERED, Count::detail))
                .containsExactly(entry("yes", 1L));

        decline(referral, Reason.NO_PLACE);
        two.settle();

        assertThat(shelter().by(Side.SENDER, Measure.ANSWERED, Count::detail))
                .containsExactly(entry("no", 1L));
        assertThat(total(shelter(), Measure.ANSWERED)).isEqualTo(1);
        assertThat(shelter().by(Side.SENDER, Measure.REFUSED, Count::detail))
                .containsExactly(entry("no-place", 1L));
    }

    @Test
    void aNoToldAndThenSaidIsOneNoWithItsReason() {
        var referral = two.sent();
        var told = new Told(ToldAnswer.NO, "Shift lead", two.nodes.clock.instant());
        two.shelter.recordTold(two.sara, referral, told);
        two.settle();
        decline(referral, Reason.OUTSIDE_AREA);
        two.settle();

        assertThat(total(shelter(), Measure.ANSWERED)).isEqualTo(1);
        assertThat(shelter().by(Side.SENDER, Measure.REFUSED, Count::detail))
                .containsExactly(entry("outside-area", 1L));
    }

    @Test
    void whatIsTakenBackAsAMistakeWasNotAsked() {
        var referral = two.sent();
        two.shelter.delete(two.sara, referral);
        two.settle();

        assertThat(total(shelter(), Measure.ASKED)).isZero();
        assertThat(total(clinic(), Measure.ASKED)).isZero();
    }

    @Test
    void theCountsOutliveTheCasesAndLeadToNone() {
        // Its clock goes on by more than an agreement lasts.
        try (var old = new Partnered()) {
            var node = old.nodes.shelter;
            var referral = old.sent();
            old.clinic.decline(
                    old.carlo, old.clinicId(referral), new Refusal(Reason.NO_PLACE, "", List.of()));
            old.settle();
            old.nodes.clock.advance(Duration.ofDays(400));
            var now = old.nodes.clock.instant();
            node.database().run(tx -> node.node().work().schedule(tx, Retention.WORK, "", now, ""));
            node.runDue();

            assertThat(old.atShelter(referral).firstStep()).as("the case is erased").isEmpty();
            var report = report(node, old.sara);
            assertThat(total(report, Measure.ASKED)).isEqualTo(1);
            assertThat(report.by(Side.SENDER, Measure.REFUSED, Count::detail))
                    .containsExactly(entry("no-place", 1L));
            assertThat(rows(node)).as("one row a month").isEqualTo(1);
            var reasons =
                    report.counts().stream().filter(it -> it.measure() == Measure.REFUSED).toList();
            assertThat(reasons)
                    .isNotEmpty()
                    .allSatisfy(
                            it -> {
                                assertThat(it.listing()).isEmpty();
                                assertThat(it.partner()).isEmpty();
                                assertThat(it.hours()).isZero();
                            });
        }
    }

    @Test
    void whatWasGivenToOthersIsGivenAgainAsItWas() {
        for (int i = 0; i < 6; i++) {
            two.sent();
        }
        var half = moveIntoHalfYearBefore(two.nodes.shelter);
        var files = two.nodes.shelter.domains().evidenceFiles();
        var before = List.of(files.published(two.sara, half), files.activities(two.sara, half));
        assertThat(before.getFirst()).contains("sender,asked,total,total,6");

        two.sent();
        moveIntoHalfYearBefore(two.nodes.shelter);

        assertThat(List.of(files.published(two.sara, half), files.activities(two.sara, half)))
                .as("another number would tell of one request")
                .isEqualTo(before);
    }

    @Test
    void countsWhoseKeyIsLostWaitForItAndHinderNobody() throws IOException {
        try (var old = new Partnered()) {
            var node = old.nodes.shelter;
            old.sent();
            var lost = only(node);
            var folder = node.settings().data().resolveSibling("data-keys/case-keys");
            var away = new HashMap<Path, byte[]>();
            for (var part : List.of(".case", ".contact")) {
                var file = folder.resolve(lost + part);
                away.put(file, Files.readAllBytes(file));
                Files.delete(file);
            }

            sumUp(old, node);
            assertThat(rows(node)).as("nothing is deleted unread").isEqualTo(1);
            assertThat(total(report(node, old.sara), Measure.ASKED)).isZero();
            old.sent();
            sumUp(old, node);
            assertThat(total(report(node, old.sara), Measure.ASKED)).isEqualTo(1);

            for (var file : away.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
            sumUp(old, node);
            assertThat(total(report(node, old.sara), Measure.ASKED)).isEqualTo(2);

            var file = folder.resolve(only(node) + ".case");
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
            old.sent();
            sumUp(old, node);
            assertThat(total(report(node, old.sara), Measure.ASKED)).isPositive();
        }
    }

    private static UUID only(TestNode node) {
        return node.database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT DISTINCT case_id FROM evidence_sealed",
                                        row -> row.uuid("case_id")))
                .getFirst();
    }

    private static void sumUp(Partnered old, TestNode node) {
        var now = old.nodes.clock.instant();
        node.database().run(tx -> node.node().work().schedule(tx, "evidence-sum", "", now, ""));
        node.runDue();
    }

    @Test
    void aHouseFoundToBeForPeopleInDangerWasOneAllAlong() {
        try (var old = new Partnered()) {
            var node = old.nodes.clinic;
            for (int i = 0; i < 6; i++) {
                old.clinic.decline(
                        old.carlo,
                        old.clinicId(old.sent()),
                        new Refusal(Reason.NO_PLACE, "", List.of()));
            }
            var half = moveIntoHalfYearBefore(node);
            var files = node.domains().evidenceFiles();
            var listings = node.domains().listings();
            var asked = old.clinic.list(old.carlo).getFirst().listing().orElseThrow();
            var beds = listings.find(node.acting(), asked).orElseThrow();
            listings.replace(
                    node.acting(),
                    beds.id(),
                    beds.version(),
                    listings.edit(node.acting(), beds.id())
                            .orElseThrow()
                            .name(Text.of("en", "Shelter for battered women"))
                            .build());

            assertThat(files.published(old.carlo, half))
                    .doesNotContain("asked")
                    .doesNotContain("no-place");
            assertThat(files.activities(old.carlo, half)).doesNotContain("Referrals received");
            assertThat(total(report(node, old.carlo), Measure.ASKED)).as("inside").isEqualTo(6);
        }
    }

    @Test
    void whatIsSealedInARequestLiesSealedInTheCountsToo() {
        var referral = two.sent();
        decline(referral, Reason.CANNOT_INTERPRET);
        two.settle();

        for (var node : List.of(two.nodes.shelter, two.nodes.clinic)) {
            var rows =
                    node.database()
                            .read(
                                    tx ->
                                            tx.list(
                                                    "SELECT content FROM evidence_sealed",
                                                    row -> row.bytes("content")));
            assertThat(rows)
                    .isNotEmpty()
                    .allSatisfy(
                            it ->
                                    assertThat(new String(it, StandardCharsets.ISO_8859_1))
                                            .doesNotContainIgnoringCase("interpret")
                                            .doesNotContainIgnoringCase("refused")
                                            .doesNotContain(two.beds.toString()));
            for (var table : List.of("evidence_fresh", "evidence_count")) {
                var clear =
                        node.database()
                                .read(
                                        tx ->
                                                tx.list(
                                                        "SELECT id FROM " + table,
                                                        row -> row.uuid("id")));
                assertThat(clear).isEmpty();
            }
        }
    }

    @Test
    void aDeletedRequestThatWasAnsweredMeanwhileCountsNowhere() {
        var referral = two.sent();
        two.shelterDoor.cut();
        two.clinicDoor.cut();
        two.shelter.delete(two.sara, referral);
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.shelterDoor.mend();
        two.clinicDoor.mend();
        two.nodes.clock.advance(Duration.ofHours(2));
        two.settle();

        for (var report : List.of(shelter(), clinic())) {
            assertThat(total(report, Measure.ASKED)).isZero();
            assertThat(total(report, Measure.ANSWERED)).isZero();
        }
        assertThat(two.atShelter(referral).referral().caseUri())
                .as("what came too late still names their case")
                .isPresent();
    }

    @Test
    void theReportForDonorsHasItsTagsAndNoSmallNumber() {
        for (int i = 0; i < 6; i++) {
            var referral = two.sent();
            if (i < 2) {
                decline(referral, Reason.NO_PLACE);
            }
        }
        two.settle();

        var half = moveIntoHalfYearBefore(two.nodes.shelter);
        assertThat(two.nodes.shelter.domains().evidenceFiles().published(two.sara, half))
                .as("no rare word beside an empty number")
                .doesNotContain("no-place");
        var lines = two.nodes.shelter.domains().evidenceFiles().activities(two.sara, half).lines();
        var table = lines.map(it -> it.split(",", -1)).toList();

        assertThat(table.get(1)[0]).isEqualTo("#org+name");
        assertThat(table.get(1)).contains("#adm1+code", "#reached+num", "#date+start");
        assertThat(table.get(2)).contains("The Shelter", "Referrals made", "6");
        assertThat(table).allSatisfy(it -> assertThat(it).hasSize(table.getFirst().length));
        assertThat(Arrays.asList(table.get(2))).doesNotContain("1", "2", "3", "4");
    }

    /// Others have numbers of a half-year only when it is over.
    private static Period moveIntoHalfYearBefore(TestNode node) {
        var half = node.domains().evidence().forOthers().getFirst();
        node.database()
                .run(
                        tx ->
                                tx.update(
                                        "UPDATE evidence_sealed SET counted_month = ?",
                                        half.last().toString()));
        return half;
    }

    private void decline(ReferralId referral, Reason reason) {
        two.clinic.decline(two.carlo, two.clinicId(referral), new Refusal(reason, "", List.of()));
    }

    private long people() {
        var need = Samples.wanted(two.beds);
        return need.fit().adults() + need.fit().children();
    }

    private Report shelter() {
        return report(two.nodes.shelter, two.sara);
    }

    private Report clinic() {
        return report(two.nodes.clinic, two.carlo);
    }

    private Report report(TestNode node, Acting acting) {
        return node.domains()
                .evidence()
                .report(acting, new Period(period.first(), period.last().plusMonths(14)));
    }

    private static long total(Report report, Measure measure) {
        return report.total(Side.SENDER, measure) + report.total(Side.RECEIVER, measure);
    }

    private static long rows(TestNode node) {
        return node.database()
                .read(tx -> tx.list("SELECT id FROM evidence_sealed", row -> row.uuid("id")))
                .size();
    }
}
