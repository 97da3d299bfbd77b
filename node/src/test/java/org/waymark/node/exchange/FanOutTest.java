// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.node.privacy.Acting;

/// One activity for many servers.
class FanOutTest {

    private static final int HOSTS = 200;
    private static final int TOGETHER = 60;

    @Test
    @Timeout(60)
    void deliveriesThatEndTogetherAreMadeOnceEachAndLeaveNoBody(@TempDir Path folder)
            throws Exception {
        try (var city = new City(HOSTS, TOGETHER);
                var shelter = new Sending(folder)) {
            var partners = known(shelter, city);
            var activity = shelter.sendToAll(partners, "/s/1");
            shelter.work.start();

            city.awaitAll();
            // It waits for what is under way.
            shelter.work.close();

            assertThat(shelter.deliveries.of(Acting.node(), activity))
                    .hasSize(HOSTS)
                    .allMatch(it -> it.state() == DeliveryState.DELIVERED && it.attempts() == 1);
            assertThat(city.received()).isEqualTo(HOSTS);
            assertThat(shelter.database.read(tx -> OutboxTable.find(tx, activity)).orElseThrow())
                    .matches(it -> it.body().isEmpty());
        }
    }

    private static List<URI> known(Sending shelter, City city) {
        city.actors().forEach(shelter.remoteActors::put);
        return city.actors().stream().map(Actor::id).toList();
    }
}
