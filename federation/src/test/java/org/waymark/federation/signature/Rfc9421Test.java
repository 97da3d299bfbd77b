// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.waymark.federation.Keys;
import org.waymark.federation.vocabulary.Reading;

class Rfc9421Test {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final long SECONDS = NOW.getEpochSecond();
    private static final URI INBOX = URI.create("https://b.example/o/2/inbox?x=%20y");
    private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
    private static final String COVERED = "\"@method\" \"@target-uri\" \"content-digest\"";
    private static final Keys ALICE = Keys.of("https://a.example/o/1");
    private static final Keys MALLORY = Keys.of("https://a.example/o/1");

    private final Rfc9421 rfc9421 = at(NOW);

    @Test
    void whatItSignsItVerifies() {
        for (var key : List.of(ALICE.rsaKey(), ALICE.ed25519Key())) {
            var post = new Message("POST", rfc9421.sign(key, "POST", INBOX, BODY), BODY);
            var get = new Message("GET", rfc9421.sign(key, "GET", INBOX, new byte[0]), new byte[0]);

            assertThat(code(post)).isEmpty();
            assertThat(code(get)).isEmpty();
        }
    }

    @Test
    void theHeadersSentCoverMethodTargetAndBody() {
        var signer = new Rfc9421(Clock.fixed(NOW, ZoneOffset.UTC), () -> "n1");

        Map<String, String> headers = signer.sign(ALICE.rsaKey(), "POST", INBOX, BODY);

        assertThat(headers.keySet())
                .containsExactly("Host", "Date", "Content-Digest", "Signature-Input", "Signature");
        assertThat(headers.get("Content-Digest"))
                .isEqualTo("sha-256=:GYwYnH3BiO6aICFt0ThC5bUIJ4byvqdpWtR8m5fNkww=:");
        assertThat(headers.get("Signature-Input"))
                .isEqualTo(
                        "sig1=(\"@method\" \"@target-uri\" \"content-digest\")"
                                + ";created=1770091506"
                                + ";keyid=\"https://a.example/o/1#main-key\""
                                + ";alg=\"rsa-v1_5-sha256\";nonce=\"n1\"");
        assertThat(headers.get("Signature")).startsWith("sig1=:").endsWith(":");
    }

    @Test
    void twoAttemptsWithinASecondAreTwoSignatures() {
        assertThat(rfc9421.sign(ALICE.ed25519Key(), "POST", INBOX, BODY).get("Signature"))
                .isNotEqualTo(
                        rfc9421.sign(ALICE.ed25519Key(), "POST", INBOX, BODY).get("Signature"));
    }

    @Tag("attack:digest-stale")
    @Tag("attack:digest-uncovered")
    @Tag("attack:digest-missing")
    @Tag("attack:signed-for-other-host")
    @Tag("attack:signed-for-other-target")
    @Tag("attack:signed-for-other-method")
    @Tag("attack:signed-for-other-scheme")
    @Tag("attack:header-missing")
    @Tag("attack:header-doubled")
    @Tag("attack:signature-unparsable")
    @Tag("attack:algorithm-unknown")
    @TestFactory
    Stream<DynamicTest> refusesEveryAttackAndAcceptsItsNeighbour() {
        return Stream.of(
                row("no signature", "signature-missing", it -> it.remove("Signature")),
                row("no input", "signature-missing", it -> it.remove("Signature-Input")),
                row("unreadable", "signature-malformed", it -> it.put("Signature", "sig1=")),
                row(
                        "input unreadable",
                        "signature-malformed",
                        it -> it.put("Signature-Input", "sig1=(\"@method\"")),
                row(
                        "signature under another label",
                        "signature-malformed",
                        it -> it.edit("Signature", s -> s.replace("sig1", "sig2"))),
                row(
                        "signature that is no bytes",
                        "signature-malformed",
                        it -> it.put("Signature", "sig1=\"AAAA\"")),
                row(
                        "a label twice",
                        "signature-malformed",
                        it -> it.add("Signature-Input", it.get("Signature-Input"))),
                row(
                        "a parameter twice",
                        "signature-malformed",
                        it -> it.sign(COVERED, created(0) + created(0) + key())),
                row(
                        "an unknown parameter",
                        "signature-parameter-unknown",
                        it -> it.sign(COVERED, created(0) + key() + ";critical=1")),
                row(
                        "every known parameter",
                        "",
                        it ->
                                it.sign(
                                        COVERED,
                                        created(0)
                                                + key()
                                                + ";alg=\"rsa-v1_5-sha256\";nonce=\"n\""
                                                + ";tag=\"t\";expires="
                                                + (SECONDS + 1))),
                row("no key", "signature-malformed", it -> it.sign(COVERED, created(0))),
                row(
                        "a key that is no address",
                        "signature-malformed",
                        it -> it.sign(COVERED, created(0) + ";keyid=\"main-key\"")),
                row("no time", "signature-malformed", it -> it.sign(COVERED, key())),
                row(
                        "a time that is text",
                        "signature-malformed",
                        it -> it.sign(COVERED, ";created=\"now\"" + key())),
                row(
                        "a nonce that is a number",
                        "signature-malformed",
                        it -> it.sign(COVERED, created(0) + key() + ";nonce=1")),
                row(
                        "unknown algorithm",
                        "signature-algorithm-unknown",
                        it -> it.sign(COVERED, created(0) + key() + ";alg=\"hmac-sha256\"")),
                row(
                        "algorithm of another key",
                        "signature-algorithm-differs",
                        it -> it.sign(COVERED, created(0) + key() + ";alg=\"ed25519\"")),
                row("no algorithm named", "", it -> it.sign(COVERED, created(0) + key())),
                row("other body", "digest-wrong", it -> it.body("{\"type\":\"Offer\"}")),
                row("no digest", "digest-missing", it -> it.remove("Content-Digest")),
                row(
                        "digest of another algorithm only",
                        "digest-missing",
                        it -> it.put("Content-Digest", "md5=:AAAA:").sign(COVERED)),
                row(
                        "digest of both kinds, one wrong",
                        "digest-wrong",
                        it -> it.edit("Content-Digest", s -> s + ", sha-512=:AAAA:").sign(COVERED)),
                row(
                        "digest that is no bytes",
                        "digest-wrong",
                        it -> it.put("Content-Digest", "sha-256=abc").sign(COVERED)),
                row(
                        "digest as an empty list",
                        "digest-wrong",
                        it -> it.put("Content-Digest", "sha-256=()").sign(COVERED)),
                row(
                        "digest twice",
                        "header-doubled",
                        it -> it.add("Content-Digest", it.get("Content-Digest"))),
                row(
                        "digest not signed",
                        "digest-uncovered",
                        it -> it.sign("\"@method\" \"@target-uri\"")),
                row(
                        "the old digest header only",
                        "digest-missing",
                        it -> {
                            it.remove("Content-Digest");
                            it.put("Digest", Digest.of(BODY))
                                    .sign("\"@method\" \"@target-uri\" \"digest\"");
                        }),
                row(
                        "method not signed",
                        "signature-uncovered",
                        it -> it.sign("\"@target-uri\" \"content-digest\"")),
                row(
                        "target not signed",
                        "signature-uncovered",
                        it -> it.sign("\"@method\" \"@authority\" \"content-digest\"")),
                row(
                        "path without host",
                        "signature-uncovered",
                        it -> it.sign("\"@method\" \"@path\" \"@query\" \"content-digest\"")),
                row(
                        "path without the query there is",
                        "signature-uncovered",
                        it -> it.sign("\"@method\" \"@authority\" \"@path\" \"content-digest\"")),
                row(
                        "host, path and query",
                        "",
                        it ->
                                it.sign(
                                        "\"@method\" \"@authority\" \"@path\" \"@query\""
                                                + " \"content-digest\"")),
                row(
                        "host header and request target",
                        "",
                        it ->
                                it.sign(
                                        "\"@method\" \"host\" \"@request-target\""
                                                + " \"content-digest\"")),
                row(
                        "more than needed signed",
                        "",
                        it ->
                                it.put("Content-Type", "application/activity+json")
                                        .sign(COVERED + " \"content-type\" \"@scheme\"")),
                row(
                        "a component we do not know",
                        "signature-component-unknown",
                        it -> it.sign(COVERED + " \"@status\"")),
                row(
                        "a component in capitals",
                        "signature-component-unknown",
                        it -> it.sign(COVERED + " \"Host\"")),
                row(
                        "a component with a parameter",
                        "signature-component-unknown",
                        it -> it.sign("\"@method\";req \"@target-uri\" \"content-digest\"")),
                row(
                        "a component twice",
                        "signature-malformed",
                        it -> it.sign(COVERED + " \"@method\"")),
                row(
                        "a signed header is not there",
                        "header-missing",
                        it -> it.sign(COVERED + " \"x-none\"")),
                row(
                        "a signed header twice",
                        "header-doubled",
                        it -> {
                            it.put("X-One", "1").sign(COVERED + " \"x-one\"");
                            it.add("X-One", "1");
                        }),
                row("other method", "signature-wrong", it -> it.method("PUT")),
                row("other target", "signature-wrong", it -> it.target("/o/3/inbox")),
                row("target decoded", "signature-wrong", it -> it.target("/o/2/inbox?x= y")),
                row("a query added", "signature-wrong", it -> it.target("/o/2/inbox?x=%20y&z")),
                row("other scheme", "signature-wrong", it -> it.scheme("http")),
                row("other host", "signature-wrong", it -> it.put("Host", "c.example")),
                row("host in capitals", "", it -> it.put("Host", "B.EXAMPLE")),
                row("host with the usual port", "", it -> it.put("Host", "b.example:443")),
                row("host twice", "header-doubled", it -> it.add("Host", "c.example")),
                row("no host", "header-missing", it -> it.remove("Host")),
                row(
                        "another time than signed",
                        "signature-wrong",
                        it ->
                                it.edit(
                                        "Signature-Input",
                                        s -> s.replace("=" + SECONDS, "=" + (SECONDS - 1)))),
                row(
                        "another nonce than signed",
                        "signature-wrong",
                        it ->
                                it.edit(
                                        "Signature-Input",
                                        s -> s.replaceAll("nonce=\"[^\"]*", "nonce=\"n"))),
                row(
                        "expires now",
                        "signature-expired",
                        it -> it.sign(COVERED, created(0) + key() + ";expires=" + SECONDS)),
                row(
                        "expires in a second",
                        "",
                        it -> it.sign(COVERED, created(0) + key() + ";expires=" + (SECONDS + 1))),
                row("an hour old", "", it -> it.sign(COVERED, created(-3_600) + key())),
                row(
                        "an hour and a second old",
                        "clock-skew",
                        it -> it.sign(COVERED, created(-3_601) + key())),
                row("an hour early", "", it -> it.sign(COVERED, created(3_600) + key())),
                row(
                        "an hour and a second early",
                        "clock-skew",
                        it -> it.sign(COVERED, created(3_601) + key())),
                row(
                        "thirteen hours early",
                        "clock-skew",
                        it -> it.sign(COVERED, created(13 * 3_600) + key())),
                row(
                        "another signature before ours, of a key we cannot use",
                        "",
                        it -> {
                            it.put(
                                    "Signature-Input",
                                    "proxy=(\"@method\");created=1;keyid=\"p\", "
                                            + it.get("Signature-Input"));
                            it.put("Signature", "proxy=:AAAA:, " + it.get("Signature"));
                        }),
                row(
                        "another signature before ours that looks good and is not",
                        "signature-wrong",
                        it -> {
                            it.put(
                                    "Signature-Input",
                                    it.get("Signature-Input").replace("sig1", "sig0")
                                            + ", "
                                            + it.get("Signature-Input"));
                            it.put("Signature", "sig0=:AAAA:, " + it.get("Signature"));
                        }),
                row(
                        "five signatures",
                        "signature-too-many",
                        it ->
                                List.of("a", "b", "c", "d")
                                        .forEach(
                                                label -> {
                                                    it.add("Signature-Input", label + "=()");
                                                    it.add("Signature", label + "=:AAAA:");
                                                })),
                row("wrong signer", "signature-wrong", it -> it.signWith(MALLORY)),
                row("one flipped bit", "signature-wrong", Message::flip),
                row(
                        "a wall of brackets",
                        "signature-malformed",
                        it -> it.put("Signature-Input", "sig1=" + "(".repeat(100_000))));
    }

    @Tag("attack:clock-off-5-minutes")
    @Test
    void saysHowFarTheClocksAreApart() {
        var message = new Message("POST", sign(NOW.minus(Duration.ofMinutes(5))), BODY);

        assertThat(rfc9421.examine(message.request(), "https").orElseThrow().skew())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aRequestWithSignatureInputIsNeverReadTheOldWay() {
        var signatures = new Signatures(Clock.fixed(NOW, ZoneOffset.UTC));
        var cavage =
                new Cavage(Clock.fixed(NOW, ZoneOffset.UTC))
                        .sign(ALICE.rsaKey(), "POST", INBOX, BODY);
        var message = new Message("POST", cavage, BODY);

        assertThat(signatures.examine(message.request(), "https").orElseThrow())
                .isInstanceOf(Claim.OfCavage.class);
        message.put("Signature-Input", "sig1=()");
        assertThat(signatures.examine(message.request(), "https"))
                .isEqualTo(new Reading.Refused<Claim>("signature-malformed"));
    }

    @Test
    void tellsHowItWasSigned() {
        var ed25519 =
                new Message("POST", rfc9421.sign(ALICE.ed25519Key(), "POST", INBOX, BODY), BODY);
        var claim = rfc9421.examine(ed25519.request(), "https").orElseThrow();

        assertThat(claim.scheme(key(claim))).isEqualTo(Scheme.RFC9421_ED25519);
    }

    @Test
    void signsAsAnotherServerAsksForIt() {
        var wanted =
                accept(
                        "here=(\"@method\" \"@authority\" \"@target-uri\" \"host\" \"date\")"
                                + ";created;nonce=\"abc\";tag=\"app\";alg=\"rsa-v1_5-sha256\"");

        var headers = rfc9421.sign(ALICE.rsaKey(), "POST", INBOX, BODY, wanted.orElseThrow());

        assertThat(headers.get("Signature-Input"))
                .startsWith(
                        "here=(\"@method\" \"@authority\" \"@target-uri\" \"host\" \"date\""
                                + " \"content-digest\");created=")
                .contains(";nonce=\"abc\"", ";tag=\"app\"");
        assertThat(code(new Message("POST", headers, BODY))).isEmpty();
    }

    @Test
    void whatWeAskForWeCanDoOurselves() {
        assertThat(accept(AcceptSignature.OURS)).isPresent();
    }

    @Test
    void leavesAloneWhatItCannotDo() {
        for (String asked :
                List.of(
                        "a=(\"@method\" \"@status\")",
                        "a=(\"@method\" \"cookie\")",
                        "a=(\"@method\";req)",
                        "a=(\"@method\" \"@method\")",
                        "a=(\"@method\");alg=\"hmac-sha256\"",
                        "a=(\"@method\");colour=\"red\"",
                        "a=(\"@method\"), b=(\"@path\")",
                        "a=:AAAA:",
                        "a=(")) {
            assertThat(accept(asked)).as(asked).isEmpty();
        }
        assertThat(accept("a=(\"@method\")")).isPresent();
    }

    private static Optional<AcceptSignature> accept(String asked) {
        return AcceptSignature.read(Headers.single(Map.of("Accept-Signature", asked)));
    }

    private DynamicTest row(String name, String code, Consumer<Message> attack) {
        return DynamicTest.dynamicTest(
                name + (code.isEmpty() ? " is fine" : " -> " + code),
                () -> {
                    var neighbour = new Message("POST", sign(NOW), BODY);
                    var message = new Message("POST", sign(NOW), BODY);
                    attack.accept(message);

                    assertThat(code(neighbour)).isEmpty();
                    assertThat(code(message)).isEqualTo(code);
                });
    }

    private static Map<String, String> sign(Instant instant) {
        return at(instant).sign(ALICE.rsaKey(), "POST", INBOX, BODY);
    }

    private static String created(int offset) {
        return ";created=" + (SECONDS + offset);
    }

    private static String key() {
        return ";keyid=\"" + ALICE.rsaId() + "\"";
    }

    private String code(Message message) {
        var verified =
                rfc9421.examine(message.request(), message.scheme).then(it -> it.verify(key(it)));
        return switch (verified) {
            case Reading.Read<VerificationKey> _ -> "";
            case Reading.Refused<VerificationKey>(String code) -> code;
        };
    }

    private static VerificationKey key(Claim claim) {
        return VerificationKey.listedBy(ALICE.document(), claim.keyId()).orElseThrow();
    }

    private static Rfc9421 at(Instant instant) {
        return new Rfc9421(Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static final class Message extends TamperedRequest<Message> {
        private String scheme = "https";

        Message(String method, Map<String, String> headers, byte[] body) {
            super(method, Cavage.requestTarget(INBOX), headers, body);
        }

        @Override
        Message self() {
            return this;
        }

        void scheme(String other) {
            scheme = other;
        }

        /// Signs again over other components, with a valid signature of Alice.
        void sign(String covered) {
            sign(covered, created(0) + key(), ALICE);
        }

        void sign(String covered, String parameters) {
            sign(covered, parameters, ALICE);
        }

        void signWith(Keys signer) {
            sign(COVERED, created(0) + key(), signer);
        }

        private void sign(String covered, String parameters, Keys signer) {
            String input = "(" + covered + ")" + parameters;
            var text = new StringBuilder();
            for (String component : covered.split(" ", -1)) {
                String name = component.replaceAll("\"|;.*", "");
                text.append(component)
                        .append(": ")
                        .append(Coverage.valueOf(request(), scheme, name).orElse(""))
                        .append('\n');
            }
            text.append("\"@signature-params\": ").append(input);
            byte[] bytes =
                    Algorithm.RSA.sign(
                            signer.rsa().getPrivate(),
                            text.toString().getBytes(StandardCharsets.UTF_8));
            put("Signature-Input", "sig1=" + input);
            put("Signature", "sig1=:" + Base64.getEncoder().encodeToString(bytes) + ":");
        }

        void flip() {
            flip("", 40);
        }
    }
}
