// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.waymark.federation.signature.Knocks;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.exchange.ActorKeys.Former;
import org.waymark.node.exchange.ActorKeys.Pairs;
import org.waymark.node.exchange.SharedAddress.Written;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.LockedException;
import org.waymark.node.privacy.SealKeys;

/// Writes what our actors say of themselves: who they are, where to write to them, their keys, and
/// what this server can do (FEP-844e). All of it is public.
public final class ActorDocuments {

    /// What this server can do beyond ActivityPub; the number goes up when an old peer would no
    /// longer understand.
    private static final List<String> CAPABILITIES =
            List.of("listings-1", "referral-1", "sealed-1");

    private final BaseUrl baseUrl;
    private final String accountDomain;
    private final LocalActors actors;
    private final ActorKeys keys;
    private final SealKeys sealKeys;
    private final Followership followership;
    // Signing costs more than all the rest of a document.
    private final Remembered<Announcement, String> announcements = new Remembered<>(400);

    /// @param about the key that is announced, in one of its written forms
    private record Announcement(PrivateKey signer, URI actor, String about) {}

    // Every server asks for an actor before it believes a word of it.
    private final Remembered<Facts, Written> written;
    private final Map<URI, Written> last = new ConcurrentHashMap<>();

    /// What a document is made of besides the rows of keys, in memory where it is asked for.
    ///
    /// @param hosted the organisation; empty for the node
    /// @param listed former keys that are listed still
    private record Facts(
            Optional<HostedOrganization> hosted,
            String name,
            PrivateKey signer,
            List<URI> listed,
            String sealKey,
            List<URI> alsoKnownAs,
            Optional<URI> movedTo) {}

    private final Whereabouts whereabouts;
    private final PublishedPeers peers;
    private final Clock clock;

    /// @param accountDomain the part after the @ of our actors' names
    public ActorDocuments(
            Database database,
            BaseUrl baseUrl,
            String accountDomain,
            LocalActors actors,
            ActorKeys keys,
            SealKeys sealKeys,
            Followership followership,
            Whereabouts whereabouts,
            PublishedPeers peers,
            Clock clock) {
        this.written =
                Remembered.of(
                        database,
                        400,
                        "actor_key",
                        "former_key",
                        "signer_change",
                        "recovery_key",
                        "recovery_change");
        this.baseUrl = baseUrl;
        this.accountDomain = accountDomain;
        this.actors = actors;
        this.keys = keys;
        this.sealKeys = sealKeys;
        this.followership = followership;
        this.whereabouts = whereabouts;
        this.peers = peers;
        this.clock = clock;
        keys.whenLocked(announcements::forget);
        keys.whenLocked(written::forget);
    }

    /// While our keys are locked nothing new can be signed; what was signed last still holds.
    private Written signed(URI actor, Supplier<Written> document) {
        try {
            var signed = document.get();
            last.put(actor, signed);
            return signed;
        } catch (LockedException e) {
            var known = last.get(actor);
            if (known == null) {
                throw e;
            }
            return known;
        }
    }

    /// The node: it peers and fetches, and names the organisations it hosts. People know it by the
    /// name of the first of them, as its public site does.
    Written node(List<HostedOrganization> hosted) {
        return signed(actors.node().id(), () -> signedNode(hosted));
    }

    private Written signedNode(List<HostedOrganization> hosted) {
        var name = hosted.stream().findFirst().map(HostedOrganization::name).orElse(accountDomain);
        var pairs = keys.of(actors.node());
        return written.get(
                new Facts(
                        Optional.empty(),
                        name,
                        pairs.ed25519().getPrivate(),
                        listed(pairs),
                        "",
                        List.of(),
                        Optional.empty()),
                it -> Written.of(node(it.name())));
    }

    private byte[] node(String name) {
        var node = actors.node();
        var draft =
                common("Application", node)
                        .set("preferredUsername", accountDomain)
                        .set("name", name)
                        .set("url", baseUrl.resolve("/"))
                        .set("waymark:organizations", node.below("/organizations"));
        if (peers.isOn()) {
            draft.set("waymark:peers", node.below("/peers"));
        }
        return draft.bytes();
    }

    /// The peers that the node names to everybody; empty when it names none.
    Optional<byte[]> peers() {
        if (!peers.isOn()) {
            return Optional.empty();
        }
        var items = JsonNodeFactory.instance.arrayNode();
        var named = peers.named();
        named.forEach(
                it -> items.add(Draft.of("Application", it.actor()).set("name", it.name()).json()));
        return Optional.of(
                Draft.of("OrderedCollection", actors.node().below("/peers"))
                        .set("totalItems", named.size())
                        .set("orderedItems", items)
                        .bytes());
    }

    /// The organisations hosted here, with their names: what a peer offers us to work with.
    byte[] organizations(List<HostedOrganization> hosted) {
        var items = JsonNodeFactory.instance.arrayNode();
        var there = hosted.stream().filter(it -> !isGone(it)).toList();
        there.forEach(
                it ->
                        items.add(
                                Draft.of("Organization", actors.of(it.id()).id())
                                        .set("inbox", actors.of(it.id()).inbox())
                                        .set("name", it.name())
                                        .json()));
        return Draft.of("OrderedCollection", actors.node().below("/organizations"))
                .set("totalItems", there.size())
                .set("orderedItems", items)
                .bytes();
    }

    Written organization(HostedOrganization hosted) {
        return signed(actors.of(hosted.id()).id(), () -> signedOrganization(hosted));
    }

    private Written signedOrganization(HostedOrganization hosted) {
        var sealKey = new Multikey(Multikey.Kind.X25519, sealKeys.currentPublicKey(hosted.id()));
        var pairs = keys.of(actors.of(hosted.id()));
        return written.get(
                new Facts(
                        Optional.of(hosted),
                        hosted.name(),
                        pairs.ed25519().getPrivate(),
                        listed(pairs),
                        sealKey.multibase(),
                        whereabouts.alsoKnownAs(hosted.id()),
                        whereabouts.movedTo(hosted.id())),
                it -> Written.of(organization(hosted, it, sealKey)));
    }

    private byte[] organization(HostedOrganization hosted, Facts facts, Multikey sealKey) {
        var actor = actors.of(hosted.id());
        var draft = common("Organization", actor);
        if (!facts.alsoKnownAs().isEmpty()) {
            draft.all("alsoKnownAs", facts.alsoKnownAs());
        }
        facts.movedTo().ifPresent(it -> draft.set("movedTo", it));
        return draft.set("manuallyApprovesFollowers", truth(followership.isAsked()))
                .set("preferredUsername", hosted.slug())
                .set("name", hosted.name())
                .set("url", baseUrl.resolve("/o/" + hosted.id().value()))
                .set("followers", actor.below("/followers"))
                .set("following", actor.below("/following"))
                .set("waymark:listings", actor.below("/listings"))
                .set("waymark:digest", actor.below("/listings/digest"))
                .set("waymark:referrals", actor.below("/referrals"))
                .set(
                        "keyAgreement",
                        announced(
                                actor,
                                multikeys(actor, URI.create(actor.id() + "#x25519-key"), sealKey),
                                sealKey))
                .bytes();
    }

    private Draft common(String type, LocalActor actor) {
        var pairs = keys.of(actor);
        var draft =
                Draft.of(type, actor.id())
                        .set("inbox", actor.inbox())
                        .set("outbox", actor.below("/outbox"))
                        .set(
                                "endpoints",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("sharedInbox", baseUrl.resolve("/inbox").toString()))
                        .set("manuallyApprovesFollowers", truth(true))
                        .set("publicKey", pemKeys(actor, pairs))
                        .set("assertionMethod", renewed(actor, signers(actor, pairs)))
                        .set("generator", generator());
        if (!pairs.links().isEmpty()) {
            draft.set(SignerAnnouncement.MEMBER, SignerAnnouncement.write(pairs.links()));
        }
        keys.recovery().ifPresent(it -> recovery(draft, pairs, it));
        return draft;
    }

    private void recovery(Draft draft, Pairs pairs, Multikey recovery) {
        var signer = pairs.ed25519().getPrivate();
        draft.set(ActorKeyAnnouncement.RECOVERY, recovery.multibase())
                .set(
                        RecoveryAnnouncement.WORD,
                        announcements.get(
                                new Announcement(signer, pairs.actor(), recovery.multibase()),
                                _ -> RecoveryAnnouncement.sign(signer, pairs.actor(), recovery)));
        var changes = keys.recoveryChanges();
        if (!changes.isEmpty()) {
            draft.set(RecoveryAnnouncement.CHANGES, RecoveryAnnouncement.write(changes));
        }
    }

    private ArrayNode renewed(LocalActor actor, ArrayNode entries) {
        keys.announcement(actor)
                .ifPresent(
                        it -> ((ObjectNode) entries.get(0)).put(ActorKeyAnnouncement.MEMBER, it));
        return entries;
    }

    /// Whether an organisation closed for ever: its addresses answer 410.
    boolean isGone(HostedOrganization hosted) {
        return whereabouts.isGone(hosted.id());
    }

    /// How many follow an organisation; who they are stays between them and it.
    byte[] followers(HostedOrganization hosted) {
        return Draft.of("OrderedCollection", actors.of(hosted.id()).below("/followers"))
                .set("totalItems", followership.count(hosted.id()))
                .bytes();
    }

    private static JsonNode truth(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }

    private JsonNode announced(LocalActor actor, ArrayNode entries, Multikey sealKey) {
        var signer = keys.of(actor).ed25519().getPrivate();
        ((ObjectNode) entries.get(0))
                .put(
                        SealKeyAnnouncement.MEMBER,
                        announcements.get(
                                new Announcement(signer, actor.id(), sealKey.multibase()),
                                _ -> SealKeyAnnouncement.sign(signer, actor.id(), sealKey)));
        return entries;
    }

    /// One key alone, as most software expects it; more only for the week after a change.
    private JsonNode pemKeys(LocalActor actor, Pairs pairs) {
        var current = pemKey(actor, pairs, pairs.rsaId(), pairs.rsa().getPublic());
        var listed = listed(pairs, "RSA");
        if (listed.isEmpty()) {
            return current;
        }
        var all = JsonNodeFactory.instance.arrayNode().add(current);
        listed.forEach(it -> all.add(pemKey(actor, pairs, it.id(), it.key())));
        return all;
    }

    private ObjectNode pemKey(LocalActor actor, Pairs pairs, URI id, PublicKey key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id.toString())
                .put("owner", actor.id().toString())
                .put("publicKeyPem", PublicKeys.pem(key))
                .put(ListedKeyAnnouncement.MEMBER, word(pairs, key));
    }

    /// What the key that signs now says of another one that is listed.
    private String word(Pairs pairs, PublicKey key) {
        var signer = pairs.ed25519().getPrivate();
        return announcements.get(
                new Announcement(signer, pairs.actor(), Fingerprint.of(key.getEncoded())),
                _ -> ListedKeyAnnouncement.sign(signer, pairs.actor(), key));
    }

    private ArrayNode signers(LocalActor actor, Pairs pairs) {
        var all =
                multikeys(
                        actor, pairs.ed25519Id(), PublicKeys.multikey(pairs.ed25519().getPublic()));
        for (var former : listed(pairs, "EdDSA")) {
            var entries = multikeys(actor, former.id(), PublicKeys.multikey(former.key()));
            ((ObjectNode) entries.get(0))
                    .put(ListedKeyAnnouncement.MEMBER, word(pairs, former.key()));
            all.addAll(entries);
        }
        return all;
    }

    private List<Former> listed(Pairs pairs, String algorithm) {
        return stillListed(pairs).filter(it -> it.key().getAlgorithm().equals(algorithm)).toList();
    }

    private List<URI> listed(Pairs pairs) {
        return stillListed(pairs).map(Former::id).toList();
    }

    private Stream<Former> stillListed(Pairs pairs) {
        var now = clock.instant();
        return pairs.former().stream().filter(it -> it.listedUntil().isAfter(now));
    }

    private static ArrayNode multikeys(LocalActor actor, URI id, Multikey key) {
        var keys = JsonNodeFactory.instance.arrayNode();
        keys.addObject()
                .put("id", id.toString())
                .put("type", "Multikey")
                .put("controller", actor.id().toString())
                .put("publicKeyMultibase", key.multibase());
        return keys;
    }

    private static JsonNode generator() {
        var generator = JsonNodeFactory.instance.objectNode();
        generator.put("type", "Application");
        generator.put("name", "Waymark");
        var implemented = generator.putArray("implements");
        for (var capability : CAPABILITIES) {
            implemented
                    .addObject()
                    .put("href", Contexts.NAMESPACE + capability)
                    .put("name", capability);
        }
        implemented
                .addObject()
                .put("href", Knocks.READS_RFC9421)
                .put("name", "RFC-9421: HTTP Message Signatures");
        implemented
                .addObject()
                .put("href", Knocks.READS_ED25519)
                .put("name", "RFC-9421 signatures using the Ed25519 algorithm");
        return generator;
    }
}
