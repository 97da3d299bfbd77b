// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DetailsTest {

    @Test
    void whatTheSourceSaysInObjectsIsReadInWords() {
        var details =
                Details.read(
                        Document.parse(
                                """
                                {"cost_options": [{"option": "Adults", "amount": 2.50,
                                   "currency": "EUR", "amount_description": "a month"},
                                  {"amount": 0}],
                                 "required_documents": [{"document": "A letter"},
                                  {"document": "A letter"}],
                                 "service_areas": [{"description": "The harbour"}, {}]}
                                """));

        assertThat(details.costs()).containsExactly("Adults, 2.5 EUR, a month");
        assertThat(details.documents()).containsExactly("A letter");
        assertThat(details.areas()).containsExactly("The harbour");
    }
}
