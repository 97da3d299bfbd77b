// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.Keys;
import org.waymark.federation.signature.AcceptSignature;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.MemoryReplayGuard;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.Rfc9421;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;

/// A signed request in which any one bit has changed, tried for all bits.
class FlippedByteTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    private static final Keys SHELTER = Keys.of("https://shelter.example/o/1");
    private static final URI INBOX = URI.create("https://clinic.example/o/2/inbox?x=1");
    private static final byte[] BODY =
            Draft.activity("Follow", URI.create("https://shelter.example/a/1"), SHELTER.actor())
                    .set("object", URI.create("https://clinic.example/o/2"))
                    .bytes();

    private static final Cavage CAVAGE = new Cavage(CLOCK);
    private static final Rfc9421 RFC9421 = new Rfc9421(CLOCK);
    // A proxy's or a caller's list of components instead of ours.
    private static final AcceptSignature PARTS =
            AcceptSignature.read(
                            Headers.single(
                                    Map.of(
                                            "Accept-Signature",
                                            "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\""
                                                    + " \"@scheme\" \"date\" \"content-digest\")"
                                                    + ";created;keyid")))
                    .orElseThrow();

    /// A way to sign.
    private interface Way {
        Map<String, String> sign(SigningKey key);
    }

    static Stream<Arguments> ways() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("draft-cavage-12", key -> CAVAGE.sign(key, "POST", INBOX, BODY));
        ways.put("RFC 9421", key -> RFC9421.sign(key, "POST", INBOX, BODY));
        ways.put("RFC 9421 by parts", key -> RFC9421.sign(key, "POST", INBOX, BODY, PARTS));
        return ways.entrySet().stream()
                .flatMap(
                        way ->
                                Stream.of(SHELTER.rsaKey(), SHELTER.ed25519Key())
                                        .map(
                                                key ->
                                                        Arguments.of(
                                                                way.getKey(),
                                                                key.id().getFragment(),
                                                                Wire.signed(
                                                                        way.getValue()
                                                                                .sign(key)))));
    }

    @Tag("attack:one-byte-flipped")
    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("ways")
    void isRefusedAfterTheGenuineOneAndSaysNothingNewBeforeIt(
            String way, String key, Wire genuine) {
        Inbox met = inbox();
        assertThat(met.receive(genuine.request())).isInstanceOf(Received.Accepted.class);

        for (int at = 0; at < genuine.length(); at++) {
            for (int bit = 0; bit < 8; bit++) {
                Request flipped = genuine.flipped(at, bit).request();

                assertThat(met.receive(flipped))
                        .as("%s with %s, byte %d, bit %d", way, key, at, bit)
                        .isInstanceOf(Received.Refused.class);
                if (inbox().receive(flipped) instanceof Received.Accepted) {
                    // Another spelling of the same words, such as HOST: or a second base64 form.
                    assertThat(flipped.body()).isEqualTo(BODY);
                    assertThat(flipped.target()).isEqualTo(Cavage.requestTarget(INBOX));
                    assertThat(flipped.method()).isEqualToIgnoringCase("POST");
                }
            }
        }
    }

    private static Inbox inbox() {
        return new Inbox(
                new Gate(URI.create("https://clinic.example/"), new OneActor(), CLOCK),
                new MemoryReplayGuard(CLOCK, 10));
    }

    /// A request as parts of bytes: method, target, then names and values of headers, then body.
    private record Wire(List<byte[]> parts) {

        static Wire signed(Map<String, String> headers) {
            var parts = new ArrayList<byte[]>();
            parts.add(latin1("POST"));
            parts.add(latin1(Cavage.requestTarget(INBOX)));
            headers.forEach(
                    (name, value) -> {
                        parts.add(latin1(name));
                        parts.add(latin1(value));
                    });
            parts.add(BODY);
            return new Wire(parts);
        }

        int length() {
            return parts.stream().mapToInt(it -> it.length).sum();
        }

        Wire flipped(int at, int bit) {
            var copies = new ArrayList<>(parts);
            int left = at;
            for (int i = 0; i < copies.size(); i++) {
                if (left < copies.get(i).length) {
                    byte[] part = copies.get(i).clone();
                    part[left] ^= (byte) (1 << bit);
                    copies.set(i, part);
                    return new Wire(copies);
                }
                left -= copies.get(i).length;
            }
            throw new IllegalArgumentException("beyond the end");
        }

        Request request() {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (int i = 2; i < parts.size() - 1; i += 2) {
                headers.computeIfAbsent(latin1(parts.get(i)), _ -> new ArrayList<>())
                        .add(latin1(parts.get(i + 1)));
            }
            return new Request(
                    latin1(parts.get(0)),
                    latin1(parts.get(1)),
                    Headers.of(headers),
                    parts.getLast());
        }

        private static byte[] latin1(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        private static String latin1(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static final class OneActor implements KeyDirectory {
        private static final Actor ACTOR = SHELTER.document();

        @Override
        public Lookup find(URI keyId) {
            return VerificationKey.listedBy(ACTOR, keyId)
                    .found()
                    .<Lookup>map(it -> new Lookup.Found(it, ACTOR))
                    .orElseGet(() -> new Lookup.Missing("key-not-listed"));
        }

        @Override
        public Lookup refetch(URI keyId) {
            return find(keyId);
        }

        @Override
        public boolean remembers(URI keyId) {
            return true;
        }

        @Override
        public void verified(URI keyId, Actor owner) {}
    }
}
