// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.federation.vocabulary.StrictJson;

class OriginsTest {
    private static final URI ALICE = URI.create("https://a.example/o/1");

    @Tag("attack:host-case")
    @Tag("attack:host-port")
    @ParameterizedTest
    @CsvSource({
        "https://a.example/o/1,      https://a.example/s/2,        true",
        "https://a.example/o/1,      https://A.EXAMPLE/s/2,        true",
        "https://a.example/o/1,      https://a.example:443/s/2,    true",
        "HTTPS://a.example/o/1,      https://a.example/s/2,        true",
        "http://127.0.0.1:80/o/1,    http://127.0.0.1/s/2,         true",
        "https://a.example/o/1,      http://a.example/s/2,         false",
        "https://a.example/o/1,      https://a.example:8443/s/2,   false",
        "https://a.example/o/1,      https://b.example/s/2,        false",
        "https://a.example/o/1,      https://sub.a.example/s/2,    false",
        "https://a.example/o/1,      https://a.example.evil/s/2,   false",
        "https://a.example/o/1,      https://a.example@b.example/, false",
    })
    void sameOrigin(URI one, URI other, boolean same) {
        assertThat(Origins.same(one, other)).isEqualTo(same);
        assertThat(Origins.same(other, one)).isEqualTo(same);
    }

    @Tag("attack:host-trailing-dot")
    @Tag("attack:host-idn")
    @Tag("attack:host-user-info")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example./o/1",
                "https://user@a.example/o/1",
                "https://bücher.example/",
                "https://a%2eexample/",
                "https://2130706433/",
                "https://127.1/",
                "https://0177.0.0.1/",
                "https://0x7f.0.0.1/",
                "ftp://a.example/",
                "acct:a@a.example",
                "urn:uuid:ac148810-0000-4000-8000-000000000000",
                "/relative",
            })
    void oddSpellingsAreNoOriginAndEqualNothing(String text) {
        URI uri = URI.create(text);

        assertThat(Origin.of(uri)).isEmpty();
        assertThat(Origins.same(uri, uri)).isFalse();
    }

    @Tag("attack:take-over-other-host-update")
    @Tag("attack:take-over-other-host-delete")
    @Tag("attack:take-over-other-host-undo")
    @ParameterizedTest(name = "{0} of {1} by a.example -> {2}")
    @CsvSource({
        "Create,   https://a.example/s/1, ''",
        "Create,   https://b.example/s/1, object-of-other-origin",
        "Update,   https://a.example/s/1, ''",
        "Update,   https://b.example/s/1, object-of-other-origin",
        "Delete,   https://b.example/s/1, object-of-other-origin",
        "Undo,     https://b.example/a/1, object-of-other-origin",
        "Offer,    https://b.example/r/1, object-of-other-origin",
        "Move,     https://b.example/o/1, object-of-other-origin",
        "Accept,   https://b.example/a/1, ''",
        "Announce, https://b.example/s/1, ''",
        "Flag,     https://b.example/s/1, ''",
    })
    void anActorActsOnObjectsOfItsOwnOrigin(String verb, String object, String code) {
        for (String form : new String[] {"\"%s\"", "{\"type\":\"Note\",\"id\":\"%s\"}"}) {
            String json =
                    """
                    {"type":"%s","id":"https://a.example/a/9","actor":"https://a.example/o/1","object":%s}
                    """
                            .formatted(verb, form.formatted(object));

            assertThat(code(json)).isEqualTo(code);
        }
    }

    @ParameterizedTest(name = "{0} to {2} -> {3}")
    @CsvSource({
        "Add,    https://b.example/s/1, https://a.example/o/1/featured, ''",
        "Add,    https://a.example/s/1, https://b.example/o/1/featured, target-of-other-origin",
        "Remove, https://b.example/s/1, https://a.example/o/1/featured, ''",
        "Remove, https://a.example/s/1, https://b.example/o/1/featured, target-of-other-origin",
    })
    void anActorChangesOnlyItsOwnCollections(
            String verb, String object, String target, String code) {
        assertThat(
                        code(
                                """
                                {"type":"%s","id":"https://a.example/a/9","actor":"https://a.example/o/1",
                                 "object":"%s","target":"%s"}
                                """
                                        .formatted(verb, object, target)))
                .isEqualTo(code);
    }

    @Tag("attack:inbox-on-our-host")
    @ParameterizedTest
    @CsvSource({
        "https://a.example/o/1/inbox, https://a.example/inbox,     ''",
        "https://A.example:443/inbox, https://a.example/inbox,     ''",
        "https://b.example/inbox,     https://a.example/inbox,     inbox-of-other-origin",
        "https://a.example/o/1/inbox, https://b.example/inbox,     inbox-of-other-origin",
        "http://a.example/o/1/inbox,  https://a.example/inbox,     inbox-of-other-origin",
        "https://a.example@b.example, https://a.example/inbox,     inbox-of-other-origin",
    })
    void anActorReceivesWhereItLives(URI inbox, URI shared, String code) {
        var actor =
                new Actor(
                        Draft.of("Organization", URI.create("https://a.example/o/1"))
                                .set("inbox", inbox)
                                .set(
                                        "endpoints",
                                        Draft.anonymous("Endpoints").set("sharedInbox", shared))
                                .json());

        assertThat(Origins.check(actor))
                .isEqualTo(
                        code.isEmpty()
                                ? new Reading.Read<>(actor)
                                : new Reading.Refused<Actor>(code));
    }

    @Test
    void refusesAnIdOfAnotherOriginThanTheActors() {
        assertThat(
                        code(
                                """
                                {"type":"Follow","id":"https://b.example/a/9",
                                 "actor":"https://a.example/o/1","object":"https://b.example/o/1"}
                                """))
                .isEqualTo("id-of-other-origin");
    }

    @Test
    void refusesAnObjectAttributedToSomebodyElse() {
        String json =
                """
                {"type":"Create","id":"https://a.example/a/9","actor":"https://a.example/o/1",
                 "object":{"type":"Note","id":"https://a.example/s/1","attributedTo":"%s"}}
                """;

        assertThat(code(json.formatted("https://b.example/o/1")))
                .isEqualTo("attributed-to-other-origin");
        assertThat(code(json.formatted("https://a.example/o/1"))).isEmpty();
    }

    @Test
    void refusesAnAcceptWhoseResultLivesElsewhere() {
        String json =
                """
                {"type":"Accept","id":"https://a.example/a/9","actor":"https://a.example/o/1",
                 "object":"https://b.example/a/1","result":{"type":"x:Y","id":"%s"}}
                """;

        assertThat(code(json.formatted("https://b.example/c/1")))
                .isEqualTo("object-of-other-origin");
        assertThat(code(json.formatted("https://a.example/c/1"))).isEmpty();
    }

    @Test
    void whatIsEmbeddedFromElsewhereIsFetchedOrDropped() {
        assertThat(embedding("{\"id\":\"https://a.example/s/1\"}"))
                .isEqualTo(Origins.Embedding.USE);
        assertThat(embedding("{\"type\":\"Place\"}")).isEqualTo(Origins.Embedding.USE);
        assertThat(embedding("{\"id\":\"https://b.example/s/1\"}"))
                .isEqualTo(Origins.Embedding.FETCH);
        assertThat(embedding("{\"id\":\"urn:x:1\"}")).isEqualTo(Origins.Embedding.DROP);
        assertThat(embedding("{\"id\":7}")).isEqualTo(Origins.Embedding.DROP);
    }

    private static Origins.Embedding embedding(String object) {
        return Origins.embedding(ALICE, new Reference.Embedded(json(object)));
    }

    private static String code(String activity) {
        return switch (Origins.check(Activity.read(json(activity)).orElseThrow())) {
            case Reading.Read<Activity> _ -> "";
            case Reading.Refused<Activity>(String code) -> code;
        };
    }

    private static ObjectNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
