// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Access;
import org.waymark.node.account.Role;
import org.waymark.node.complaint.Complaint.About;
import org.waymark.node.complaint.Complaints.Filed;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// A complaint reaches those who handle no requests and nobody it names.
class ComplaintTest {

    private static TestNode node;
    private static Complaints complaints;
    private static Acting olga;
    private static Acting omar;

    @BeforeAll
    static void open() {
        node = TestNode.start("shelter", "The Shelter");
        complaints = node.domains().complaints();
        olga = person("olga.hill@shelter.example", Role.OMBUDSPERSON);
        omar = person("omar@shelter.example", Role.OMBUDSPERSON, Role.ADMINISTRATOR);
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static Acting person(String email, Role... roles) {
        return TestNode.acting(node.person(email, roles), Purpose.OVERSIGHT);
    }

    @Test
    void itIsReadAndAnsweredByThoseWhoTakeComplaints() {
        var code = file(About.TREATMENT, "", "MARKER he shouted");
        assertThat(complaints.findByCode(code)).get().matches(it -> !it.seen());

        var complaint = newest(olga);
        assertThat(complaints.find(olga, complaint.id()).orElseThrow().words())
                .isEqualTo("MARKER he shouted");
        assertThat(complaints.findByCode(code.toLowerCase(java.util.Locale.ROOT)))
                .get()
                .matches(Complaints.Status::seen);
        complaints.answer(olga, complaint.id(), "MARKER we spoke with him");

        assertThat(complaints.findByCode(code).orElseThrow().answer())
                .contains("MARKER we spoke with him");
        var stored =
                node.database()
                        .read(
                                tx ->
                                        tx.list(
                                                "SELECT content, answer FROM complaint",
                                                row ->
                                                        text(row.bytes("content"))
                                                                + row.optionalBytes("answer")
                                                                        .map(ComplaintTest::text)
                                                                        .orElse("")));
        assertThat(String.join("", stored)).isNotEmpty().doesNotContain("MARKER");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aHandlerSeesNeitherComplaintsNorTheirCount() {
        file(About.ANYTHING, "", "MARKER");
        var handler = person("sara@shelter.example", Role.CASEWORKER);
        var both = person("both@shelter.example", Role.CASEWORKER, Role.OMBUDSPERSON);
        var manager = person("mia@shelter.example", Role.MANAGER, Role.ADMINISTRATOR);

        for (var acting : new Acting[] {handler, both, manager, node.acting()}) {
            assertThat(complaints.mayRead(acting)).isFalse();
            assertThatThrownBy(() -> complaints.list(acting)).isInstanceOf(Access.Denied.class);
        }
    }

    @Test
    void whoeverItNamesDoesNotSeeIt() {
        var before = complaints.list(omar).size();

        file(About.TREATMENT, "Mister Ómar at the desk", "MARKER");
        file(About.TREATMENT, "", "MARKER it was OMAR");

        assertThat(complaints.list(omar)).as("the administrator it names").hasSize(before);
        assertThat(newest(olga).words()).isEqualTo("MARKER it was OMAR");
        assertThat(complaints.file(About.DATA, "Olga, Omar and Late", "MARKER", ""))
                .isEqualTo(new Filed.CallOutside());
    }

    /// The mailbox of a role is what a reader should have.
    @Test
    void aWordOfARoleNamesNobody() {
        var office = person("complaints.office@shelter.example", Role.OMBUDSPERSON);

        file(About.TREATMENT, "", "Late, Olga and Omar sat in the office and read complaints");

        assertThat(newest(office).words()).startsWith("Late, Olga");
        node.domains()
                .accounts()
                .takeRoles(
                        Acting.node(),
                        "complaints.office@shelter.example",
                        node.organization().id(),
                        Set.of(Role.OMBUDSPERSON));
    }

    @Test
    void aRoleGivenLaterOpensNothingEarlier() {
        file(About.DATA, "", "MARKER before");
        var late = person("late@shelter.example", Role.OMBUDSPERSON);

        assertThat(complaints.list(late)).isEmpty();
        file(About.DATA, "", "MARKER after");
        assertThat(complaints.list(late)).hasSize(1);
    }

    /// Omar is named in it, and may give and take roles.
    @Test
    void theAdministratorItNamesCannotGetAtIt() {
        var accounts = node.domains().accounts();
        var administrator = omar.withPurpose(Purpose.ADMINISTRATION);
        var at = node.organization().id();
        var puppet = "puppet@shelter.example";

        accounts.takeRoles(
                administrator, "olga.hill@shelter.example", at, Set.of(Role.OMBUDSPERSON));
        accounts.add(
                administrator,
                "olga.hill@shelter.example",
                "x".repeat(12),
                at,
                Set.of(Role.MANAGER));
        accounts.add(administrator, puppet, "x".repeat(12), at, Set.of(Role.OMBUDSPERSON));
        accounts.resetPassword(administrator, "olga.hill@shelter.example", "x".repeat(12));
        file(About.TREATMENT, "Omar", "MARKER of Omar");

        assertThat(newest(olga).words()).isEqualTo("MARKER of Omar");
        assertThat(complaints.list(omar)).noneMatch(it -> it.words().equals("MARKER of Omar"));
        assertThat(accounts.find(Acting.node(), puppet)).isEmpty();
    }

    @Test
    void whatNobodyAnsweredEndsAfterAYear() {
        var clock = new TestClock();
        try (var house = TestNode.still(clock, "house", "The House")) {
            var reader =
                    TestNode.acting(
                            house.person("first@house.example", Role.OMBUDSPERSON),
                            Purpose.OVERSIGHT);
            house.domains().complaints().file(About.DATA, "Nora", "MARKER about Nora", "");

            clock.advance(Duration.ofDays(364));
            house.runDue();
            assertThat(house.domains().complaints().list(reader)).hasSize(1);

            clock.advance(Duration.ofDays(2));
            house.runDue();
            assertThat(house.domains().complaints().list(reader)).isEmpty();
        }
    }

    @Test
    void ofAbuseNoStoryIsKept() {
        file(About.ABUSE, "", "MARKER a story");

        assertThat(newest(olga).about()).isEqualTo(About.ABUSE);
        assertThat(newest(olga).words()).isEmpty();
    }

    private static String file(About about, String whom, String words) {
        return ((Filed.Taken) complaints.file(about, whom, words, "")).code();
    }

    private static Complaint newest(Acting acting) {
        return complaints.list(acting).getFirst();
    }
}
