// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.waymark.node.second.Multikeys.concat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/// What stands in `waymark:sealed`, bound to where it stands.
record Packet(URI referral, URI sender, URI receiver, long version) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Integer> SIZES = List.of(1_024, 4_096, 16_384, 65_536);

    String seal(PublicKey key, JsonNode text) {
        var bytes = text.toString().getBytes(UTF_8);
        var size = SIZES.stream().filter(it -> it >= bytes.length).findFirst().orElseThrow();
        var padded = Arrays.copyOf(bytes, size);
        Arrays.fill(padded, bytes.length, size, (byte) ' ');
        var sealed = Hpke.seal(key, info(), padded);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(concat(head(key), sealed));
    }

    JsonNode open(KeyPair key, String packet) {
        var bytes = Base64.getUrlDecoder().decode(packet);
        if (packet.endsWith("=")
                || !Arrays.equals(Arrays.copyOf(bytes, 5), head(key.getPublic()))) {
            throw new IllegalArgumentException("not sealed to this key: " + packet);
        }
        var sealed = Arrays.copyOfRange(bytes, 5, bytes.length);
        var text = Hpke.open(key.getPublic(), key.getPrivate(), info(), sealed);
        if (!SIZES.contains(text.length)) {
            throw new IllegalArgumentException("padded to " + text.length);
        }
        try {
            return JSON.readTree(UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString());
        } catch (CharacterCodingException | JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] head(PublicKey key) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(Multikeys.raw(key));
            return concat(new byte[] {1}, Arrays.copyOf(hash, 4));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] info() {
        var info = new ByteArrayOutputStream();
        for (var part :
                List.of(
                        "waymark-seal-1",
                        "waymark:sealed",
                        referral.toString(),
                        sender.toString(),
                        receiver.toString(),
                        Long.toString(version))) {
            var bytes = part.getBytes(UTF_8);
            IntStream.of(bytes.length >> 8, bytes.length).forEach(info::write);
            info.writeBytes(bytes);
        }
        return info.toByteArray();
    }
}
