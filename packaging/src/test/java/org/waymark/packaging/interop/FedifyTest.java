// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;
import static org.waymark.packaging.interop.Fedify.CAVAGE;
import static org.waymark.packaging.interop.Fedify.RFC_9421;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.packaging.PackagedNode;

/// Fedify, which knows nothing of us, finds our actors, follows them, is followed, and both tell
/// each other of listings.
@Tag("packaged")
final class FedifyTest {

    private static final String SLUG = "shelter";

    @TempDir static Path scratch;
    private static Fedify fedify;
    private static PackagedNode node;
    private static Editor editor;
    private static URI organization;
    private static String firstKnock = "";
    // Less than all when Fedify could not be installed, or something did not start.
    private static final List<Runnable> opened = new ArrayList<>();

    @BeforeAll
    static void peer() {
        fedify = Fedify.start(scratch.resolve("fedify"));
        opened.add(fedify::close);
        node =
                PackagedNode.init(PackagedNode.IMAGE, scratch.resolve("node"), "Shelter")
                        .environment("WAYMARK_FEDERATION_ALLOW_NETWORKS", "127.0.0.0/8")
                        .start();
        opened.add(node::close);
        editor = Editor.at(node, SLUG);
        organization = organization();
        assertThat(command("peer", "request", fedify.address().toString())).contains("requested");
        until("peering accepted", () -> command("peer", "list").contains("active"));
        // Who asked for the peering accepts the other side's organisations.
        fedify.ask("send", Map.of("verb", "Follow", "to", organization.toString()));
        until("their follow accepted", () -> !heardOf("Accept").isEmpty());
        firstKnock = fedify.posted().getFirst().path("scheme").asText();
        var first = fedify.address().resolve("/notes/first");
        var version = new AtomicLong();
        until(
                "our follow accepted",
                () -> {
                    post(CAVAGE, "Update", note(first, "Peppermint", version.incrementAndGet()));
                    return site("peppermint").contains("Peppermint");
                });
    }

    @AfterAll
    static void stop() {
        opened.forEach(Runnable::run);
    }

    @Test
    void fedifyFindsAndReadsOurActors() {
        var account = "acct:" + SLUG + "@127.0.0.1:" + node.port();
        var seen =
                fedify.ask(
                        "look",
                        Map.of(
                                "base", node.address().toString(),
                                "actor", organization.toString(),
                                "account", account));

        assertThat(seen.path("type").asText()).isEqualTo("Organization");
        assertThat(seen.path("name").asText()).isEqualTo("Shelter");
        assertThat(seen.path("inbox").asText()).isEqualTo(organization + "/inbox");
        assertThat(seen.path("key").asText()).isEqualTo("RSASSA-PKCS1-v1_5");
        assertThat(seen.path("proofKeys")).anyMatch(it -> it.asText().equals("Ed25519"));
        assertThat(seen.path("subject").asText()).isEqualTo(account);
        assertThat(seen.path("self").asText()).isEqualTo(organization.toString());
        assertThat(seen.path("nodeInfo").path("software").path("name").asText())
                .isEqualTo("waymark");
    }

    @Test
    void fedifyHearsOfAListingFromItsPublicationToItsEnd() {
        var listing = editor.add("Lavender beds");
        var uri = node.address().resolve("/s/" + listing).toString();
        until("create", () -> !fedify.heard("Create", "Lavender beds").isEmpty());
        editor.rename(listing, "Rosemary beds");
        until("update", () -> !fedify.heard("Update", "Rosemary beds").isEmpty());
        editor.close(listing);
        until("delete", () -> !fedify.heard("Delete", uri).isEmpty());

        assertThat(fedify.heard("Create", "Lavender beds").getFirst().path("content").asText())
                .contains("Lavender beds");
        assertThat(fedify.posted()).allMatch(it -> it.path("status").asInt() == 202);
    }

    @ParameterizedTest
    @ValueSource(strings = {CAVAGE, RFC_9421})
    void weHearOfAListingFromItsPublicationToItsEnd(String scheme) {
        var uri = fedify.address().resolve("/notes/" + UUID.randomUUID());
        var word = scheme.equals(CAVAGE) ? "Thyme" : "Sage";
        var name = word + " clinic";

        post(scheme, "Create", note(uri, name, 1));
        until("create", () -> site(word).contains(name));
        post(scheme, "Update", note(uri, name + " moved", 2));
        until("update", () -> site(word).contains(name + " moved"));
        // As Fedify makes it: a Tombstone that does not tell what it was.
        fedify.ask(
                "send",
                Map.of(
                        "verb",
                        "Delete",
                        "scheme",
                        scheme,
                        "to",
                        organization.toString(),
                        "object",
                        uri.toString()));
        until("delete", () -> !site(word).contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {CAVAGE, RFC_9421})
    void fedifysOwnActivitiesAreTakenUnderEachScheme(String scheme) {
        var sent =
                fedify.ask(
                        "send",
                        Map.of(
                                "verb",
                                "Create",
                                "scheme",
                                scheme,
                                "to",
                                organization.toString(),
                                "object",
                                fedify.address() + "/notes/" + UUID.randomUUID(),
                                "name",
                                "A note",
                                "text",
                                "<p>Just a note</p>"));

        assertThat(sent.path("id").asText()).startsWith(fedify.address().toString());
    }

    @Test
    void whoSignsTheNewerWayIsAnsweredSo() {
        var uri = fedify.address().resolve("/notes/" + UUID.randomUUID());
        assertThat(firstKnock).as("to a stranger").isEqualTo(CAVAGE);

        post(RFC_9421, "Create", note(uri, "Valerian clinic", 1));
        editor.add("Verbena beds");
        until("create", () -> !fedify.heard("Create", "Verbena beds").isEmpty());

        assertThat(fedify.posted())
                .filteredOn(it -> it.path("body").asText().contains("Verbena beds"))
                .singleElement()
                .satisfies(it -> assertThat(it.path("scheme").asText()).isEqualTo(RFC_9421))
                .satisfies(it -> assertThat(it.path("status").asInt()).isEqualTo(202));
    }

    @Test
    void fedifyBelievesOurProofsAndNoOthers() {
        var uri = node.address().resolve("/s/" + editor.add("Comfrey beds"));
        // Fedify believes what has no proof at all; the first answer may come before it is made.
        until("the proof", () -> fedify.fetch(uri).has("proof"));
        var document = fedify.fetch(uri);
        var forged = ((ObjectNode) document).deepCopy().put("name", "Comfrey bets");

        assertThat(believes(document)).isTrue();
        assertThat(believes(forged)).isFalse();
    }

    @Test
    void weBelieveFedifysProofsAndNoOthers() {
        var proved = fedify.ask("prove", Map.of("name", "Proved by Fedify"));
        var document = (ObjectNode) proved.path("document");
        var read = StrictJson.read(fedify.fetch(fedify.clinic()).toString().getBytes(UTF_8));
        var actor = (Actor) read.then(Thing::read).orElseThrow();

        assertThat(proof(document, actor)).isInstanceOf(Reading.Read.class);
        assertThat(proof(document.deepCopy().put("name", "Forged"), actor))
                .isInstanceOf(Reading.Refused.class);
    }

    private static Reading<VerificationKey> proof(ObjectNode document, Actor actor) {
        return new ObjectProofs(Clock.systemUTC())
                .verify(document, id -> VerificationKey.listedBy(actor, id).found());
    }

    private static boolean believes(JsonNode document) {
        return fedify.ask("verify", Map.of("document", document)).path("believed").asBoolean();
    }

    @Test
    void aKeyThatWasReplacedIsFetchedAnew() {
        var uri = fedify.address().resolve("/notes/" + UUID.randomUUID());
        post(CAVAGE, "Create", note(uri, "Before rotation", 1));
        until("create", () -> site("rotation").contains("Before rotation"));

        fedify.ask("rotate", Map.of("of", "clinic"));
        until(
                "the new key is believed",
                () -> status(CAVAGE, "Update", note(uri, "After rotation", 2)) == 202);

        until("update", () -> site("rotation").contains("After rotation"));
    }

    @Test
    void fedifyGoesOnBelievingUsWhenWeReplaceOurKeys() {
        var listing = editor.add("Marjoram beds");
        var uri = node.address().resolve("/s/" + listing);
        until("create", () -> !fedify.heard("Create", "Marjoram beds").isEmpty());
        until("the proof", () -> fedify.fetch(uri).has("proof"));
        var proved = fedify.fetch(uri);
        var before = keysOf(fedify.fetch(organization));

        assertThat(command("rotate-keys", SLUG)).contains("sign from now on");
        editor.rename(listing, "Oregano beds");

        until("update", () -> !fedify.heard("Update", "Oregano beds").isEmpty());
        var after = keysOf(fedify.fetch(organization));
        assertThat(after).as("overlap").containsAll(before).hasSize(before.size() + 2);
        // Not one knock was in vain, and the key of this update is one it never saw before.
        assertThat(fedify.posted())
                .filteredOn(it -> it.path("body").asText().contains("Oregano beds"))
                .singleElement()
                .satisfies(it -> assertThat(it.path("status").asInt()).isEqualTo(202))
                .satisfies(it -> assertThat(before).doesNotContain(it.path("keyId").asText()))
                .satisfies(it -> assertThat(after).contains(it.path("keyId").asText()));
        // What was proven with the old key is still proven, and so is what the new one proves.
        assertThat(believes(proved)).isTrue();
        until("the new proof", () -> !fedify.fetch(uri).path("proof").equals(proved.path("proof")));
        assertThat(believes(fedify.fetch(uri))).isTrue();
        assertThat(believes(((ObjectNode) fedify.fetch(uri)).put("name", "Forged"))).isFalse();
    }

    private static List<String> keysOf(JsonNode actor) {
        var keys = new ArrayList<String>();
        for (var member : List.of("publicKey", "assertionMethod")) {
            var value = actor.path(member);
            for (var key : value.isArray() ? value : List.of(value)) {
                keys.add(key.path("id").asText());
            }
        }
        return keys;
    }

    @Test
    void whatHappenedWhileFedifyWasDeadArrivesWhenItIsBack() {
        var listing = editor.add("Fennel beds");
        until("create", () -> !fedify.heard("Create", "Fennel beds").isEmpty());
        fedify.kill();

        editor.rename(listing, "Dill beds");
        fedify.turnAwayOne();
        editor.rename(listing, "Chive beds");
        fedify.start();

        until("both, in order", () -> !fedify.heard("Update", "Chive beds").isEmpty());
        assertThat(fedify.heard("Update", "Dill beds")).hasSize(1);
        assertThat(fedify.heard("Update", "Chive beds")).hasSize(1);
    }

    private static Map<String, Object> note(URI uri, String name, long version) {
        return Map.of(
                "type",
                "Note",
                "id",
                uri.toString(),
                "attributedTo",
                fedify.clinic().toString(),
                "name",
                name,
                "content",
                "<p>" + name + "</p>",
                "to",
                "https://www.w3.org/ns/activitystreams#Public",
                "waymark:version",
                version,
                "hsdsService",
                Map.of(
                        "id", "6b6ad23c-4a3c-4f0e-9e0b-0d9d4f1f6f11",
                        "name", name,
                        "status", "active",
                        "kind", "help",
                        "reach", "public",
                        "place", "exact"));
    }

    private static void post(String scheme, String verb, Map<String, Object> object) {
        assertThat(status(scheme, verb, object)).isEqualTo(202);
    }

    private static int status(String scheme, String verb, Map<String, Object> object) {
        return fedify.ask(
                        "post",
                        Map.of(
                                "scheme",
                                scheme,
                                "inbox",
                                organization + "/inbox",
                                "body",
                                Map.of("type", verb, "object", object)))
                .path("status")
                .asInt();
    }

    private static String site(String word) {
        return editor.page("/en/search?q=" + word);
    }

    private static List<JsonNode> heardOf(String type) {
        return fedify.heard().stream().filter(it -> it.path("type").asText().equals(type)).toList();
    }

    private static URI organization() {
        var listed = command("organization", "list");
        var found = Pattern.compile("[0-9a-f-]{36}").matcher(listed);
        assertThat(found.find()).as(listed).isTrue();
        return node.address().resolve("/o/" + found.group());
    }

    private static String command(String... words) {
        var command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--data", node.data()));
        return node.run(command.toArray(String[]::new)).text();
    }
}
