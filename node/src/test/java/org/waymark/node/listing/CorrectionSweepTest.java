// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Correction.Side;
import org.waymark.node.listing.Correction.State;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// Free text does not stay when what it was about is settled.
class CorrectionSweepTest {

    private final TestClock clock = new TestClock();
    private final Database database = Databases.inMemory();
    private final Work work = new Work(database, clock);

    @BeforeEach
    void begin() {
        new CorrectionSweep(database, work, clock);
    }

    @AfterEach
    void close() {
        work.close();
        database.close();
    }

    @Test
    void ninetyDaysAfterTheAnswerTheWordsAreGoneAndOfStrangersEverything() {
        var partners = add(true, State.RESOLVED);
        var strangers = add(false, State.DECLINED);
        var open = add(false, State.OPEN);

        pass(89);
        assertThat(find(partners).orElseThrow().said()).isEqualTo("Amal moved");
        assertThat(find(strangers)).isPresent();

        pass(2);
        assertThat(find(partners).orElseThrow().said()).isEmpty();
        assertThat(find(partners).orElseThrow().answer()).isEmpty();
        assertThat(find(partners).orElseThrow().state()).isEqualTo(State.RESOLVED);
        assertThat(find(strangers)).isEmpty();
        assertThat(find(open).orElseThrow().said()).isEqualTo("Amal moved");
    }

    private void pass(long days) {
        clock.advance(Duration.ofDays(days));
        work.runDue();
    }

    private Optional<Correction> find(UUID id) {
        return database.read(tx -> CorrectionTable.find(tx, id));
    }

    private UUID add(boolean answerable, State state) {
        var id = UUID.randomUUID();
        var correction =
                new Correction(
                        id,
                        Side.RECEIVED,
                        new OrganizationId(UUID.randomUUID()),
                        Optional.empty(),
                        Optional.empty(),
                        "Open kitchen",
                        URI.create("https://other.example/flags/" + id),
                        URI.create("https://other.example/users/bo"),
                        "other.example",
                        answerable,
                        "Amal moved",
                        state,
                        state == State.OPEN ? Optional.empty() : Optional.of("Thanks, Bo"),
                        clock.instant(),
                        clock.instant());
        database.run(tx -> CorrectionTable.add(tx, correction, "other.example"));
        return id;
    }
}
