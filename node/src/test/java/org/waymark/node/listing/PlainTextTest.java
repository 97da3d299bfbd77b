// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void aCharacterThatDoesNotFitIsLeftOutWhole() {
        assertThat(PlainText.of("soup 🍲", 6)).isEqualTo("soup ");
        assertThat(PlainText.of("soup 🍲 and bread", 7)).isEqualTo("soup 🍲");
    }
}
