// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who can act: a person, an organisation, a program (ActivityPub, section 4). Has an id and an
/// inbox, checked when the record is made.
public record Actor(ObjectNode json) implements Thing {
    public Actor {
        if (Members.text(json, "id").flatMap(Members::absolute).isEmpty()) {
            throw new Incomplete("id-missing");
        }
        if (Members.uri(json, "inbox").isEmpty()) {
            throw new Incomplete("inbox-missing");
        }
    }

    /// An RSA key as the fediverse publishes it (`publicKey` of https://w3id.org/security/v1).
    public record PemKey(URI id, URI owner, String pem) {}

    /// A key in the form of FEP-521a: a Multikey with its id and the actor that controls it.
    public record KeyEntry(URI id, URI controller, Multikey key) {}

    public URI id() {
        return uri().orElseThrow();
    }

    public URI inbox() {
        return Members.uri(json, "inbox").orElseThrow();
    }

    /// One inbox for all actors of the server; for public activities only.
    public Optional<URI> sharedInbox() {
        return Members.uri(json.path("endpoints"), "sharedInbox");
    }

    public Optional<URI> outbox() {
        return Members.uri(json, "outbox");
    }

    public Optional<URI> followers() {
        return Members.uri(json, "followers");
    }

    public Optional<URI> following() {
        return Members.uri(json, "following");
    }

    public Optional<String> preferredUsername() {
        return Members.text(json, "preferredUsername");
    }

    /// Where it says it has moved to. Believed only when the actor there names this one in its
    /// [#alsoKnownAs].
    public Optional<URI> movedTo() {
        return Members.uri(json, "movedTo");
    }

    /// Other actors it says it is.
    public List<URI> alsoKnownAs() {
        return Members.uris(json, "alsoKnownAs");
    }

    /// Whether a person decides on each `Follow`.
    public boolean approvesFollowers() {
        return json.path("manuallyApprovesFollowers").asBoolean(false);
    }

    /// Posts it puts first.
    public Optional<URI> featured() {
        return Members.uri(json, "featured");
    }

    /// RSA keys in PEM; entries that lack id, owner or key are left out.
    public List<PemKey> publicKeys() {
        return Members.objects(json, "publicKey").stream()
                .flatMap(
                        it -> Members.uri(it, "id").stream().flatMap(id -> pemKey(it, id).stream()))
                .toList();
    }

    /// Keys that sign for the actor (`assertionMethod`), usually Ed25519.
    public List<KeyEntry> assertionMethods() {
        return keyEntries("assertionMethod");
    }

    /// Keys to which content may be sealed (`keyAgreement`), X25519; the first is the current one.
    public List<KeyEntry> keyAgreements() {
        return keyEntries("keyAgreement");
    }

    /// What the actor's server can do (FEP-844e, `generator.implements`); never guessed from its
    /// software's name.
    public Set<URI> capabilities() {
        return Stream.concat(Stream.of(json), Members.objects(json, "generator").stream())
                .flatMap(
                        it ->
                                Stream.concat(
                                        Members.uris(it, "implements").stream(),
                                        Members.objects(it, "implements").stream()
                                                .flatMap(
                                                        entry ->
                                                                Members.uri(entry, "href")
                                                                        .stream())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<PemKey> pemKey(ObjectNode entry, URI id) {
        return Members.uri(entry, "owner")
                .flatMap(
                        owner ->
                                Members.text(entry, "publicKeyPem")
                                        .map(pem -> new PemKey(id, owner, pem)));
    }

    private List<KeyEntry> keyEntries(String member) {
        return Members.objects(json, member).stream().flatMap(it -> keyEntry(it).stream()).toList();
    }

    private static Optional<KeyEntry> keyEntry(ObjectNode entry) {
        return Members.uri(entry, "id")
                .flatMap(
                        id ->
                                Members.uri(entry, "controller")
                                        .flatMap(
                                                controller ->
                                                        Members.text(entry, "publicKeyMultibase")
                                                                .flatMap(
                                                                        it ->
                                                                                Multikey.read(it)
                                                                                        .found())
                                                                .map(
                                                                        key ->
                                                                                new KeyEntry(
                                                                                        id,
                                                                                        controller,
                                                                                        key))));
    }
}
