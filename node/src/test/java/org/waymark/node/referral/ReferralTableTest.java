// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.State;

class ReferralTableTest {

    private static final OrganizationId SHELTER = new OrganizationId(new UUID(0, 1));
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    // One list shows 500.
    private static final int MANY = 510;

    @Test
    void everyOpenRequestIsCountedHoweverLongTheListIs() {
        var table = new ReferralTable();
        try (var database = Databases.inMemory()) {
            for (int i = 0; i < MANY; i++) {
                var waits = referral(State.ACCEPTED);
                database.run(tx -> table.add(tx, waits));
            }
            database.run(tx -> table.add(tx, referral(State.DECLINED)));

            long open = database.read(tx -> table.countOpen(tx, SHELTER));
            assertThat(open).isEqualTo(MANY);
        }
    }

    private static Referral referral(State state) {
        var id = new ReferralId(UUID.randomUUID());
        return new Referral(
                id,
                URI.create("https://shelter.example/r/" + id),
                Side.SENDER,
                SHELTER,
                URI.create("https://clinic.example/o/1"),
                "The Clinic",
                new CaseId(UUID.randomUUID()),
                Optional.empty(),
                state,
                Optional.empty(),
                Urgency.TWO_WEEKS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                NOW,
                Optional.of(NOW),
                NOW,
                Optional.empty());
    }
}
