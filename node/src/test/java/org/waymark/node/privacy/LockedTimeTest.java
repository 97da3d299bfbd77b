// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;

/// Patience counts the hours in which something could be tried.
class LockedTimeTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    static List<Database> databases() {
        return Databases.all();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void onlyTheHoursInWhichTheKeysWereOpenCount(Database database) {
        try (database) {
            // Locked from the 2nd to the 5th hour, and from the 8th on.
            database.run(
                    tx -> {
                        LockedTime.begin(tx, at(2));
                        LockedTime.begin(tx, at(3));
                        LockedTime.end(tx, at(5));
                        LockedTime.end(tx, at(6));
                        LockedTime.begin(tx, at(8));
                    });

            assertThat(open(database, 0, 1)).isEqualTo(Duration.ofHours(1));
            assertThat(open(database, 0, 10)).isEqualTo(Duration.ofHours(5));
            assertThat(open(database, 4, 10)).isEqualTo(Duration.ofHours(3));
            assertThat(open(database, 9, 10)).isZero();
            assertThat(open(database, 5, 8)).isEqualTo(Duration.ofHours(3));

            database.run(tx -> LockedTime.end(tx, at(9)));
            assertThat(open(database, 0, 10)).isEqualTo(Duration.ofHours(6));
            for (int hours = 0; hours <= 6; hours++) {
                var length = Duration.ofHours(hours);
                var since = since(database, length);
                Duration open = database.read(tx -> LockedTime.openSince(tx, since, at(10)));
                assertThat(open).isEqualTo(length);
            }
            assertThat(since(database, Duration.ofHours(6))).isEqualTo(START);
        }
    }

    private static Duration open(Database database, int from, int to) {
        return database.read(tx -> LockedTime.openSince(tx, at(from), at(to)));
    }

    private static Instant since(Database database, Duration open) {
        return database.read(tx -> LockedTime.since(tx, open, at(10)));
    }

    private static Instant at(int hour) {
        return START.plus(Duration.ofHours(hour));
    }
}
