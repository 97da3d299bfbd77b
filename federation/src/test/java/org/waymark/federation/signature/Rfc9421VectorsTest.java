// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.federation.vocabulary.Reading;

/// The examples of RFC 9421: appendix B, and section 4.3 because it alone has RSA with PKCS#1. All
/// of them are here; those of algorithms or components that we refuse are shown to be refused.
class Rfc9421VectorsTest {
    private static final String POST =
            """
            POST /foo?param=Value&Pet=dog
            Host: example.com
            Date: Tue, 20 Apr 2021 02:07:55 GMT
            Content-Type: application/json
            Content-Digest: sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+T\
            aPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
            Content-Length: 18
            """;
    private static final String GET =
            """
            GET /demo?name1=Value1&Name2=value2
            Host: example.org
            Date: Fri, 15 Jul 2022 14:24:55 GMT
            Accept: application/json
            Accept: */*
            """;
    private static final byte[] BODY = "{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8);

    private static final PublicKey ED25519 =
            spki("Ed25519", "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=");
    private static final PrivateKey ED25519_PRIVATE =
            pkcs8("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF");
    private static final PublicKey RSA =
            rsa(
                    """
                    hAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrwWEBnez6\
                    d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFqMGmXCQvE\
                    G7YemcxDTRPxAleIAgYYRjTSd_QBwVW9OwNFhekro3RtlinV0a75jfZgkne_YiktS\
                    vLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0PuKxI4T-HIa\
                    Fpv8-rdV6eUgOrB2xeI1dSFFn_nnv5OoZJEIB-VmuKn3DCUcCZSFlQPSXSfBDiUGh\
                    wOw76WuSSsf1D4b_vLoJ10w""");

    @Test
    void b26IsMadeAndVerifiedAsTheRfcHasIt() {
        String input =
                "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\""
                        + " \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";
        String base =
                """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@authority" \
                "content-type" "content-length");created=1618884473\
                ;keyid="test-key-ed25519\"""";
        String signature =
                "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1"
                        + "u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

        assertThat(base(POST, input)).isEqualTo(base);
        assertThat(verifies(Algorithm.ED25519, ED25519, base, signature)).isTrue();
        assertThat(verifies(Algorithm.ED25519, ED25519, base + " ", signature)).isFalse();
        assertThat(Algorithm.ED25519.sign(ED25519_PRIVATE, bytes(base)))
                .isEqualTo(Base64.getDecoder().decode(signature));
    }

    @Test
    void section43WithRsaOfAProxyBesideAnotherSignatureIsVerified() {
        String request =
                POST.replace("example.com", "origin.host.internal.example")
                        + "Forwarded: for=192.0.2.123;host=example.com;proto=https\n"
                        + "Signature-Input: sig1=(\"@method\" \"@authority\" \"@path\" "
                        + "\"content-digest\" \"content-type\" \"content-length\")"
                        + ";created=1618884475;keyid=\"test-key-ecc-p256\", "
                        + "proxy_sig=(\"@method\" \"@authority\" \"@path\" \"content-digest\" "
                        + "\"content-type\" \"content-length\" \"forwarded\")"
                        + ";created=1618884480;keyid=\"test-key-rsa\";alg=\"rsa-v1_5-sha256\""
                        + ";expires=1618884540\n";
        String base =
                """
                "@method": POST
                "@authority": origin.host.internal.example
                "@path": /foo
                "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX\
                +TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
                "content-type": application/json
                "content-length": 18
                "forwarded": for=192.0.2.123;host=example.com;proto=https
                "@signature-params": ("@method" "@authority" "@path" \
                "content-digest" "content-type" "content-length" "forwarded")\
                ;created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256"\
                ;expires=1618884540""";
        String signature =
                """
                S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy\
                +CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11s\
                x3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFn\
                Im9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0\
                B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w\
                5o0LV/g==""";

        var headers = request(request).headers();
        var inputs = StructuredFields.dictionary(headers.all("Signature-Input")).orElseThrow();

        assertThat(inputs).containsOnlyKeys("sig1", "proxy_sig");
        assertThat(Rfc9421.base(request(request), "https", requireNonNull(inputs.get("proxy_sig"))))
                .contains(base);
        assertThat(verifies(Algorithm.RSA, RSA, base, signature)).isTrue();
        assertThat(verifies(Algorithm.RSA, RSA, base + " ", signature)).isFalse();
        assertThat(ContentDigest.faultOf(headers.all("Content-Digest"), BODY)).isEmpty();
    }

    @Test
    void b4HoldsAfterWhatMayChangeOnTheWayAndNotAfterOtherThings() {
        assertThat(b4Holds(GET)).isTrue();
        assertThat(b4Holds(GET.replace("value2", "value2&param=added") + "Accept-Language: en\n"))
                .isTrue();
        assertThat(b4Holds(GET.replace("json\nAccept: */*", "json, */*"))).isTrue();
        assertThat(b4Holds(GET.replace("GET", "POST"))).isFalse();
        assertThat(b4Holds(GET.replace("example.org", "example.com"))).isFalse();
        assertThat(
                        b4Holds(
                                GET.replace("*/*", "x")
                                        .replace("application/json", "*/*")
                                        .replace("x", "application/json")))
                .isFalse();
    }

    private static boolean b4Holds(String request) {
        String input =
                "(\"@method\" \"@path\" \"@authority\" \"accept\")"
                        + ";created=1618884473;keyid=\"test-key-ed25519\"";
        String signature =
                "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5J"
                        + "Z1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==";
        return verifies(Algorithm.ED25519, ED25519, base(request, input), signature);
    }

    /// B.2.1 to B.2.5 and B.3 are signed with algorithms that the fediverse does not use.
    @ParameterizedTest
    @CsvSource({
        "B.2.1, rsa-pss-sha512",
        "B.2.2, rsa-pss-sha512",
        "B.2.3, rsa-pss-sha512",
        "B.2.4, ecdsa-p256-sha256",
        "B.2.5, hmac-sha256",
        "B.3,   ecdsa-p256-sha256",
    })
    void otherAlgorithmsOfTheAppendixAreRefused(String section, String algorithm) {
        var now = Instant.ofEpochSecond(1618884473);
        var rfc9421 = new Rfc9421(Clock.fixed(now, ZoneOffset.UTC));
        String headers =
                POST
                        + "Signature-Input: sig=(\"@method\" \"@target-uri\" \"content-digest\")"
                        + ";created=1618884473;keyid=\"https://a.example/#key\";alg=\"ALG\"\n"
                        + "Signature: sig=:AAAA:\n";

        assertThat(rfc9421.examine(request(headers.replace("ALG", algorithm)), "https"))
                .as(section)
                .isEqualTo(new Reading.Refused<Claim>("signature-algorithm-unknown"));
        assertThat(rfc9421.examine(request(headers.replace("ALG", "ed25519")), "https"))
                .isInstanceOf(Reading.Read.class);
    }

    /// What is signed in B.2.1, B.2.3, B.2.5 and B.3 we can compute, whatever it is signed with.
    @Test
    void theTextsOfTheOtherAlgorithmsAreComputedAllTheSame() {
        assertThat(
                        base(
                                POST,
                                "();created=1618884473;keyid=\"test-key-rsa-pss\""
                                        + ";nonce=\"b3k2pp5k7z-50gnwp.yemd\""))
                .isEqualTo(
                        "\"@signature-params\": ();created=1618884473"
                                + ";keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"");
        assertThat(
                        base(
                                POST,
                                "(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\""
                                        + " \"content-type\" \"content-digest\""
                                        + " \"content-length\");created=1618884473"
                                        + ";keyid=\"test-key-rsa-pss\""))
                .isEqualTo(
                        """
                        "date": Tue, 20 Apr 2021 02:07:55 GMT
                        "@method": POST
                        "@path": /foo
                        "@query": ?param=Value&Pet=dog
                        "@authority": example.com
                        "content-type": application/json
                        "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX\
                        +TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
                        "content-length": 18
                        "@signature-params": ("date" "@method" "@path" "@query" \
                        "@authority" "content-type" "content-digest" "content-length")\
                        ;created=1618884473;keyid="test-key-rsa-pss\"""");
        assertThat(
                        base(
                                POST,
                                "(\"date\" \"@authority\" \"content-type\")"
                                        + ";created=1618884473;keyid=\"test-shared-secret\""))
                .isEqualTo(
                        """
                        "date": Tue, 20 Apr 2021 02:07:55 GMT
                        "@authority": example.com
                        "content-type": application/json
                        "@signature-params": ("date" "@authority" "content-type")\
                        ;created=1618884473;keyid="test-shared-secret\"""");
        assertThat(
                        base(
                                POST.replace("example.com", "service.internal.example")
                                        + "Client-Cert: :AAAA:\n",
                                "(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\")"
                                        + ";created=1618884473;keyid=\"test-key-ecc-p256\""))
                .isEqualTo(
                        """
                        "@path": /foo
                        "@query": ?param=Value&Pet=dog
                        "@method": POST
                        "@authority": service.internal.example
                        "client-cert": :AAAA:
                        "@signature-params": ("@path" "@query" "@method" "@authority" \
                        "client-cert");created=1618884473;keyid="test-key-ecc-p256\"""");
    }

    /// B.2.2 covers one query parameter, B.2.4 the status of an answer: components we leave out.
    @Test
    void theComponentsOfB22AndB24AreRefused() {
        for (String component : List.of("\"@query-param\";name=\"Pet\"", "\"@status\"")) {
            var input =
                    member(
                            "(\"@method\" \"@target-uri\" \"content-digest\" "
                                    + component
                                    + ");created=1618884473;keyid=\"https://a.example/#key\"");

            assertThat(Coverage.faultOf(request(POST), input))
                    .isEqualTo("signature-component-unknown");
        }
        assertThat(
                        Coverage.faultOf(
                                request(POST),
                                member("(\"@method\" \"@target-uri\" \"content-digest\")")))
                .isEmpty();
    }

    private static String base(String request, String input) {
        return Rfc9421.base(request(request), "https", member(input)).orElseThrow();
    }

    private static StructuredFields.Member member(String input) {
        return requireNonNull(
                StructuredFields.dictionary(List.of("sig=" + input)).orElseThrow().get("sig"));
    }

    /// The first line is method and target, the others are headers.
    private static Request request(String text) {
        var lines = text.lines().toList();
        String[] first = lines.getFirst().split(" ", -1);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new Request(
                first[0],
                first[1],
                Headers.of(headers),
                first[0].equals("POST") ? BODY : new byte[0]);
    }

    private static boolean verifies(
            Algorithm algorithm, PublicKey key, String base, String signature) {
        return algorithm.verify(key, bytes(base), Base64.getDecoder().decode(signature));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PublicKey spki(String algorithm, String base64) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey pkcs8(String base64) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey rsa(String modulus) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(
                                    new BigInteger(1, Base64.getUrlDecoder().decode(modulus)),
                                    BigInteger.valueOf(65_537)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
