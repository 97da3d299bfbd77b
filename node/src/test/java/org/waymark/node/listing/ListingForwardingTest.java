// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OtherServer;
import org.waymark.node.exchange.SocialServer;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.peer.Peer;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;

/// The garden, a partner of the clinic, brings it what the shelter said. It counts as far as the
/// shelter's own proof goes, and only when it is about a public listing.
class ListingForwardingTest {

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;
    private static final TestNode GARDEN = TestNode.still(NODES.clock, "garden", "The Garden");
    private static final OtherServer STRANGER = new OtherServer(NODES.clock);
    private static final GuardedClient CLIENT =
            GuardedClient.of(
                    ClientSettings.of(NetworkRules.allowing(List.of("127.0.0.0/8")), "Garden/1"),
                    NODES.clock);

    private Listing listing;

    @BeforeAll
    static void peer() {
        GARDEN.domains().peers().request(GARDEN.acting(), CLINIC.url(), true);
        settle();
        Peer garden = TwoNodes.peerOf(CLINIC, GARDEN);
        CLINIC.domains().peers().accept(CLINIC.acting(), garden.id(), List.of(), true);
        settle();
    }

    @AfterAll
    static void close() {
        STRANGER.close();
        GARDEN.close();
        NODES.close();
    }

    private static void settle() {
        while (GARDEN.runDue() + SHELTER.runDue() + CLINIC.runDue() > 0) {
            continue;
        }
    }

    @BeforeEach
    void aListingOfTheShelterIsCopiedByTheClinic() {
        var draft = org.waymark.node.listing.Draft.named(Text.of("en", "Soup kitchen"));
        listing =
                SHELTER.domains()
                        .listings()
                        .add(SHELTER.acting(), draft.reach(Reach.PUBLIC).build());
        settle();
        assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
    }

    @Test
    void aPartnerMayBringAnUpdateThatItsActorProved() {
        var update = proven(update(newer("Soup garden")), shelterKey());

        assertThat(brings(update)).isEqualTo(202);
        assertThat(nameAtTheClinic()).isEqualTo("Soup garden");

        // As often as anyone likes, and by whomever: it changes nothing any more.
        NODES.clock.advance(Duration.ofMinutes(1));
        assertThat(brings(update)).isEqualTo(202);
        assertThat(nameAtTheClinic()).isEqualTo("Soup garden");
    }

    @Test
    void aBearerIsNotAskedToWaitForAPausedAuthor() {
        var update = proven(update(newer("Soup garden")), shelterKey());
        var shelter = TwoNodes.peerOf(CLINIC, SHELTER).id();
        CLINIC.domains().peers().pause(CLINIC.acting(), shelter);
        try {
            // 503 would keep back all that the garden has for us.
            assertThat(brings(update)).isEqualTo(403);
            assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
        } finally {
            CLINIC.domains().peers().accept(CLINIC.acting(), shelter, List.of(), true);
        }
    }

    @Tag("attack:forwarded-without-proof")
    @Test
    void withoutProofNothingChanges() {
        assertThat(brings(update(newer("Forged")))).isEqualTo(403);
        // The listing's own proof says nothing of the activity.
        assertThat(brings(update(proven(newer("Forged"), shelterKey())))).isEqualTo(403);
        assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
    }

    @Tag("attack:forwarded-and-changed")
    @Tag("attack:forwarded-with-foreign-proof")
    @Test
    void withAWordChangedOrAProofOfSomebodyElseNothingChanges() {
        var changed = proven(update(newer("Soup garden")), shelterKey());
        ((ObjectNode) changed.at("/object/hsdsService")).put("name", "Forged");

        assertThat(brings(changed)).isEqualTo(403);
        assertThat(brings(proven(update(newer("Forged")), gardenKey()))).isEqualTo(403);
        assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
    }

    @Tag("attack:forwarded-by-anyone")
    @Test
    void aStrangerMayBringNothing() {
        var update = proven(update(newer("Soup garden")), shelterKey());

        assertThat(STRANGER.post(CLINIC.url().resolve("/inbox"), update)).isEqualTo(403);
        CLINIC.runDue();
        assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
    }

    @Tag("attack:forwarded-beyond-listings")
    @Test
    void onlyPublicListingsAreBrought() {
        var follow =
                Draft.activity("Follow", activityId(), SHELTER.organizationActor())
                        .set("object", CLINIC.organizationActor())
                        .to(Contexts.PUBLIC)
                        .document();
        var forSome = update(newer("Soup garden"));
        forSome.remove("to");
        var withoutVersion = newer("Soup garden");
        withoutVersion.remove(Contexts.VERSION);

        assertThat(brings(proven(follow, shelterKey()))).isEqualTo(403);
        assertThat(brings(proven(forSome, shelterKey()))).isEqualTo(403);
        assertThat(brings(proven(update(withoutVersion), shelterKey()))).isEqualTo(403);
        assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
    }

    @Test
    void anAnnouncedListingCountsAsItsOwnerProvedIt() {
        assertThat(brings(announce(proven(newer("Soup garden"), shelterKey())))).isEqualTo(202);

        assertThat(nameAtTheClinic()).isEqualTo("Soup garden");
        assertThat(((Origin.Copy) copy().origin()).actor()).isEqualTo(SHELTER.organizationActor());
    }

    @Tag("attack:announced-and-changed")
    @Test
    void anAnnouncedListingWithoutItsOwnersProofChangesNothing() {
        var changed = proven(newer("Soup garden"), shelterKey());
        ((ObjectNode) changed.path("hsdsService")).put("name", "Forged");
        var notPublic = newer("Forged");
        notPublic.putArray("to").add(CLINIC.organizationActor().toString());
        notPublic.remove("cc");

        for (var note :
                List.of(
                        changed,
                        newer("Forged"),
                        proven(newer("Forged"), gardenKey()),
                        proven(notPublic, shelterKey()))) {
            assertThat(brings(announce(note))).isEqualTo(202);
            assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
        }
    }

    @Tag("attack:announced-and-changed")
    @Test
    void anAnnouncedListingThatIsNotKnownIsReadFromItsOwner() {
        var unknown = newer("Called back long ago");
        unknown.put("id", SHELTER.url() + "/s/" + UUID.randomUUID());

        assertThat(brings(announce(proven(unknown, shelterKey())))).isEqualTo(202);
        settle();

        var uri = URI.create(unknown.path("id").asText());
        var row = CLINIC.database().read(tx -> ListingTable.findByUri(tx, uri));
        assertThat(row).isEmpty();
    }

    @Tag("attack:brought-after-call-back")
    @Test
    void whatIsNotShownHereIsReadFromItsOwnerWhoeverBringsIt() {
        var copies =
                new ListingCopies(
                        CLINIC.domains().listings().directory(),
                        (_, _) -> true,
                        NODES.clock,
                        UUID::randomUUID);
        List<Consumer<Transaction>> ways =
                List.of(
                        tx -> copies.hide(tx, row(tx)),
                        tx -> copies.purge(tx, SHELTER.organizationActor()),
                        tx ->
                                copies.vanished(
                                        tx,
                                        SHELTER.organizationActor(),
                                        listing.uri(),
                                        row(tx).version()));
        for (var way : ways) {
            for (var brought :
                    List.of(
                            announce(proven(newer("Soup garden"), shelterKey())),
                            proven(update(newer("Soup garden")), shelterKey()))) {
                CLINIC.database().run(way);
                assertThat(brings(brought)).isEqualTo(202);
                assertThat(nameAtTheClinic()).isEqualTo("Soup kitchen");
                assertThat(copy().version()).isEqualTo(listing.version());
            }
        }
    }

    @Tag("attack:brought-after-call-back")
    @Test
    void whatItsOwnerCalledBackStaysAwayWhoeverBringsWhatItSaidBefore() {
        var before = SocialServer.get(listing.uri());
        var copies =
                new ListingCopies(
                        CLINIC.domains().listings().directory(),
                        (_, _) -> true,
                        NODES.clock,
                        UUID::randomUUID);
        CLINIC.database().run(tx -> copies.purge(tx, SHELTER.organizationActor()));
        // What the shelter says of it now has not arrived.
        var listings = SHELTER.domains().listings();
        listings.replace(
                SHELTER.acting(),
                listing.id(),
                listing.version(),
                listings.edit(SHELTER.acting(), listing.id())
                        .orElseThrow()
                        .reach(Reach.SITE)
                        .build());

        for (var brought : List.of(announce(before), proven(update(before), shelterKey()))) {
            assertThat(brings(brought)).isEqualTo(202);
            assertThat(CLINIC.database().read(this::row).foldedName()).isEmpty();
        }
    }

    private ListingRow row(Transaction tx) {
        return ListingTable.findByUri(tx, listing.uri()).orElseThrow();
    }

    /// Brought by the garden's organisation to the clinic's shared inbox, and processed there.
    private static int brings(ObjectNode activity) {
        var inbox = CLINIC.url().resolve("/inbox");
        var key = keysOf(GARDEN).rsaSigningKey();
        var exchange = CLIENT.post(inbox, StrictJson.write(activity), key);
        CLINIC.runDue();
        return ((Exchange.Answer) exchange).status();
    }

    /// What the shelter says of the listing, one version later.
    private ObjectNode newer(String name) {
        var note = SocialServer.get(listing.uri());
        note.remove("proof");
        note.put(Contexts.VERSION, note.path(Contexts.VERSION).asLong() + 1);
        ((ObjectNode) note.path("hsdsService")).put("name", name);
        return note;
    }

    private static ObjectNode update(ObjectNode note) {
        return Draft.activity("Update", activityId(), SHELTER.organizationActor())
                .set("object", note)
                .to(Contexts.PUBLIC)
                .document();
    }

    private static ObjectNode announce(ObjectNode note) {
        var id = GARDEN.url().resolve("/a/" + UUID.randomUUID());
        return Draft.activity("Announce", id, GARDEN.organizationActor())
                .set("object", note)
                .to(Contexts.PUBLIC)
                .document();
    }

    private static URI activityId() {
        return SHELTER.url().resolve("/a/" + UUID.randomUUID());
    }

    private static ObjectNode proven(ObjectNode document, SigningKey key) {
        return ObjectProofs.sign(key, document, NODES.clock.instant());
    }

    private static SigningKey shelterKey() {
        return keysOf(SHELTER).ed25519SigningKey();
    }

    private static SigningKey gardenKey() {
        return keysOf(GARDEN).ed25519SigningKey();
    }

    private static ActorKeys.Pairs keysOf(TestNode node) {
        var folder = KeyFolder.open(node.settings().keysDirectory(), node.settings().data());
        var keys = new ActorKeys(node.database(), MasterKey.open(folder), Clock.systemUTC());
        var actors =
                new LocalActors(
                        BaseUrl.parse(node.url().toString()), node.domains().organizations());
        return keys.of(actors.of(node.organization().id()));
    }

    private String nameAtTheClinic() {
        return copy().name().base();
    }

    private Listing copy() {
        return CLINIC.database()
                .read(tx -> ListingTable.findByUri(tx, listing.uri()))
                .map(Profile::read)
                .orElseThrow();
    }
}
