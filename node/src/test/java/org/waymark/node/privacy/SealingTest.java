// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.internal.HpkeContext;
import com.google.crypto.tink.hybrid.internal.HpkeKemKeyFactory;
import com.google.crypto.tink.hybrid.internal.HpkePrimitiveFactory;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestClock;
import org.waymark.node.privacy.Sealing.Opened;
import org.waymark.node.privacy.Sealing.Opened.Reason;

final class SealingTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final OrganizationId CLINIC = new OrganizationId(UUID.randomUUID());
    private static final SealContext CONTEXT =
            new SealContext(
                    Sealing.MEMBER,
                    URI.create("https://shelter.example/r/9b2e"),
                    URI.create("https://shelter.example/o/77d0"),
                    URI.create("https://clinic.example/o/5b1c"),
                    1_795_312_800_000L);

    @TempDir Path temporary;
    private KeyFolder folder;
    private MasterKey master;

    @BeforeEach
    void createFolder() {
        folder = KeyFolders.in(temporary);
        master = MasterKey.create(folder, new SecureRandom());
    }

    @Test
    void theReceiverReadsWhatWasSealedAndTheTextIsNowhereOnTheWay() {
        var packet = seal("{\"reason\":\"MARKER نحتاج سريرا\"}");

        assertThat(open(packet)).isEqualTo(new Opened.Text("{\"reason\":\"MARKER نحتاج سريرا\"}"));
        assertThat(new String(Base64.getUrlDecoder().decode(packet), UTF_8))
                .doesNotContain("MARKER");
        assertThat(seal("{}")).isNotEqualTo(seal("{}"));
    }

    @Test
    void thePacketHasTheLayoutOfTheProtocol() {
        var publicKey = keysAt(NOW).currentPublicKey(CLINIC);
        var bytes = Base64.getUrlDecoder().decode(seal("{}"));

        assertThat(bytes[0]).isEqualTo((byte) 1);
        assertThat(HEX.formatHex(bytes, 1, 5)).isEqualTo(HEX.formatHex(Sealing.keyId(publicKey)));
        assertThat(bytes).hasSize(1 + 4 + 32 + 1_024 + 16);
    }

    @Test
    void lengthsFallIntoFourSizes() {
        checkSize(1_023, 1_024);
        checkSize(1_024, 1_024);
        checkSize(1_025, 4_096);
        checkSize(4_097, 16_384);
        checkSize(16_385, 65_536);
        assertThatThrownBy(() -> seal("\"" + "a".repeat(65_535) + "\""))
                .hasMessageContaining("Too long to seal");
    }

    @Test
    void aPacketMovedToAnotherPlaceIsRefused() {
        var packet = seal("{}");
        var other = URI.create("https://stranger.example/o/1");

        checkRefused(
                packet,
                new SealContext(
                        "waymark:other",
                        CONTEXT.referral(),
                        CONTEXT.sender(),
                        CONTEXT.receiver(),
                        CONTEXT.version()));
        checkRefused(packet, contextWith(other, CONTEXT.sender(), CONTEXT.receiver(), 0));
        checkRefused(packet, contextWith(CONTEXT.referral(), other, CONTEXT.receiver(), 0));
        checkRefused(packet, contextWith(CONTEXT.referral(), CONTEXT.sender(), other, 0));
        checkRefused(
                packet, contextWith(CONTEXT.referral(), CONTEXT.sender(), CONTEXT.receiver(), 1));
    }

    @Tag("attack:one-byte-flipped")
    @Test
    void everyFlippedByteIsRefused() {
        var bytes = Base64.getUrlDecoder().decode(seal("{}"));

        for (int i = 0; i < bytes.length; i += i < 64 ? 1 : 37) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(open(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .as("byte %d", i)
                    .isInstanceOf(Opened.Refused.class);
        }
    }

    @Test
    void whatIsNoPacketIsRefusedNotThrown() {
        assertThat(open("")).isEqualTo(new Opened.Refused(Reason.UNREADABLE));
        assertThat(open("not base64!")).isEqualTo(new Opened.Refused(Reason.UNREADABLE));
        assertThat(open("Ag" + seal("{}").substring(2)))
                .isEqualTo(new Opened.Refused(Reason.UNREADABLE));
        assertThat(open("AQAAAAAA")).isEqualTo(new Opened.Refused(Reason.KEY_UNKNOWN));
    }

    @Test
    void aKeyIsPublishedThirtyDaysKeptThirtyMoreAndThenDestroyed() {
        var first = keysAt(NOW).currentPublicKey(CLINIC);
        var packet = Sealing.seal(first, CONTEXT, "{}");

        assertThat(keysAt(day(29)).currentPublicKey(CLINIC)).isEqualTo(first);
        assertThat(keysAt(day(30)).currentPublicKey(CLINIC)).isNotEqualTo(first);
        sweepAt(day(59));
        assertThat(openAt(day(59), packet)).isEqualTo(new Opened.Text("{}"));
        sweepAt(day(60));
        assertThat(openAt(NOW, packet)).isEqualTo(new Opened.Refused(Reason.KEY_UNKNOWN));
    }

    @Test
    void thePrivateKeyLiesWrapped() {
        var publicKey = keysAt(NOW).currentPublicKey(CLINIC);
        var privateKey = keysAt(NOW).findPrivateKey(CLINIC, Sealing.keyId(publicKey)).orElseThrow();

        assertThat(KeyFolders.everythingIn(temporary))
                .doesNotContain(
                        new String(privateKey, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void theGoldenPacketOpens() throws IOException {
        JsonNode golden;
        try (var file = getClass().getResourceAsStream("/wire/sealed-packet.json")) {
            golden = new ObjectMapper().readTree(file);
        }
        var privateKey = HEX.parseHex(golden.get("privateKey").textValue());
        var keyId = Sealing.keyId(HEX.parseHex(golden.get("publicKey").textValue()));
        var file = "seal-keys/" + CLINIC + "/" + NOW.toEpochMilli() + "-" + HEX.formatHex(keyId);
        folder.write(file, master.wrap(file, privateKey));

        assertThat(CONTEXT)
                .isEqualTo(
                        new SealContext(
                                golden.get("member").textValue(),
                                URI.create(golden.get("referral").textValue()),
                                URI.create(golden.get("sender").textValue()),
                                URI.create(golden.get("receiver").textValue()),
                                golden.get("version").longValue()));
        assertThat(open(golden.get("packet").textValue()))
                .isEqualTo(new Opened.Text(golden.get("plaintext").textValue()));
    }

    /// mode 0, kem_id 32, kdf_id 1, aead_id 2 of test-vectors.json, published with RFC 9180: the
    /// first two encryptions.
    @Test
    void theSuiteOpensTheVectorsOfRfc9180() throws GeneralSecurityException {
        var privateKey =
                HEX.parseHex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d");
        var publicKey = X25519.publicFromPrivate(privateKey);
        assertThat(HEX.formatHex(publicKey))
                .isEqualTo("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c");
        var suite = Sealing.hpkePublicKey(publicKey);

        var context =
                HpkeContext.createRecipientContext(
                        HEX.parseHex(
                                "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256"),
                        HpkeKemKeyFactory.createPrivate(
                                HpkePrivateKey.create(
                                        suite,
                                        SecretBytes.copyFrom(
                                                privateKey, InsecureSecretKeyAccess.get()))),
                        HpkePrimitiveFactory.createKem(suite.getParameters().getKemId()),
                        HpkePrimitiveFactory.createKdf(suite.getParameters().getKdfId()),
                        HpkePrimitiveFactory.createAead(suite.getParameters().getAeadId()),
                        "Ode on a Grecian Urn".getBytes(UTF_8));

        assertThat(suite.getParameters().getAeadId()).isEqualTo(HpkeParameters.AeadId.AES_256_GCM);
        var first =
                "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a";
        assertThat(context.open(HEX.parseHex(first), "Count-0".getBytes(UTF_8)))
                .isEqualTo("Beauty is truth, truth beauty".getBytes(UTF_8));
        var second =
                "2c43aff25343fdbff864506f0818b9d87df84ea01b1a2144d23b4d40c26bf655fdf197fe40297a8aebeed5cc2d";
        assertThat(context.open(HEX.parseHex(second), "Count-1".getBytes(UTF_8)))
                .isEqualTo("Beauty is truth, truth beauty".getBytes(UTF_8));
    }

    @Test
    void theContextIsWrittenAsTheProtocolSays() {
        assertThat(HEX.formatHex(CONTEXT.info()))
                .isEqualTo(
                        lengthAndText("waymark-seal-1")
                                + lengthAndText("waymark:sealed")
                                + lengthAndText("https://shelter.example/r/9b2e")
                                + lengthAndText("https://shelter.example/o/77d0")
                                + lengthAndText("https://clinic.example/o/5b1c")
                                + lengthAndText("1795312800000"));
    }

    private static String lengthAndText(String text) {
        return HEX.toHexDigits((short) text.length()) + HEX.formatHex(text.getBytes(UTF_8));
    }

    private void checkSize(int textLength, int padded) {
        var text = "\"" + "a".repeat(textLength - 2) + "\"";
        var packet = seal(text);
        assertThat(Base64.getUrlDecoder().decode(packet)).hasSize(5 + 32 + padded + 16);
        assertThat(open(packet)).isEqualTo(new Opened.Text(text));
    }

    private void checkRefused(String packet, SealContext context) {
        assertThat(new Sealing(keysAt(NOW)).open(CLINIC, context, packet))
                .isEqualTo(new Opened.Refused(Reason.DAMAGED));
    }

    private static SealContext contextWith(URI referral, URI sender, URI receiver, long later) {
        return new SealContext(
                CONTEXT.member(), referral, sender, receiver, CONTEXT.version() + later);
    }

    private String seal(String json) {
        return Sealing.seal(keysAt(NOW).currentPublicKey(CLINIC), CONTEXT, json);
    }

    private Opened open(String packet) {
        return openAt(NOW, packet);
    }

    private Opened openAt(Instant now, String packet) {
        return new Sealing(keysAt(now)).open(CLINIC, CONTEXT, packet);
    }

    private SealKeys keysAt(Instant now) {
        return new SealKeys(folder, master, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void sweepAt(Instant now) {
        var clock = new TestClock();
        // Up for a while: what waited was opened.
        clock.advance(Duration.between(clock.instant(), now.minus(Duration.ofHours(2))));
        var keys = new SealKeys(folder, master, clock);
        clock.advance(Duration.ofHours(2));
        assertThat(keys.sweep()).isTrue();
    }

    private static Instant day(int number) {
        return NOW.plus(Duration.ofDays(number));
    }
}
