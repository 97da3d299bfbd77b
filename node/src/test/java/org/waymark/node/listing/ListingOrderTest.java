// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Note;
import org.waymark.node.database.Databases;

/// What a partner tells of its listings, doubled and in any order, ends in the same copies.
class ListingOrderTest {

    private static final URI CLINIC = URI.create("https://clinic.example/o/1");

    private final Desk desk = new Desk(Databases.inMemory());
    private final ListingCopies copies =
            new ListingCopies(
                    desk.listings.directory(), (_, _) -> true, Clock.systemUTC(), UUID::randomUUID);

    /// One thing told of a listing: how it is at a version, or that it is gone.
    private record Told(long version, boolean isGone) {}

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void anyOrderConverges() {
        long seed = Long.getLong("waymark.seed", System.nanoTime());
        System.out.println("seed " + seed + " of: any order converges");
        var chance = new Random(seed);
        for (int i = 0; i < (Boolean.getBoolean("waymark.long") ? 2_000 : 60); i++) {
            var history = history(chance);
            var straight = URI.create("https://clinic.example/s/a" + i);
            var jumbled = URI.create("https://clinic.example/s/b" + i);

            history.forEach(told -> take(straight, told));
            jumbled(history, chance).forEach(told -> take(jumbled, told));

            assertThat(state(jumbled)).as("seed %d, case %d", seed, i).isEqualTo(state(straight));
        }
    }

    @Test
    void receivingTwiceIsReceivingOnce() {
        long seed = Long.getLong("waymark.seed", System.nanoTime());
        System.out.println("seed " + seed + " of: receive twice = once");
        var chance = new Random(seed);
        var listing = URI.create("https://clinic.example/s/twice");
        for (var told : history(chance)) {
            take(listing, told);
            var once = row(listing);

            take(listing, told);

            // The row itself, with its hash and time.
            assertThat(row(listing)).as("seed %d", seed).isEqualTo(once);
        }
    }

    private static List<Told> history(Random chance) {
        var history = new ArrayList<Told>();
        long version = chance.nextInt(1000);
        for (int many = 1 + chance.nextInt(6); many > 0; many--) {
            version += 1 + chance.nextInt(5);
            history.add(new Told(version, false));
        }
        if (chance.nextInt(3) == 0) {
            history.add(new Told(version + 1, true));
        }
        return history;
    }

    private static List<Told> jumbled(List<Told> history, Random chance) {
        var jumbled = new ArrayList<>(history);
        for (int doubles = chance.nextInt(4); doubles > 0; doubles--) {
            jumbled.add(history.get(chance.nextInt(history.size())));
        }
        Collections.shuffle(jumbled, chance);
        return jumbled;
    }

    private void take(URI listing, Told told) {
        if (told.isGone()) {
            desk.database.write(tx -> copies.takeAway(tx, CLINIC, listing, told.version()));
            return;
        }
        var note = Document.object();
        note.put("type", "Note")
                .put("id", listing.toString())
                .put("attributedTo", CLINIC.toString())
                .put("waymark:version", told.version());
        note.putArray("to").add(Contexts.PUBLIC.toString());
        note.putObject("hsdsService")
                .put("name", "Version " + told.version())
                .put("status", "active");
        desk.database.write(tx -> copies.take(tx, CLINIC, "The Clinic", new Note(note)));
    }

    /// What a reader could tell apart.
    private String state(URI listing) {
        var row = desk.database.read(tx -> ListingTable.findByUri(tx, listing)).orElseThrow();
        return row.version() + " " + row.document().replace(listing.toString(), "it");
    }

    private String row(URI listing) {
        return desk.database
                .read(tx -> ListingTable.findByUri(tx, listing))
                .orElseThrow()
                .toString();
    }
}
