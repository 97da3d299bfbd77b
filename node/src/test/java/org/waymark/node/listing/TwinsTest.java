// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
            assertThat(twins.merge(stranger, soup, again, Set.of()))
                    .isEqualTo(Twins.Merged.NOT_FOUND);
            // They came after it was counted.
            desk.waiting.add(UUID.randomUUID());
            assertThat(twins.merge(desk.amal, soup, again, Set.of()))
                    .isEqualTo(Twins.Merged.PEOPLE_WAIT);
            assertThat(desk.listings.find(desk.amal, new ListingId(again)).orElseThrow().status())
                    .isEqualTo(Status.ACTIVE);
            desk.waiting.clear();

            assertThat(twins.dismiss(desk.amal, third, soup)).isTrue();
            assertThat(twins.merge(desk.amal, soup, again, Set.of())).isEqualTo(Twins.Merged.DONE);
            assertThat(desk.listings.find(desk.amal, new ListingId(again)).orElseThrow().status())
                    .isEqualTo(Status.DEFUNCT);

            twins.look(desk.amal);
            desk.work.runDue();
            assertThat(twins.list(desk.amal)).isEmpty();
        }
    }

    @Test
    void whoMergesChoosesWhatStaysAndTheHistoryShowsIt() {
        try (var desk = new Desk(Databases.inMemory())) {
            var twins = twins(desk);
            var keep = add(desk, "Warm kitchen", "030-5550100", "");
            var closeDraft =
                    Draft.named(new Text("en", Map.of("en", "Warm kitchen", "ar", "مطبخ دافئ")))
                            .description(
                                    new Text("en", Map.of("en", "Warm food", "ar", "طعام دافئ")))
                            .phones(List.of(Phone.of("030-5550100"), Phone.of("030-5550177")))
                            .spots(List.of(Spot.at("1 Quay", "12345", "Lindmar", "XX")))
                            .schedules(
                                    List.of(
                                            Schedule.weekly(
                                                    Set.of(DayOfWeek.MONDAY),
                                                    LocalTime.of(18, 0),
                                                    LocalTime.of(22, 0))))
                            .build();
            var close = desk.listings.add(desk.amal, closeDraft).id().value();
            twins.look(desk.amal);
            desk.work.runDue();

            var offer = twins.offer(desk.amal, keep, close).orElseThrow();
            assertThat(offer.pieces())
                    .extracting(Twins.Piece::kind)
                    .contains("text", "phone", "schedule", "place");
            var chosen =
                    offer.pieces().stream()
                            .filter(it -> !it.kind().equals("schedule"))
                            .map(Twins.Piece::key)
                            .collect(Collectors.toSet());
            assertThat(twins.merge(desk.amal, keep, close, chosen)).isEqualTo(Twins.Merged.DONE);

            var now = desk.listings.find(desk.amal, new ListingId(keep)).orElseThrow();
            assertThat(now.name().byLanguage()).containsEntry("ar", "مطبخ دافئ");
            assertThat(now.description().byLanguage()).containsEntry("ar", "طعام دافئ");
            assertThat(now.phones())
                    .extracting(Phone::number)
                    .containsExactly("030-5550100", "030-5550177");
            assertThat(now.spots()).extracting(Spot::city).containsExactly("Lindmar");
            assertThat(now.schedules()).isEmpty();
            var versions =
                    desk.database.read(tx -> ListingVersionTable.list(tx, new ListingId(keep), 9));
            assertThat(versions)
                    .extracting(ListingVersion::action)
                    .contains("listing-merge", "listing-add");
        }
    }

    @Test
    void theStrongerWarningOfTwoStaysUnlessAPersonSaysNo() {
        try (var desk = new Desk(Databases.inMemory())) {
            var twins = twins(desk);
            var keep = add(desk, "Registry", "030-5550100", "");
            var careful =
                    Draft.named(Text.of("en", "Registry"))
                            .phones(List.of(Phone.of("030-5550100")))
                            .kind(Kind.PUBLIC_OFFICE)
                            .mayHaveToReport(Answer.YES)
                            .papersNeeded(Answer.YES)
                            .fit(
                                    new Fit(
                                            false,
                                            java.util.OptionalInt.empty(),
                                            java.util.OptionalInt.empty(),
                                            java.util.EnumSet.of(Situation.FAMILIES),
                                            List.of()))
                            .build();
            var close = desk.listings.add(desk.amal, careful).id().value();
            twins.look(desk.amal);
            desk.work.runDue();

            var offer = twins.offer(desk.amal, keep, close).orElseThrow();
            assertThat(offer.pieces())
                    .filteredOn(Twins.Piece::isSuggested)
                    .extracting(Twins.Piece::member)
                    .contains("kind", "may_have_to_report", "papers_needed", "situations");
            var suggested =
                    offer.pieces().stream()
                            .filter(Twins.Piece::isSuggested)
                            .map(Twins.Piece::key)
                            .collect(java.util.stream.Collectors.toSet());
            // While people wait nothing closes; what was chosen is given all the same.
            desk.waiting.add(UUID.randomUUID());
            assertThat(twins.merge(desk.amal, keep, close, suggested))
                    .isEqualTo(Twins.Merged.PEOPLE_WAIT);

            var now = desk.listings.find(desk.amal, new ListingId(keep)).orElseThrow();
            assertThat(now.kind()).isEqualTo(Kind.PUBLIC_OFFICE);
            assertThat(now.mayHaveToReport()).isEqualTo(Answer.YES);
            assertThat(now.papersNeeded()).isEqualTo(Answer.YES);
            assertThat(now.fit().situations()).contains(Situation.FAMILIES);
        }
    }

    @Test
    void nothingOfAListingThatFewerPeopleSeeIsPutIntoOneThatMoreSee() {
        try (var desk = new Desk(Databases.inMemory())) {
            var twins = twins(desk);
            var keep = add(desk, "Quiet house", "030-5550100", "");
            var close =
                    desk.listings
                            .add(
                                    desk.amal,
                                    Draft.named(Text.of("en", "Quiet house"))
                                            .description(Text.of("en", "MARKER of the few"))
                                            .phones(
                                                    List.of(
                                                            Phone.of("030-5550100"),
                                                            Phone.of("030-5550199")))
                                            .spots(
                                                    List.of(
                                                            Spot.at(
                                                                    "1 Hidden",
                                                                    "12345",
                                                                    "Lindmar",
                                                                    "XX")))
                                            .place(Place.PHONE_ONLY)
                                            .build())
                            .id()
                            .value();
            var open = desk.listings.edit(desk.amal, new ListingId(close)).orElseThrow().build();
            twins.look(desk.amal);
            desk.work.runDue();

            var offer = twins.offer(desk.amal, keep, close).orElseThrow();
            assertThat(offer.isNarrower()).isTrue();
            assertThat(offer.pieces()).isEmpty();
            var keys = keysOfAll(desk, keep, close);
            assertThat(keys)
                    .as("what somebody could send by hand")
                    .anyMatch(it -> it.startsWith("place:"))
                    .anyMatch(it -> it.startsWith("phone:"))
                    .anyMatch(it -> it.startsWith("text:"));
            assertThat(twins.merge(desk.amal, keep, close, keys)).isEqualTo(Twins.Merged.DONE);
            assertThat(open.spots()).hasSize(1);
            var now = desk.listings.find(desk.amal, new ListingId(keep)).orElseThrow();
            assertThat(now.spots()).isEmpty();
            assertThat(now.phones()).extracting(Phone::number).containsExactly("030-5550100");
            assertThat(now.description().base()).doesNotContain("MARKER");
        }
    }

    private static Set<String> keysOfAll(Desk desk, UUID keep, UUID close) {
        return desk.database.read(
                tx -> {
                    var into = AggregateTable.find(tx, keep).orElseThrow();
                    var from = AggregateTable.find(tx, close).orElseThrow();
                    var ids = new HashSet<>(into.parts());
                    ids.addAll(from.parts());
                    return new TwinPieces(
                                    into.json(), from.json(), AggregateTable.listByIds(tx, ids))
                            .list().stream().map(Twins.Piece::key).collect(Collectors.toSet());
                });
    }

    private static Twins twins(Desk desk) {
        return new Twins(
                desk.database,
                desk.work,
                desk.staff.access,
                desk.staff.audit,
                desk.listings,
                desk.closings,
                Clock.systemUTC());
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
