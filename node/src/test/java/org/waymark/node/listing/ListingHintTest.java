// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;

/// An import is told to a partner by one activity, and the partner ends with the same.
class ListingHintTest {

    private static final int SERVICES = 510;

    @TempDir Path temporary;

    @Test
    void anImportIsOneActivityForEachPartner() throws IOException {
        try (var nodes = TwoNodes.peered()) {
            var shelter = nodes.shelter;
            var before = sent(shelter);

            shelter.domains()
                    .directoryImport()
                    .run(
                            shelter.acting(),
                            aPackage(),
                            new HsdsImport.Options(
                                    shelter.organization().id(),
                                    Optional.of("DE"),
                                    ZoneId.of("Europe/Berlin"),
                                    "en",
                                    Optional.empty(),
                                    false),
                            // The workers go on while it imports, as they do in earnest.
                            (_, _, _) -> nodes.settle());
            nodes.settle();
            nodes.clock.advance(Duration.ofSeconds(3));
            nodes.settle();

            assertThat(sent(shelter) - before).isEqualTo(1);
            var copies =
                    nodes.clinic
                            .database()
                            .read(tx -> ListingTable.listHeld(tx, shelter.organizationActor()));
            var shown =
                    shelter.database()
                            .read(
                                    tx ->
                                            SharedListingTable.listShown(
                                                    tx, shelter.organization().id(), true));
            assertThat(shown).hasSize(SERVICES);
            assertThat(copies).hasSize(SERVICES);
            assertThat(shown)
                    .allSatisfy(
                            it ->
                                    assertThat(copies.get(it.uri()))
                                            .isEqualTo(new ListingTable.Held(it.version(), true)));
        }
    }

    private Path aPackage() throws IOException {
        var services =
                IntStream.range(0, SERVICES)
                        .mapToObj(i -> "%d,1,Course %d,active".formatted(i, i))
                        .collect(Collectors.joining("\n"));
        Files.writeString(
                temporary.resolve("services.csv"),
                "id,organization_id,name,status\n" + services + "\n");
        Files.writeString(
                temporary.resolve("organizations.csv"),
                "id,name,description\n1,Harbour Advice,Advice for newcomers.\n");
        return temporary;
    }

    private static int sent(TestNode node) {
        return node.database()
                .read(
                        tx ->
                                tx.find(
                                        "SELECT COUNT(*) AS deliveries FROM delivery",
                                        row -> row.integer("deliveries")))
                .orElseThrow();
    }
}
