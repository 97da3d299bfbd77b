// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Keys of the two curves, raw and as Multikey: `z`, then base58btc of a prefix and the raw key.
enum Multikeys {
    ED25519("Ed25519", "ed01", "302a300506032b6570032100", "302e020100300506032b657004220420"),
    X25519("X25519", "ec01", "302a300506032b656e032100", "302e020100300506032b656e04220420");

    private static final String DIGITS =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private final String algorithm;
    private final byte[] multicodec;
    private final byte[] publicHead;
    private final byte[] privateHead;

    Multikeys(String algorithm, String multicodec, String publicHead, String privateHead) {
        this.algorithm = algorithm;
        this.multicodec = HexFormat.of().parseHex(multicodec);
        this.publicHead = HexFormat.of().parseHex(publicHead);
        this.privateHead = HexFormat.of().parseHex(privateHead);
    }

    static byte[] raw(PublicKey key) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    String write(PublicKey key) {
        return base58(concat(multicodec, raw(key)));
    }

    PublicKey read(String multibase) {
        var bytes = bytes(multibase);
        if (bytes.length != 34 || !Arrays.equals(Arrays.copyOf(bytes, 2), multicodec)) {
            throw new IllegalArgumentException("not of " + this + ": " + multibase);
        }
        return publicKey(Arrays.copyOfRange(bytes, 2, bytes.length));
    }

    PublicKey publicKey(byte[] raw) {
        try {
            var spec = new X509EncodedKeySpec(concat(publicHead, raw));
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    PrivateKey privateKey(byte[] raw) {
        try {
            var spec = new PKCS8EncodedKeySpec(concat(privateHead, raw));
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String base58(byte[] bytes) {
        var text = new StringBuilder();
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
            text.append(DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append('1');
        }
        return "z" + text.reverse();
    }

    static byte[] bytes(String multibase) {
        if (!multibase.startsWith("z")) {
            throw new IllegalArgumentException(multibase);
        }
        var number = BigInteger.ZERO;
        var bytes = new ByteArrayOutputStream();
        var isLeading = true;
        for (var digit : multibase.substring(1).toCharArray()) {
            isLeading &= digit == '1';
            if (isLeading) {
                bytes.write(0);
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(digit)));
        }
        var written = number.toByteArray();
        var from = written[0] == 0 ? 1 : 0;
        bytes.write(written, from, written.length - from);
        return bytes.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
