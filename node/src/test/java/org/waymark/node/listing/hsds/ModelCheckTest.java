// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCheckTest {

    private static final String ID = "7d9c1b02-6b0e-4a6e-9a37-3f1f0a4f5a01";

    @Test
    void hsdsHasItsObjectsAndEachMemberItsKind() {
        var model = HsdsModel.get();

        assertThat(model.objects()).hasSize(24);
        assertThat(model.object("service").members()).hasSize(38);
        for (var object : model.objects()) {
            for (var member : object.members()) {
                if (!member.of().isEmpty()) {
                    assertThat(model.object(member.of())).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // object | good | bad | code
                "service | {'id': ID, 'name': 'A', 'status': 'active'} | {'id': ID, 'status': 'active'} | required-missing",
                "service | {'id': ID, 'name': 'A', 'status': 'active'} | {'id': '17', 'name': 'A', 'status': 'active'} | not-a-uuid",
                "service | {'id': ID, 'name': 'A', 'status': 'defunct'} | {'id': ID, 'name': 'A', 'status': 'gone'} | not-one-of-the-words",
                "language | {'id': ID, 'code': 'ar'} | {'id': ID, 'code': 7} | not-a-text",
                "language | {'id': ID, 'code': 'pt-BR'} | {'id': ID, 'code': 'Portuguese!'} | not-a-language",
                "phone | {'id': ID, 'number': '1', 'extension': 12} | {'id': ID, 'number': '1', 'extension': 'x'} | not-a-number",
                "cost_option | {'id': ID, 'valid_from': '2026-01-01'} | {'id': ID, 'valid_from': '1.1.26'} | not-a-date",
                "cost_option | {'id': ID, 'currency': 'EUR'} | {'id': ID, 'currency': 'Euro'} | not-a-currency",
                "cost_option | {'id': ID, 'amount': 0} | {'id': ID, 'amount': -1} | below-zero",
                "schedule | {'id': ID, 'opens_at': '09:00:00Z'} | {'id': ID, 'opens_at': 'nine'} | not-a-time",
                "schedule | {'id': ID, 'byday': '1MO,TU'} | {'id': ID, 'byday': 'Monday'} | not-a-rule",
                "schedule | {'id': ID, 'valid_from': '2026-01-01', 'valid_to': '2026-01-01'} | {'id': ID, 'valid_from': '2026-01-02', 'valid_to': '2026-01-01'} | period-reversed",
                "service_capacity | {'id': ID, 'unit': {'id': ID, 'name': 'bed'}, 'available': 1, 'updated': '2026-01-01T09:00:00Z'} | {'id': ID, 'unit': {'id': ID, 'name': 'bed'}, 'available': 1, 'updated': 'now'} | not-an-instant",
                "service_capacity | {'id': ID, 'unit': {'id': ID, 'name': 'bed'}, 'available': 1, 'maximum': 1, 'updated': '2026-01-01T09:00:00Z'} | {'id': ID, 'unit': {'id': ID, 'name': 'bed'}, 'available': 2, 'maximum': 1, 'updated': '2026-01-01T09:00:00Z'} | more-than-there-is",
                "organization | {'id': ID, 'name': 'A', 'description': '', 'website': 'https://a.example/'} | {'id': ID, 'name': 'A', 'description': '', 'website': 'javascript:alert(1)'} | not-a-web-address",
                "organization | {'id': ID, 'name': 'A', 'description': '', 'email': 'a@b.example'} | {'id': ID, 'name': 'A', 'description': '', 'email': 'a at b'} | not-a-mail-address",
                "location | {'id': ID, 'location_type': 'virtual', 'latitude': 90} | {'id': ID, 'location_type': 'virtual', 'latitude': 91} | outside-the-earth",
                "location | {'id': ID, 'location_type': 'virtual', 'phones': []} | {'id': ID, 'location_type': 'virtual', 'phones': {}} | not-a-list",
                "service | {'id': ID, 'name': 'A', 'status': 'active', 'minimum_age': 6, 'maximum_age': 6} | {'id': ID, 'name': 'A', 'status': 'active', 'minimum_age': 7, 'maximum_age': 6} | ages-reversed",
                "location | {'id': ID, 'location_type': 'virtual', 'phones': [{'id': ID, 'number': '1'}]} | {'id': ID, 'location_type': 'virtual', 'phones': ['1']} | not-an-object",
            })
    void eachFaultHasItsCodeAndARightNeighbour(
            String object, String good, String bad, String code) {
        assertThat(ModelCheck.faults(object, json(good))).isEmpty();
        assertThat(ModelCheck.faults(object, json(bad)))
                .extracting(fault -> fault.code().key())
                .containsExactly(code);
    }

    @Test
    void aFaultIsFoundWhereverItStands() {
        var service =
                json(
                        "{'id': ID, 'name': 'A', 'status': 'active', 'contacts': [{'id': ID,"
                                + " 'phones': [{'id': ID, 'number': '1'}, {'id': ID}]}]}");

        assertThat(ModelCheck.faults("service", service))
                .containsExactly(
                        new Fault(
                                Fault.Code.REQUIRED_MISSING,
                                "service.contacts[0].phones[1].number"));
    }

    @Test
    void whatIsMadeToConformDoesAndStaysSo() {
        var service =
                json(
                        "{'name': 'A', 'status': null, 'email': 'nobody', 'phones': ['x', {'extension':"
                                + " 5}], 'kind': 'help', 'schedules': [{'freq': 'YEARLY',"
                                + " 'byyearday': '100'}], 'capacities': [{}]}");
        var same = service.deepCopy();

        ModelCheck.conform("service", service);
        ModelCheck.conform("service", same);

        assertThat(ModelCheck.faults("service", service)).isEmpty();
        assertThat(service).isEqualTo(same);
        assertThat(service.path("kind").asText()).isEqualTo("help");
        assertThat(service.has("email")).isFalse();
        // A number that is none, and a capacity that says nothing, are no phone and no capacity.
        assertThat(service.path("phones")).isEmpty();
        assertThat(service.path("capacities")).isEmpty();
        assertThat(service.at("/schedules/0/frequency").asText()).isEqualTo("YEARLY");
        assertThat(Recurrence.read(service.at("/schedules/0"))).isPresent();
    }

    @Test
    void whatIsPlainlyMeantIsWrittenAsHsdsHasIt() {
        var service =
                json(
                        "{'id': ID, 'name': 7, 'status': 'Temporarily Closed', 'minimum_age': '16',"
                                + " 'url': 'https://a.example/допомога', 'assured_date':"
                                + " '2026-01-31T00:00:00Z'}");

        ModelCheck.conform("service", service);

        assertThat(service.path("name").asText()).isEqualTo("7");
        assertThat(service.path("status").asText()).isEqualTo("temporarily closed");
        assertThat(service.path("minimum_age").isNumber()).isTrue();
        assertThat(service.path("url").asText()).startsWith("https://a.example/%D0%B4");
        assertThat(service.path("assured_date").asText()).isEqualTo("2026-01-31");
        assertThat(ModelCheck.faults("service", service)).isEmpty();
    }

    @Test
    void aSchemaIsMadeOfEachObject() {
        var schema = HsdsSchema.of(HsdsModel.get().object("phone"), "#/components/schemas/");

        assertThat(schema.at("/properties/extension/type").asText()).isEqualTo("number");
        assertThat(schema.at("/properties/languages/items/$ref").asText())
                .isEqualTo("#/components/schemas/language");
        assertThat(schema.path("required").valueStream().map(JsonNode::asText).toList())
                .isEqualTo(List.of("id", "number"));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode)
                    new ObjectMapper()
                            .readTree(text.replace("ID", "\"" + ID + "\"").replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
