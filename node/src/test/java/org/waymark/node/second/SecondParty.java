// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The organisation of the other server and one partner of it: how they become partners, and what
/// they say to each other of a referral.
final class SecondParty implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    final SecondNode server;
    final URI partner;
    private final Identity self;
    private final AtomicLong versions = new AtomicLong(System.currentTimeMillis());
    private Optional<PublicKey> sealTo = Optional.empty();

    /// @param partner the organisation it deals with
    SecondParty(Scheme scheme, URI partner) {
        this.server = new SecondNode(scheme);
        this.self = server.organization;
        this.partner = partner;
    }

    URI actor() {
        return self.id();
    }

    /// The id of a case that is not there yet.
    URI file() {
        return server.base.resolve("/files/" + UUID.randomUUID());
    }

    /// A sealed message, opened.
    record Message(ObjectNode activity, Scheme scheme, long version, JsonNode text) {

        URI id() {
            return URI.create(activity.path("id").asText());
        }

        String kind() {
            return text.path("kind").asText();
        }

        JsonNode content() {
            return text.path("content");
        }
    }

    /// Says yes to a node that asked for peering.
    void acceptPeering() {
        accept(server.node, server.await(it -> isFollowOf(it, server.node.id())));
    }

    /// Asks the other node for peering.
    void askForPeering(URI node) {
        var follow = server.activity("Follow", server.node, node).put("object", node.toString());
        send(server.node, node, follow);
        server.await(it -> isAnswerTo(it, "Accept", follow));
    }

    /// Each asks for the listings of the other.
    void follow() {
        var follow = server.activity("Follow", self, partner).put("object", partner.toString());
        send(self, partner, follow);
        server.await(it -> isAnswerTo(it, "Accept", follow));
        accept(self, server.await(it -> isFollowOf(it, self.id())));
    }

    private static boolean isFollowOf(ObjectNode activity, URI whom) {
        return activity.path("type").asText().equals("Follow")
                && activity.path("object").asText().equals(whom.toString());
    }

    private static boolean isAnswerTo(ObjectNode activity, String type, ObjectNode asked) {
        var object = activity.path("object");
        return activity.path("type").asText().equals(type)
                && asked.path("id").asText().equals(object.path("id").asText(object.asText()));
    }

    private void accept(Identity by, SecondNode.Heard follow) {
        var asking = URI.create(follow.activity().path("actor").asText());
        var accept = server.activity("Accept", by, asking);
        accept.set("object", follow.activity());
        send(by, asking, accept);
    }

    /// Checks what the partner signed, signs the same, and keeps its sealing key.
    void sign() {
        var offer =
                server.await(
                                it ->
                                        it.path("object")
                                                .path("type")
                                                .asText()
                                                .equals("waymark:Agreement"))
                        .activity();
        var theirs = (ObjectNode) offer.path("object");
        var key = server.get(partner).body().path("assertionMethod").path(0);
        if (!theirs.path("waymark:partner").asText().equals(self.id().toString())
                || !Identity.proves(
                        Multikeys.ED25519.read(key.path("publicKeyMultibase").asText()), theirs)) {
            throw new AssertionError("not proved: " + theirs);
        }
        sealTo = Optional.of(Multikeys.X25519.read(theirs.path("waymark:sealKey").asText()));
        var ours = theirs.deepCopy();
        ours.remove("proof");
        ours.put("id", server.base + "/agreed/" + UUID.randomUUID())
                .put("attributedTo", self.id().toString())
                .put("waymark:partner", partner.toString())
                .put("waymark:sealKey", self.sealKey())
                .put("context", theirs.path("id").asText());
        self.prove(ours);
        var accept = server.activity("Accept", self, partner);
        accept.put("object", offer.path("id").asText()).set("result", ours);
        send(self, partner, accept);
    }

    /// Waits for a message of this kind about a referral.
    Message await(URI referral, String kind) {
        return await(referral, kind, _ -> true);
    }

    /// The same, for one of several.
    Message await(URI referral, String kind, Predicate<JsonNode> content) {
        var heard =
                server.await(
                        it -> {
                            var message = opened(it, Scheme.CAVAGE);
                            return message.isPresent()
                                    && message.get().kind().equals(kind)
                                    && content.test(message.get().content())
                                    && about(it).equals(referral);
                        });
        return opened(heard.activity(), heard.scheme()).orElseThrow();
    }

    private Optional<Message> opened(ObjectNode activity, Scheme scheme) {
        for (var holder : List.of(activity, activity.path("object"), activity.path("result"))) {
            if (holder.has("waymark:sealed")) {
                var version = holder.path("waymark:version").asLong();
                var from = URI.create(activity.path("actor").asText());
                var packet = new Packet(about(activity), from, self.id(), version);
                var text = packet.open(self.x25519(), holder.path("waymark:sealed").asText());
                return Optional.of(new Message(activity, scheme, version, text));
            }
        }
        return Optional.empty();
    }

    private static URI about(ObjectNode activity) {
        var context = activity.path("context");
        return URI.create(
                context.isTextual()
                        ? context.asText()
                        : activity.path("object").path("id").asText());
    }

    /// Offers a referral of its own.
    ///
    /// @return the id of the `Offer`
    URI offer(URI referral, ObjectNode content) {
        var offer = server.activity("Offer", self, partner);
        var object = half("waymark:Referral", referral);
        offer.set("object", seal(object, referral, "send", content));
        return send(self, partner, offer);
    }

    /// It should never have been sent.
    void delete(URI referral) {
        var activity = server.activity("Delete", self, partner);
        activity.put("context", referral.toString());
        activity.putObject("object")
                .put("type", "Tombstone")
                .put("id", referral.toString())
                .put("formerType", "waymark:Referral");
        send(self, partner, seal(activity, referral, "delete", nothing()));
    }

    /// An answer that was given by phone, to whoever gave it.
    ///
    /// @param heard the newest version heard of their half
    void tell(URI referral, long heard, ObjectNode content) {
        var after = versions.get();
        var activity = server.activity("Update", self, partner);
        activity.put("context", referral.toString());
        var text = nothing().put("heard", heard).put("after", after);
        activity.set(
                "object",
                seal(half("waymark:Referral", referral), referral, "told", content, text));
        send(self, partner, activity);
    }

    /// What stands on the activity itself: `Read`, a question, a no, an `Undo`.
    void say(String type, URI offer, URI referral, String kind, ObjectNode content) {
        var activity = server.activity(type, self, partner);
        activity.put("object", offer.toString()).put("context", referral.toString());
        send(self, partner, seal(activity, referral, kind, content));
    }

    /// A yes or a waiting list, with the case it opens here.
    void answer(String type, URI offer, URI referral, URI aCase, String kind, ObjectNode content) {
        var activity = server.activity(type, self, partner);
        activity.put("object", offer.toString()).put("context", referral.toString());
        activity.set("result", seal(half("waymark:Case", aCase), referral, kind, content));
        send(self, partner, activity);
    }

    /// An `Update` of our half, `waymark:Case` or `waymark:Referral`.
    void update(String type, URI half, URI referral, String kind, ObjectNode content) {
        var activity = server.activity("Update", self, partner);
        activity.put("context", referral.toString());
        activity.set("object", seal(half(type, half), referral, kind, content));
        send(self, partner, activity);
    }

    private ObjectNode half(String type, URI id) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("id", id.toString())
                .put("attributedTo", self.id().toString());
    }

    private ObjectNode seal(ObjectNode into, URI referral, String kind, ObjectNode content) {
        return seal(into, referral, kind, content, nothing());
    }

    private ObjectNode seal(
            ObjectNode into, URI referral, String kind, ObjectNode content, ObjectNode text) {
        var version = versions.incrementAndGet();
        text.put("kind", kind);
        text.set("content", content);
        var packet = new Packet(referral, self.id(), partner, version);
        return into.put("waymark:version", version)
                .put("waymark:sealed", packet.seal(sealTo.orElseThrow(), text));
    }

    /// The empty content.
    static ObjectNode nothing() {
        return JSON.createObjectNode();
    }

    private URI send(Identity by, URI to, ObjectNode activity) {
        var answer = server.post(by, to, activity);
        if (answer.status() != 202) {
            throw new AssertionError(activity.path("type").asText() + ": " + answer);
        }
        return URI.create(activity.path("id").asText());
    }

    @Override
    public void close() {
        server.close();
    }
}
