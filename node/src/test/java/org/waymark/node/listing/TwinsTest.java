// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;

class TwinsTest {

    @Test
    void whatHasTheSameNameAndPhoneIsSuggestedUntilAPersonDecides() {
        try (var desk = new Desk(Databases.inMemory())) {
            var twins =
                    new Twins(
                            desk.database,
                            desk.work,
                            desk.staff.access,
                            desk.staff.audit,
                            desk.listings,
                            desk.closings,
                            Clock.systemUTC());
            var soup = add(desk, "Soup kitchen", "+49 30 555 0100", "https://soup.example/");
            var again = add(desk, "Soup  Kitchen".replace("  ", " "), "030-5550100", "");
            var third = add(desk, "Soup kitchen", "", "http://www.soup.example");
            add(desk, "Other kitchen", "030-5550100", "https://soup.example/");

            twins.look(desk.amal);
            desk.work.runDue();

            assertThat(twins.list(desk.amal))
                    .extracting(Twins.Pair::reason)
                    .containsExactlyInAnyOrder(Twins.Reason.PHONE, Twins.Reason.URL);
            var stranger =
                    desk.staff.acting(
                            desk.staff.organization("clinic"),
                            org.waymark.node.account.Role.EDITOR);
            assertThat(twins.list(stranger)).isEmpty();
            assertThat(twins.dismiss(stranger, soup, third)).isFalse();
            assertThat(twins.merge(stranger, soup, again)).isEqualTo(Twins.Merged.NOT_FOUND);
            // They came after it was counted.
            desk.waiting.add(UUID.randomUUID());
            assertThat(twins.merge(desk.amal, soup, again)).isEqualTo(Twins.Merged.PEOPLE_WAIT);
            assertThat(desk.listings.find(desk.amal, new ListingId(again)).orElseThrow().status())
                    .isEqualTo(Status.ACTIVE);
            desk.waiting.clear();

            assertThat(twins.dismiss(desk.amal, third, soup)).isTrue();
            assertThat(twins.merge(desk.amal, soup, again)).isEqualTo(Twins.Merged.DONE);
            assertThat(desk.listings.find(desk.amal, new ListingId(again)).orElseThrow().status())
                    .isEqualTo(Status.DEFUNCT);

            twins.look(desk.amal);
            desk.work.runDue();
            assertThat(twins.list(desk.amal)).isEmpty();
        }
    }

    private static UUID add(Desk desk, String name, String phone, String url) {
        var draft = Draft.named(Text.of("en", name));
        if (!phone.isEmpty()) {
            draft.phones(List.of(new Phone(phone, "", "", List.of())));
        }
        if (!url.isEmpty()) {
            draft.website(URI.create(url));
        }
        return desk.listings.add(desk.amal, draft.build()).id().value();
    }
}
