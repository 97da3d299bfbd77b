// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.listing.Review.Reason;
import org.waymark.node.privacy.OrganizationId;

class CautionTest {

    private static final OrganizationId PUBLISHER = new OrganizationId(UUID.randomUUID());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // name | description | reasons
                "Lindmar Police Department | We keep order. | ENFORCEMENT",
                "Sheriff’s office | Keys cut. | ENFORCEMENT",
                "Field office | Part of Immigration and Customs Enforcement. | ENFORCEMENT",
                "North centre | This is a detention center for foreigners. | ENFORCEMENT",
                "Safe evenings | Groups for survivors of domestic violence. | VIOLENCE",
                "Women's shelter | Beds for a night. | WOMEN_ONLY",
                "The house | Shelter for battered women. | VIOLENCE",
                "Way out | For victims of human   trafficking. | TRAFFICKING",
                "Young ones | Care for abused, neglected children. | CHILD_PROTECTION",
                "Rainbow café | Evenings for LGBTQI+ people. | LGBTIQ",
                "Reception centre Mill Road | 200 beds. | ASYLUM_HOUSING",
                "Harbour house | Accommodation for asylum seekers. | ASYLUM_HOUSING",
                "Clinic | Doctors. ***DO NOT GIVE OUT*** the second number. | STAFF_REMARK",
                "Choir | Write to jane.doe@choir.example. | PERSONAL",
                "Choir | Call Jane, cell 555-010-0199. | PERSONAL",
                // Neighbours that pass.
                "Letters | We read letters from the immigration office with you. | -",
                "Legal advice | Help against deportation. | -",
                "German course | For men and women, beginners. | -",
                "Food | Confidential and free. | -",
                "Football | Write to info@football.example. | -",
                "Transport | Buses and trains for all. | -",
                "Sports | We do not give refunds for missed lessons. | -",
            })
    void wordsGiveReasons(String name, String description, String reasons) {
        assertThat(reasonsOf(name, description, "Helping Hands"))
                .isEqualTo(
                        reasons.equals("-")
                                ? Set.of()
                                : Arrays.stream(reasons.split(" "))
                                        .map(Reason::valueOf)
                                        .collect(Collectors.toSet()));
    }

    @Test
    void theNameOfTheProviderCounts() {
        assertThat(reasonsOf("Bicycle registration", "Bring your bicycle.", "Lindmar Police"))
                .containsExactly(Reason.ENFORCEMENT);
    }

    @Test
    void translationsCountToo() {
        var service = service("Haus", "Haus.");
        service.json().putObject("translations").putObject("en").put("name", "Women's shelter");

        assertThat(Caution.reasons(service, Map.of())).containsExactly(Reason.WOMEN_ONLY);
    }

    @Test
    void whatIsSaidBesidePhonesHoursAndPlacesCountsToo() {
        for (var list : java.util.List.of("phones", "schedules", "service_at_locations")) {
            var service = service("Haus", "Haus.");
            service.json().putArray(list).addObject().put("description", "DO NOT GIVE OUT");

            assertThat(Caution.reasons(service, Map.of()))
                    .as(list)
                    .containsExactly(Reason.STAFF_REMARK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cost_options, option",
        "cost_options, amount_description",
        "required_documents, document",
        "service_areas, name",
        "service_areas, description",
        "funding, source",
    })
    void whatItsPageShowsOfObjectsInsideCountsToo(String member, String inside) {
        var service = service("Football", "For all.");
        service.json().putArray(member).addObject().put(inside, "Ask jane.doe@choir.example");

        assertThat(Caution.reasons(service, Map.of())).containsExactly(Reason.PERSONAL);
    }

    @Test
    void theNamesOfItsProgrammeAndOfItsTermsCountToo() {
        for (var member : java.util.List.of("program_id", "taxonomy_term_id")) {
            var id = UUID.randomUUID();
            var service = service("Evenings", "For all.");
            var named = member.equals("program_id");
            (named ? service.json() : service.json().putArray("attributes").addObject())
                    .put(member, id.toString());
            var part =
                    new Aggregate(
                            id,
                            named ? Aggregate.Type.PROGRAM : Aggregate.Type.TERM,
                            PUBLISHER,
                            Document.object().put("name", "Shelter for battered women"));

            assertThat(Caution.reasons(service, Map.of(id, part)))
                    .as(member)
                    .contains(Reason.VIOLENCE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Town hall, https://www.lindmar.gov/desk, PUBLIC_OFFICE",
        "Town hall, https://www.lindmar.gov.uk, PUBLIC_OFFICE",
        "Department of Housing, https://housing.example, PUBLIC_OFFICE",
        "Advice, https://www.advice.example/gov, HELP",
        "Courtyard theatre, https://theatre.example, HELP",
    })
    void authoritiesAreKnownByAddressOrName(String name, String url, Kind kind) {
        var service = service(name, "");
        service.json().put("url", url);

        assertThat(Caution.kindOf(service, Map.of())).isEqualTo(kind);
    }

    private static Set<Reason> reasonsOf(String name, String description, String provider) {
        var organization = UUID.randomUUID();
        var service = service(name, description);
        service.json().put("organization_id", organization.toString());
        return Caution.reasons(
                service,
                Map.of(
                        organization,
                        new Aggregate(
                                organization,
                                Aggregate.Type.ORGANIZATION,
                                PUBLISHER,
                                Document.object().put("name", provider))));
    }

    private static Aggregate service(String name, String description) {
        return new Aggregate(
                UUID.randomUUID(),
                Aggregate.Type.SERVICE,
                PUBLISHER,
                Document.object().put("name", name).put("description", description));
    }
}
