// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.waymark.federation.Keys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;

class CavageTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final URI INBOX = URI.create("https://b.example/o/2/inbox?x=%20y");
    private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
    private static final Keys ALICE = Keys.of("https://a.example/o/1");
    private static final Keys MALLORY = Keys.of("https://a.example/o/1");

    private final Cavage cavage = at(NOW);

    @Test
    void whatItSignsItVerifies() {
        for (var key : List.of(ALICE.rsaKey(), ALICE.ed25519Key())) {
            var post = new Message("POST", cavage.sign(key, "POST", INBOX, BODY), BODY);
            var get = new Message("GET", cavage.sign(key, "GET", INBOX, new byte[0]), new byte[0]);

            assertThat(code(post)).isEmpty();
            assertThat(code(get)).isEmpty();
        }
    }

    @Test
    void theHeadersSentAreTheProfileOfTheFediverse() {
        Map<String, String> headers = cavage.sign(ALICE.rsaKey(), "POST", INBOX, BODY);

        assertThat(headers.keySet()).containsExactly("Host", "Date", "Digest", "Signature");
        assertThat(headers.get("Host")).isEqualTo("b.example");
        assertThat(headers.get("Date")).isEqualTo("Tue, 03 Feb 2026 04:05:06 GMT");
        assertThat(headers.get("Digest"))
                .isEqualTo("SHA-256=GYwYnH3BiO6aICFt0ThC5bUIJ4byvqdpWtR8m5fNkww=");
        assertThat(headers.get("Signature"))
                .startsWith(
                        "keyId=\"https://a.example/o/1#main-key\",algorithm=\"rsa-sha256\","
                                + "headers=\"(request-target) host date digest\",signature=\"");
    }

    @Tag("attack:digest-stale")
    @Tag("attack:digest-uncovered")
    @Tag("attack:digest-missing")
    @Tag("attack:signed-for-other-host")
    @Tag("attack:signed-for-other-target")
    @Tag("attack:signed-for-other-method")
    @Tag("attack:header-missing")
    @Tag("attack:header-doubled")
    @Tag("attack:signature-unparsable")
    @Tag("attack:algorithm-unknown")
    @TestFactory
    Stream<DynamicTest> refusesEveryAttackAndAcceptsItsNeighbour() {
        return Stream.of(
                row("no signature", "signature-missing", it -> it.remove("Signature")),
                row(
                        "two signatures",
                        "header-doubled",
                        it -> it.add("Signature", it.get("Signature"))),
                row("unreadable", "signature-malformed", it -> it.put("Signature", "keyId=")),
                row(
                        "a parameter twice",
                        "signature-malformed",
                        it ->
                                it.edit(
                                        "Signature",
                                        s -> s + ",keyId=\"https://a.example/o/1#main-key\"")),
                row(
                        "no key id",
                        "signature-malformed",
                        it -> it.edit("Signature", s -> s.replace("keyId", "key"))),
                row(
                        "unknown algorithm",
                        "signature-algorithm-unknown",
                        it -> it.edit("Signature", s -> s.replace("rsa-sha256", "hmac-sha256"))),
                row(
                        "algorithm of another key",
                        "signature-algorithm-differs",
                        it -> it.edit("Signature", s -> s.replace("rsa-sha256", "ed25519"))),
                row(
                        "hs2019 for the same key",
                        "",
                        it -> it.edit("Signature", s -> s.replace("rsa-sha256", "hs2019"))),
                row("stale digest", "digest-wrong", it -> it.body("{\"type\":\"Offer\"}")),
                row(
                        "digest of another algorithm only",
                        "digest-missing",
                        it -> it.put("Digest", "MD5=xxxx")),
                row("no digest header", "digest-missing", it -> it.remove("Digest")),
                row("digest twice", "header-doubled", it -> it.add("Digest", it.get("Digest"))),
                row(
                        "digest not signed",
                        "digest-uncovered",
                        it -> it.sign("(request-target) host date")),
                row("digest signed", "", it -> it.sign("(request-target) host date digest")),
                row(
                        "request line not signed",
                        "signature-uncovered",
                        it -> it.sign("host date digest")),
                row(
                        "host not signed",
                        "signature-uncovered",
                        it -> it.sign("(request-target) date digest")),
                row(
                        "time not signed",
                        "signature-uncovered",
                        it -> it.sign("(request-target) host digest")),
                row(
                        "more than needed signed",
                        "",
                        it ->
                                it.put("Content-Type", "application/activity+json")
                                        .sign("(request-target) host date digest content-type")),
                row(
                        "a signed header is not there",
                        "header-missing",
                        it -> it.sign("(request-target) host date digest x-none")),
                row(
                        "a header signed twice",
                        "signature-malformed",
                        it -> it.sign("(request-target) host host date digest")),
                row("other method", "signature-wrong", it -> it.method("PUT")),
                row("other target", "signature-wrong", it -> it.target("/o/3/inbox")),
                row("target decoded", "signature-wrong", it -> it.target("/o/2/inbox?x= y")),
                row("other host", "signature-wrong", it -> it.put("Host", "c.example")),
                row("host twice", "header-doubled", it -> it.add("Host", "c.example")),
                row("date twice", "header-doubled", it -> it.add("Date", it.get("Date"))),
                row("date unreadable", "date-malformed", it -> it.put("Date", "yesterday")),
                row(
                        "other date",
                        "signature-wrong",
                        it -> it.put("Date", "Tue, 03 Feb 2026 04:05:07 GMT")),
                row("wrong signer", "signature-wrong", it -> it.signWith(MALLORY)),
                row("one flipped bit", "signature-wrong", Message::flip));
    }

    @Tag("attack:clock-off-13-hours")
    @Test
    void toleratesAnHourOfSkewEitherWayAndNoMore() {
        for (int sign : new int[] {1, -1}) {
            Duration hour = Cavage.MAX_SKEW.multipliedBy(sign);

            assertThat(codeSignedAt(NOW.plus(hour))).isEmpty();
            assertThat(codeSignedAt(NOW.plus(hour).plusSeconds(sign))).isEqualTo("clock-skew");
            assertThat(codeSignedAt(NOW.plus(Duration.ofHours(13).multipliedBy(sign))))
                    .isEqualTo("clock-skew");
        }
    }

    @Tag("attack:clock-off-5-minutes")
    @Test
    void saysHowFarTheClocksAreApart() {
        var message = signedAt(NOW.minus(Duration.ofMinutes(5)));

        assertThat(cavage.examine(message.request()).orElseThrow().skew())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void takesCreatedForTheDateUnderHs2019Only() {
        long created = NOW.getEpochSecond();
        String covered = "(request-target) host (created) digest";

        var fresh = signedAt(NOW).parameters("hs2019", ",created=" + created).sign(covered);
        var old = signedAt(NOW).parameters("hs2019", ",created=" + (created - 3601)).sign(covered);
        var rsa = signedAt(NOW).parameters("rsa-sha256", ",created=" + created).sign(covered);

        assertThat(code(fresh)).isEmpty();
        assertThat(code(old)).isEqualTo("clock-skew");
        assertThat(code(rsa)).isEqualTo("signature-uncovered");
    }

    @Test
    void refusesASignatureThatHasExpired() {
        String covered = "(request-target) host date digest";
        long now = NOW.getEpochSecond();

        var valid = signedAt(NOW).parameters("hs2019", ",expires=" + (now + 1)).sign(covered);
        var expired = signedAt(NOW).parameters("hs2019", ",expires=" + now).sign(covered);

        assertThat(code(valid)).isEmpty();
        assertThat(code(expired)).isEqualTo("signature-expired");
    }

    @Test
    void refusesAnRsaKeyBelow2048Bits() {
        var small = Keys.of("https://a.example/o/1", 1024);

        assertThat(VerificationKey.listedBy(small.document(), small.rsaId()))
                .isEqualTo(new Reading.Refused<VerificationKey>("key-too-short"));
        assertThat(VerificationKey.listedBy(ALICE.document(), ALICE.rsaId()))
                .isInstanceOf(Reading.Read.class);
    }

    @Tag("attack:key-of-other-owner")
    @Test
    void aKeyCountsOnlyWhenItsOwnerListsItAndItNamesItsOwner() {
        var foreign = ALICE.draft();
        var document = foreign.document();
        ((ObjectNode) document.get("publicKey")).put("owner", "https://b.example/o/2");
        var actor = new Actor(document);

        assertThat(VerificationKey.listedBy(actor, ALICE.rsaId()))
                .isEqualTo(new Reading.Refused<VerificationKey>("key-owner-differs"));
        assertThat(VerificationKey.listedBy(ALICE.document(), URI.create("https://a.example/x")))
                .isEqualTo(new Reading.Refused<VerificationKey>("key-not-listed"));
    }

    @Test
    void aKeyWillNotVerifyForAnotherId() {
        var claim = cavage.examine(signedAt(NOW).request()).orElseThrow();
        var other = new VerificationKey(ALICE.ed25519Id(), ALICE.actor(), ALICE.rsa().getPublic());

        assertThat(claim.verify(other))
                .isEqualTo(new Reading.Refused<VerificationKey>("signature-key-differs"));
    }

    @Tag("attack:regex-blow-up")
    @Test
    void aLongHeaderOfCommasIsRefusedAtOnce() {
        var message = signedAt(NOW).put("Signature", "a=\"".repeat(100_000));

        assertThat(code(message)).isEqualTo("signature-malformed");
    }

    private DynamicTest row(String name, String code, Consumer<Message> attack) {
        return DynamicTest.dynamicTest(
                name + (code.isEmpty() ? " is fine" : " -> " + code),
                () -> {
                    var neighbour = signedAt(NOW);
                    var message = signedAt(NOW);
                    attack.accept(message);

                    assertThat(code(neighbour)).isEmpty();
                    assertThat(code(message)).isEqualTo(code);
                });
    }

    private String codeSignedAt(Instant instant) {
        return code(signedAt(instant));
    }

    private Message signedAt(Instant instant) {
        return new Message("POST", at(instant).sign(ALICE.rsaKey(), "POST", INBOX, BODY), BODY);
    }

    private String code(Message message) {
        var verified = cavage.examine(message.request()).then(it -> it.verify(key(it)));
        return switch (verified) {
            case Reading.Read<VerificationKey> _ -> "";
            case Reading.Refused<VerificationKey>(String code) -> code;
        };
    }

    private static VerificationKey key(Claim claim) {
        return VerificationKey.listedBy(ALICE.document(), claim.keyId()).orElseThrow();
    }

    private static Cavage at(Instant instant) {
        return new Cavage(Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static final class Message extends TamperedRequest<Message> {
        private String algorithm = "rsa-sha256";
        private String more = "";

        Message(String method, Map<String, String> headers, byte[] body) {
            super(method, Cavage.requestTarget(INBOX), headers, body);
        }

        @Override
        Message self() {
            return this;
        }

        Message parameters(String algorithm, String more) {
            this.algorithm = algorithm;
            this.more = more;
            return this;
        }

        /// Signs again over other headers, with a valid signature of Alice.
        Message sign(String covered) {
            return sign(covered, ALICE);
        }

        void signWith(Keys signer) {
            sign("(request-target) host date digest", signer);
        }

        private Message sign(String covered, Keys signer) {
            var lines = new ArrayList<String>();
            for (String name : covered.split(" ", -1)) {
                String created = more.replaceAll("\\D", "");
                lines.add(
                        switch (name) {
                            case "(request-target)" -> name + ": post " + target();
                            case "(created)" -> name + ": " + created;
                            default -> name + ": " + request().headers().first(name).orElse("");
                        });
            }
            byte[] bytes =
                    Algorithm.RSA.sign(
                            signer.rsa().getPrivate(),
                            String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return put(
                    "Signature",
                    "keyId=\"%s\",algorithm=\"%s\"%s,headers=\"%s\",signature=\"%s\""
                            .formatted(
                                    ALICE.rsaId(),
                                    algorithm,
                                    more,
                                    covered,
                                    Base64.getEncoder().encodeToString(bytes)));
        }

        void flip() {
            flip("signature=\"", 40);
        }
    }
}
