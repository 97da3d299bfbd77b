// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents as seven other programs write them: each is read into typed values, and written back
/// with every member it had.
class WireTest {
    private static final Path WIRE = Path.of("src/test/resources/wire");

    static Stream<Path> documents() throws IOException {
        try (var files = Files.walk(WIRE)) {
            return files.filter(it -> it.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void isReadAndWrittenWithoutLoss(Path document) throws IOException {
        byte[] bytes = Files.readAllBytes(document);

        Thing thing = StrictJson.read(bytes).then(Thing::read).orElseThrow();
        byte[] written = StrictJson.write(thing.json());
        byte[] again = StrictJson.write(StrictJson.read(written).orElseThrow());

        // Another reader than ours judges what is left.
        var other = new JsonMapper();
        assertThat(other.readTree(written)).isEqualTo(other.readTree(bytes));
        assertThat(again).isEqualTo(written);
    }

    @Test
    void everySoftwareHasItsNote() throws IOException {
        String readme = Files.readString(WIRE.resolve("README.md"));

        List<String> folders =
                documents()
                        .map(it -> WIRE.relativize(it).getName(0).toString())
                        .distinct()
                        .toList();
        assertThat(folders).hasSize(7).allSatisfy(it -> assertThat(readme).contains("`" + it));
    }

    @Test
    void mastodon() {
        var amina = read("mastodon/person", Actor.class);
        assertThat(amina.movedTo()).contains(uri("https://elsewhere.example/users/amina"));
        assertThat(amina.alsoKnownAs()).hasSize(2);
        assertThat(amina.approvesFollowers()).isTrue();
        assertThat(amina.sharedInbox()).contains(uri("https://social.example/inbox"));
        assertThat(amina.publicKeys()).hasSize(1);

        var create = read("mastodon/create-note", Activity.Create.class);
        var note = (Note) object(create);
        assertThat(note.summary()).isEmpty();
        assertThat(note.inReplyTo()).contains(uri("https://n1.example/s/ac148810"));
        assertThat(note.hashtags()).containsExactly("#access");
        assertThat(note.mentions()).containsExactly(uri("https://n1.example/o/5b1c"));
        assertThat(note.contentMap().tags()).containsExactly("en");
        assertThat(note.attachments())
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.mediaType()).contains("image/jpeg");
                            assertThat(it.name()).contains("A ramp behind a fence");
                            assertThat(it.url())
                                    .contains(uri("https://files.social.example/ramp.jpg"));
                        });
        assertThat(note.reference("replies")).isPresent();

        var poll = read("mastodon/question", Post.Question.class);
        assertThat(poll.choices()).containsExactly("Monday", "Friday");
        assertThat(poll.endTime()).contains(Instant.parse("2026-02-03T10:00:00Z"));

        var flag = read("mastodon/flag", Activity.Flag.class);
        assertThat(flag.content()).contains("The phone number is a private one.");
        assertThat(flag.objects()).hasSize(2);
        assertThat(flag.to()).containsExactly(uri("https://n1.example/o/5b1c"));

        var move = read("mastodon/move", Activity.Move.class);
        assertThat(id(move.object())).isEqualTo(move.actor());
        assertThat(id(move.target())).isEqualTo(amina.movedTo().orElseThrow());

        read("mastodon/announce", Activity.Announce.class);
        var delete = read("mastodon/delete-person", Activity.Delete.class);
        assertThat(id(delete.object())).isEqualTo(delete.actor());
        var add = read("mastodon/add-featured", Activity.Add.class);
        assertThat(id(add.target())).isEqualTo(amina.featured().orElseThrow());
        var undo = read("mastodon/undo-like", Activity.Undo.class);
        assertThat(object(undo)).isInstanceOf(Activity.Like.class);
    }

    @Test
    void goToSocialWritesSingleValues() {
        var note = read("gotosocial/note", Note.class);
        assertThat(note.to()).containsExactly(Contexts.PUBLIC);
        assertThat(note.hashtags()).containsExactly("#soup");
        assertThat(note.published()).contains(Instant.parse("2026-01-10T11:00:00.123Z"));
        assertThat(note.contentMap().in("DE")).isPresent();

        var request = read("gotosocial/reply-request", Activity.Unknown.class);
        assertThat(request.type()).isEqualTo("ReplyRequest");
        var reply = (Reference.Embedded) request.instrument().orElseThrow();
        assertThat(reply.read().orElseThrow()).isInstanceOf(Note.class);

        var accept = read("gotosocial/accept-like", Activity.Accept.class);
        assertThat(object(accept)).isInstanceOf(Activity.Like.class);
        assertThat(accept.result()).isPresent();
        var service = read("gotosocial/service", Actor.class);
        assertThat(service.publicKeys().getFirst().id())
                .isEqualTo(uri("https://gts.example/users/bulletin/main-key"));
    }

    @Test
    void fedify() {
        var lea = read("fedify/actor", Actor.class);
        assertThat(lea.url()).contains(uri("https://fedify.example/@lea"));
        assertThat(lea.assertionMethods()).hasSize(1);
        assertThat(lea.capabilities())
                .containsExactly(uri("https://datatracker.ietf.org/doc/html/rfc9421"));

        var create = read("fedify/create-with-proof", Activity.Create.class);
        var article = (Post.Article) object(create);
        assertThat(article.nameMap().tags()).containsExactly("en", "fr", "fa");
        assertThat(article.nameMap().best(List.of("fa-AF", "en"))).contains("ساعات کار");
        assertThat(article.nameMap().best(List.of("de"))).isEmpty();
        assertThat(article.url()).contains(uri("https://fedify.example/@lea/3"));
        assertThat(create.to()).containsExactly(Contexts.PUBLIC);

        var page = read("fedify/followers-page", OrderedCollectionPage.class);
        assertThat(page.items()).hasSize(2);
        assertThat(page.next()).isPresent();
    }

    @Test
    void mobilizon() {
        var event = read("mobilizon/event", Post.Event.class);
        assertThat(event.startTime()).contains(Instant.parse("2026-05-04T16:00:00Z"));
        assertThat(event.endTime()).contains(Instant.parse("2026-05-04T18:00:00Z"));
        assertThat(event.location().orElseThrow().latitude()).hasValue(52.5186);
        assertThat(event.attachments().get(1).url()).contains(uri("https://advice.example"));
        assertThat(event.hashtags()).containsExactly("#advice");

        var join = read("mobilizon/join", Activity.Join.class);
        assertThat(id(join.object())).isEqualTo(event.id());
        assertThat(read("mobilizon/group", Actor.class).type()).isEqualTo("Group");
    }

    @Test
    void lemmy() {
        var group = read("lemmy/group", Actor.class);
        assertThat(group.published()).contains(Instant.parse("2024-06-01T10:00:00.123456Z"));

        var announce = read("lemmy/announce-create-page", Activity.Announce.class);
        var create = (Activity.Create) object(announce);
        assertThat(create.actor()).isEqualTo(uri("https://other.example/u/pavel"));
        var page = (Post.Page) object(create);
        assertThat(page.audience()).containsExactly(group.id());
        assertThat(page.attachments().getFirst().url())
                .contains(uri("https://school.example/register"));

        var block = read("lemmy/block", Activity.Block.class);
        assertThat(id(block.target())).isEqualTo(group.id());
        assertThat(block.summary()).contains("advertising");
        read("lemmy/dislike", Activity.Dislike.class);
    }

    @Test
    void mitra() {
        var noor = read("mitra/person", Actor.class);
        assertThat(noor.name()).isEmpty();
        // The key we cannot read is left out, the one we can is not.
        assertThat(noor.assertionMethods())
                .extracting(Actor.KeyEntry::id)
                .containsExactly(uri("https://mitra.example/users/noor#ed25519-key"));
        assertThat(noor.capabilities()).hasSize(2);

        var note = read("mitra/note-with-quote", Note.class);
        assertThat(note.context()).contains(uri("https://mitra.example/contexts/0192"));
        assertThat(note.json().at("/proof/cryptosuite").asText()).isEqualTo("eddsa-jcs-2022");
        var like = read("mitra/like-with-content", Activity.Like.class);
        assertThat(like.content()).contains("❤️");
        assertThat(like.json().at("/proof/proofPurpose").asText()).isEqualTo("assertionMethod");
        // People name it by their generator, the instance itself.
        var instance = read("mitra/application", Actor.class);
        assertThat(instance.capabilities()).isEqualTo(noor.capabilities());
        var accept = read("mitra/accept-agreement", Activity.Accept.class);
        var agreement = (Reference.Embedded) accept.result().orElseThrow();
        assertThat(agreement.read().orElseThrow()).isInstanceOf(Other.class);
    }

    @Test
    void snac2() {
        var bea = read("snac2/person", Actor.class);
        assertThat(bea.sharedInbox()).contains(uri("https://snac.example/shared-inbox"));
        var note = (Note) object(read("snac2/create-note", Activity.Create.class));
        assertThat(note.inReplyTo()).isEmpty();
        assertThat(note.context()).isPresent();
        assertThat(note.attachments().getFirst().mediaType()).contains("image/webp");
        var follow = read("snac2/follow", Activity.Follow.class);
        assertThat(follow.to()).isEmpty();
        var update = read("snac2/update-person", Activity.Update.class);
        assertThat(object(update)).isInstanceOf(Actor.class);
    }

    private static <T extends Thing> T read(String name, Class<T> type) {
        try {
            byte[] bytes = Files.readAllBytes(WIRE.resolve(name + ".json"));
            Thing thing = StrictJson.read(bytes).then(Thing::read).orElseThrow();
            // What is no verb of ours is an activity to whoever asks for one.
            return type.cast(
                    type.isInstance(thing) ? thing : Activity.read(thing.json()).orElseThrow());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Thing object(Activity activity) {
        return ((Reference.Embedded) activity.object().orElseThrow()).read().orElseThrow();
    }

    private static URI id(java.util.Optional<Reference> reference) {
        return reference.flatMap(Reference::id).orElseThrow();
    }

    private static URI uri(String text) {
        return URI.create(text);
    }
}
