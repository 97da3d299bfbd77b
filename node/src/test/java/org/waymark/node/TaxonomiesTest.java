// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.SharedFolder;
import org.waymark.node.listing.Taxonomies;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;

/// Other taxonomies, what their terms mean here, and listings under no topic.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaxonomiesTest {

    private static final String CSV =
            """
            "id","name","parent_id","parent_name","vocabulary"
            1103,"Shelter things",0,"","Open Eligibility"
            2001,"Beds",1103,"Shelter things","Open Eligibility"
            2002,"Warm beds",2001,"Beds","Open Eligibility"
            3001,"One",3002,"Two","Open Eligibility"
            3002,"Two",3001,"One","Open Eligibility"
            4001,"Lost",9999,"","Open Eligibility"
            4001,"Lost again",9999,"","Open Eligibility"
            """;

    private TestNode node;

    @BeforeAll
    void start() {
        node = TestNode.still(new TestClock(), "clinic", "Lindmar Welcome");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void termsAreLoadedWithTheirTreeAndTheirTopics() {
        var loaded = taxonomies().load(acting(), "Open Eligibility", "en", CSV);

        assertThat(loaded.terms()).isEqualTo(6);
        assertThat(loaded.cyclic()).containsExactlyInAnyOrder("One", "Two");
        assertThat(loaded.orphans()).containsExactly("Lost");
        assertThat(loaded.repeated()).containsExactly("4001");
        assertThat(taxonomies().load(acting(), "Open Eligibility", "en", CSV).changed()).isZero();
        assertThat(term("Warm beds").level()).isEqualTo(2);
        assertThat(term("Warm beds").topic()).hasValue(Topic.HOUSING);
        assertThat(term("Warm beds").inherited()).isTrue();

        var id = add("Night place", Kind.HELP);
        taxonomies().sort(acting(), List.of(id), term("Warm beds").id());
        assertThat(topics(id)).containsExactly(Topic.HOUSING);

        taxonomies().map(acting(), term("Beds").id(), Optional.of(Topic.HEALTH));
        assertThat(topics(id)).as("nearer terms win").containsExactly(Topic.HEALTH);
        taxonomies().load(acting(), "Open Eligibility", "en", CSV);
        assertThat(topics(id)).as("what staff decided stays").containsExactly(Topic.HEALTH);
        taxonomies().forget(acting(), term("Beds").id());
        assertThat(topics(id)).containsExactly(Topic.HOUSING);
        taxonomies().map(acting(), term("Shelter things").id(), Optional.empty());
        assertThat(topics(id)).isEmpty();
    }

    @Test
    void aFileWithoutTermsIsRefused() {
        for (var wrong : List.of("", "a,b\n1,2", "{", "{\"id\":1}")) {
            assertThatThrownBy(() -> taxonomies().load(acting(), "Wrong", "en", wrong))
                    .as(wrong)
                    .isInstanceOf(UnusablePackageException.class);
        }
    }

    @Test
    void aLocalTermStandsBelowItsTopic() {
        var term = taxonomies().addLocal(acting(), Topic.COMMUNITY, "en", "Football").orElseThrow();
        var id = add("Team of the harbour", Kind.HELP);

        taxonomies().sort(acting(), List.of(id), term);

        assertThat(topics(id)).containsExactly(Topic.COMMUNITY);
    }

    @Test
    void whatIsUnderNoTopicIsSuggestedOneAndEnforcementNeverIs() {
        var advice = add("Legal advice for asylum seekers", Kind.HELP);
        var police = add("Deportation office", Kind.ENFORCEMENT);
        var waiting = taxonomies().unsorted(acting());

        assertThat(waiting)
                .filteredOn(it -> it.listing().id().equals(advice))
                .singleElement()
                .satisfies(it -> assertThat(it.suggested()).startsWith(Topic.PAPERS));
        assertThat(waiting).noneMatch(it -> it.listing().id().equals(police));

        assertThat(taxonomies().sort(acting(), List.of(advice, police), Topic.PAPERS)).isEqualTo(1);
        assertThat(topics(advice)).containsExactly(Topic.PAPERS);
        assertThat(topics(police)).isEmpty();
        assertThat(taxonomies().unsorted(acting()))
                .noneMatch(it -> it.listing().id().equals(advice));
    }

    @Test
    void openEligibilityComesInWhole() throws IOException {
        var shared = SharedFolder.find();
        assumeTrue(shared.isPresent(), "Skipped: no folder `shared` beside the checkout");
        var folder = shared.get().resolve("data/taxonomies/open-eligibility");
        var csv = Files.readString(folder.resolve("taxonomy.csv"));
        var json = Files.readString(folder.resolve("taxonomy.json"));
        var clinic =
                node.domains()
                        .organizations()
                        .add(Acting.node(), "Clinic", "real", Optional.empty(), List.of("en"));
        var acting = Acting.node(((HostedOrganizations.Outcome.Done) clinic).organization().id());

        var loaded = taxonomies().load(acting, "", "en", csv);

        assertThat(loaded)
                .isEqualTo(
                        new Taxonomies.Loaded(
                                "Open Eligibility",
                                289,
                                289,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()));
        assertThat(taxonomies().load(acting, "", "en", json).changed())
                .as("JSON says the same")
                .isZero();
        assertThat(taxonomies().terms(acting))
                .hasSize(289)
                .filteredOn(it -> it.name().equals("Housing Vouchers"))
                .allSatisfy(it -> assertThat(it.topic()).hasValue(Topic.HOUSING))
                .isNotEmpty();
    }

    private Taxonomies.Term term(String name) {
        return taxonomies().terms(acting()).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Set<Topic> topics(ListingId id) {
        return node.domains().listings().find(acting(), id).orElseThrow().topics();
    }

    private ListingId add(String name, Kind kind) {
        var draft = Draft.named(Text.of("en", name)).kind(kind).build();
        return node.domains().listings().add(acting(), draft).id();
    }

    private Taxonomies taxonomies() {
        return node.domains().taxonomies();
    }

    private Acting acting() {
        return node.acting();
    }
}
