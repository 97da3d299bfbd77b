// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.transport.Exchange;
import org.waymark.node.TestClock;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;

class WebsitesTest {

    private final TestClock clock = new TestClock();
    private final List<URI> asked = new ArrayList<>();

    @Test
    void whatIsGoneTwiceIsToldAndEachSiteIsAskedOnceARound() {
        try (var desk = new Desk(Databases.inMemory(), clock)) {
            var websites =
                    new Websites(
                            desk.database,
                            desk.staff.access,
                            desk.listings,
                            desk.staff.organizations,
                            desk.work,
                            this::answer,
                            clock);
            var gone = add(desk, "https://gone.example/");
            add(desk, "https://here.example/");
            add(desk, "https://slow.example/");
            websites.start();

            pass(desk, 10);
            assertThat(asked).hasSize(3);
            assertThat(websites.listGone(desk.amal)).as("gone once").isEmpty();
            pass(desk, 20);
            assertThat(asked).as("it rests").hasSize(3);

            clock.advance(Duration.ofDays(15));
            pass(desk, 10);
            assertThat(asked).hasSize(6);
            assertThat(websites.listGone(desk.amal))
                    .extracting(it -> it.listing().id())
                    .containsExactly(gone);
        }
    }

    private static org.waymark.node.listing.ListingId add(Desk desk, String website) {
        var draft = Draft.named(Text.of("en", website)).website(URI.create(website)).build();
        return desk.listings.add(desk.amal, draft).id();
    }

    private void pass(Desk desk, int times) {
        for (int i = 0; i < times; i++) {
            clock.advance(Duration.ofHours(1));
            desk.work.runDue();
        }
    }

    private Exchange answer(URI website) {
        asked.add(website);
        return switch (website.getHost()) {
            case "gone.example" -> new Exchange.Answer(404, Headers.single(Map.of()), new byte[0]);
            case "here.example" -> new Exchange.Refused("media-type-wrong");
            default -> new Exchange.Failed("deadline-passed");
        };
    }
}
