// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsentTest {

    @Test
    void isReadWithoutTheMembersThatCameLater() {
        var said =
                """
                {"basis":"consent","givenBy":"self","method":"spoken","language":"ar","interpreter":false,
                 "items":["need","contact"],"givenAt":"2026-01-05T09:00:00Z","until":"2026-06-30",
                 "mayContact":true,"outcomeBack":true}
                """;

        var consent = ReferralJson.read(said, Consent.class);

        assertThat(consent.onward()).isEmpty();
        assertThat(consent.childAgreed()).isEmpty();
    }
}
