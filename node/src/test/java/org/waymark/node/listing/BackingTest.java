// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BackingTest {

    private static final UUID NAMED = new UUID(1, 1);
    private static final UUID NAMELESS = new UUID(1, 2);

    @Test
    void savingTakesAwayOnlyWhatTheFormShowed() {
        var service = Document.object().put("id", new UUID(2, 2).toString());
        var funding = service.putArray("funding");
        funding.addObject().put("id", "nobody");
        funding.addObject().put("id", "first").put("source", "City");
        funding.addObject().put("id", "second").put("source", "City");
        funding.addObject().put("id", "gone").put("source", "Fund");
        var attributes = service.putArray("attributes");
        attributes.addObject().put("id", "one").put("taxonomy_term_id", NAMED.toString());
        attributes.addObject().put("id", "two").put("taxonomy_term_id", NAMED.toString());
        attributes.addObject().put("id", "three").put("taxonomy_term_id", NAMELESS.toString());

        var kept = new Backing.Term(NAMED, Text.of("en", "Meals"));
        new Backing(List.of("City"), Optional.empty(), List.of(kept)).write(service, NAMED::equals);
        assertThat(service.findValuesAsText("id"))
                .contains("nobody", "first", "second", "one", "two", "three")
                .doesNotContain("gone");

        new Backing(List.of(), Optional.empty(), List.of()).write(service, NAMED::equals);
        assertThat(service.findValuesAsText("id"))
                .contains("nobody", "three")
                .doesNotContain("first", "one", "two");
    }
}
