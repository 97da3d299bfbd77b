// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.Keys;

class ThingTest {
    private static final URI ALICE = URI.create("https://a.example/o/1");
    private static final URI BOB = URI.create("https://b.example/o/2");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Create",
                "Update",
                "Delete",
                "Follow",
                "Accept",
                "Reject",
                "TentativeAccept",
                "TentativeReject",
                "Offer",
                "Undo",
                "Read",
                "Announce",
                "Flag",
                "Move",
                "Like",
                "Dislike",
                "Block",
                "Ignore",
                "Invite",
                "Join",
                "Leave",
                "Add",
                "Remove"
            })
    void everyVerbHasARecordOfItsName(String verb) {
        var json = Draft.activity(verb, URI.create(ALICE + "/a"), ALICE).set("object", BOB).json();

        Activity activity = Activity.read(json).orElseThrow();

        assertThat(activity.getClass().getSimpleName()).isEqualTo(verb);
        assertThat(activity.object()).contains(new Reference.Link(BOB));
    }

    @Test
    void aVerbNobodyKnowsIsKeptWhole() {
        Activity activity =
                Activity.read(
                                json(
                                        """
                                        {"type":"Levitate","id":"https://a.example/a/1",
                                         "actor":"https://a.example/o/1","height":{"metres":3}}
                                        """))
                        .orElseThrow();

        assertThat(activity).isInstanceOf(Activity.Unknown.class);
        assertThat(activity.json().at("/height/metres").asInt()).isEqualTo(3);
    }

    @Test
    void oneValueAndAListOfOneReadTheSame() {
        var single =
                json(
                        """
                        {"type":["Create"],"id":"https://a.example/a/1",
                         "actor":{"type":"Organization","id":"https://a.example/o/1"},
                         "to":"https://b.example/o/2","object":"https://a.example/s/1"}
                        """);
        var list =
                json(
                        """
                        {"type":"Create","id":"https://a.example/a/1",
                         "actor":["https://a.example/o/1"],
                         "to":["https://b.example/o/2"],"object":["https://a.example/s/1"]}
                        """);

        for (var json : List.of(single, list)) {
            Activity activity = Activity.read(json).orElseThrow();

            assertThat(activity).isInstanceOf(Activity.Create.class);
            assertThat(activity.actor()).isEqualTo(ALICE);
            assertThat(activity.to()).containsExactly(BOB);
            assertThat(activity.object().flatMap(Reference::id))
                    .contains(URI.create("https://a.example/s/1"));
        }
    }

    @Test
    void refusesAnActivityWithoutIdOrWithTwoActors() {
        assertThat(Activity.read(json("{\"type\":\"Create\",\"actor\":\"https://a.example/o/1\"}")))
                .isEqualTo(new Reading.Refused<Activity>("id-missing"));
        assertThat(
                        Activity.read(
                                json(
                                        """
                                        {"type":"Create","id":"https://a.example/a/1",
                                         "actor":["https://a.example/o/1","https://b.example/o/2"]}
                                        """)))
                .isEqualTo(new Reading.Refused<Activity>("actor-missing"));
        assertThat(Activity.read(json("{\"id\":\"https://a.example/a/1\"}")))
                .isEqualTo(new Reading.Refused<Activity>("type-missing"));
    }

    @Tag("attack:ten-thousand-recipients")
    @Test
    void refusesOneRecipientMoreThanTheLimitAndAcceptsTheLimit() {
        assertThat(Activity.read(addressed(100))).isInstanceOf(Reading.Read.class);
        assertThat(Activity.read(addressed(101)))
                .isEqualTo(new Reading.Refused<Activity>("too-many-recipients"));
    }

    @Test
    void everyoneHasOneName() {
        for (String name :
                List.of("as:Public", "Public", "https://www.w3.org/ns/activitystreams#Public")) {
            var json = Draft.activity("Create", URI.create(ALICE + "/a"), ALICE).json();
            json.put("to", name);

            assertThat(Activity.read(json).orElseThrow().to()).containsExactly(Contexts.PUBLIC);
        }
    }

    @Test
    void aNoteKeepsTheOrderOfItsLanguages() {
        var note =
                (Note)
                        Thing.read(
                                        json(
                                                """
                                                {"type":"Note","id":"https://a.example/s/1",
                                                 "contentMap":{"en":"<p>Soup</p>","ar":"<p>شوربة</p>"},
                                                 "location":{"type":"Place","latitude":52.5,"longitude":13},
                                                 "tag":[{"type":"Hashtag","name":"#food"},{"type":"Mention","name":"@x"}],
                                                 "updated":"2026-02-01T10:00:00+01:00","published":"tomorrow",
                                                 "waymark:version":1769936400000}
                                                """))
                                .orElseThrow();

        assertThat(note.contentMap().tags()).containsExactly("en", "ar");
        assertThat(note.location().orElseThrow().latitude()).hasValue(52.5);
        assertThat(note.hashtags()).containsExactly("#food");
        assertThat(note.updated()).contains(Instant.parse("2026-02-01T09:00:00Z"));
        assertThat(note.published()).isEmpty();
        assertThat(note.version()).isEqualTo(OptionalLong.of(1769936400000L));
    }

    @Test
    void anActorShowsItsKeysAndCapabilities() {
        var keys = Keys.of(ALICE.toString());
        var generator =
                Draft.anonymous("Application")
                        .set(
                                "implements",
                                json("{\"x\":[{\"href\":\"https://w3id.org/waymark/v1#sealed-1\"}]}")
                                        .path("x"));

        var actor = new Actor(keys.draft().set("generator", generator).document());

        assertThat(actor.publicKeys()).extracting(Actor.PemKey::id).containsExactly(keys.rsaId());
        assertThat(actor.assertionMethods())
                .extracting(Actor.KeyEntry::id)
                .containsExactly(keys.ed25519Id());
        assertThat(actor.capabilities())
                .isEqualTo(Set.of(URI.create("https://w3id.org/waymark/v1#sealed-1")));
    }

    @Test
    void aDraftIsWrittenInOneForm() {
        byte[] bytes =
                Draft.activity("Follow", URI.create("https://a.example/a/1"), ALICE)
                        .to(BOB)
                        .set("object", BOB)
                        .set("published", Instant.parse("2026-01-05T09:00:00.123Z"))
                        .bytes();

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .startsWith("{\"@context\":[\"https://www.w3.org/ns/activitystreams\",")
                .endsWith(
                        "\"type\":\"Follow\",\"id\":\"https://a.example/a/1\","
                                + "\"actor\":\"https://a.example/o/1\",\"to\":[\"https://b.example/o/2\"],"
                                + "\"object\":\"https://b.example/o/2\",\"published\":\"2026-01-05T09:00:00Z\"}");
    }

    @Test
    void jacksonWritesAThingAsItsJson() throws Exception {
        var note = new Note(Draft.of("Note", ALICE).set("unknown", "kept").json());

        assertThat(new JsonMapper().writeValueAsString(note))
                .isEqualTo(
                        "{\"type\":\"Note\",\"id\":\"https://a.example/o/1\",\"unknown\":\"kept\"}");
    }

    private static ObjectNode addressed(int recipients) {
        return Draft.activity("Create", URI.create("https://a.example/a/1"), ALICE)
                .all(
                        "to",
                        IntStream.range(0, recipients)
                                .mapToObj(i -> URI.create("https://b.example/o/" + i))
                                .toList())
                .json();
    }

    private static ObjectNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void everyVerbWeHaveARecordForIsReadAsIt() {
        var records =
                Arrays.stream(Activity.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .filter(name -> !name.equals("Unknown"));

        assertThat(Types.VERBS.keySet()).containsExactlyInAnyOrderElementsOf(records.toList());
    }
}
