// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Somebody who has a copy of a key folder and tries whatever lies in it as the key to the rest.
/// Written against the layout alone (AES-256-GCM, 12 bytes of nonce first, use as context), so that
/// it opens what our own code would refuse to.
final class KeyThief {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MONTH_LENGTH = "2026-01".length();
    private static final List<String> UNDER_MASTER =
            List.of("key-encryption-keys", "seal-keys", "audit.key");
    private static final Pattern SHEET_LINE =
            Pattern.compile("(?m)^[1-8] {3}([0-9a-f]{4}) ([0-9a-f]{4})");

    private KeyThief() {}

    /// The master key that a recovery sheet tells.
    static byte[] keyOf(String sheet) {
        var digits = new StringBuilder();
        SHEET_LINE
                .matcher(sheet)
                .results()
                .forEach(it -> digits.append(it.group(1)).append(it.group(2)));
        return HexFormat.of().parseHex(digits);
    }

    /// Every 32 bytes that stand together in any file below a folder.
    static List<byte[]> everyKeyIn(Path folder) throws IOException {
        var keys = new ArrayList<byte[]>();
        for (var file : files(folder)) {
            var content = Files.readAllBytes(file);
            for (int i = 0; i + KEY_BYTES <= content.length; i++) {
                keys.add(Arrays.copyOfRange(content, i, i + KEY_BYTES));
            }
        }
        return keys;
    }

    /// Which files of a key folder, of those that lie under the master key, one of these opens.
    static List<Path> opened(Path keyFolder, List<byte[]> keys)
            throws IOException, GeneralSecurityException {
        var opened = new ArrayList<Path>();
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        for (var name : UNDER_MASTER) {
            for (var file : files(keyFolder.resolve(name))) {
                var wrapped = Files.readAllBytes(file);
                var context = context("wrap-1", keyFolder.relativize(file).toString());
                for (var key : keys) {
                    if (opens(cipher, key, wrapped, context)) {
                        opened.add(file);
                        break;
                    }
                }
            }
        }
        return opened;
    }

    /// What lies under the master key, in clear: the keys of months, of sealing and of the audit
    /// log, and some keys of cases.
    static List<byte[]> secrets(Path keyFolder, byte[] master)
            throws IOException, GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var secrets = new ArrayList<byte[]>();
        for (var name : UNDER_MASTER) {
            for (var file : files(keyFolder.resolve(name))) {
                secrets.add(unwrapped(cipher, keyFolder, file, master));
            }
        }
        for (var file : files(keyFolder.resolve("case-keys")).stream().limit(4).toList()) {
            var content = Files.readAllBytes(file);
            var month = new String(content, 0, MONTH_LENGTH, StandardCharsets.US_ASCII);
            var monthFile = keyFolder.resolve("key-encryption-keys").resolve(month);
            var name = file.getFileName().toString().split("\\.");
            secrets.add(
                    decrypt(
                            cipher,
                            unwrapped(cipher, keyFolder, monthFile, master),
                            Arrays.copyOfRange(content, MONTH_LENGTH, content.length),
                            context(
                                    "case-key-1",
                                    name[0],
                                    name[1].toUpperCase(Locale.ROOT),
                                    month)));
        }
        return secrets;
    }

    private static byte[] unwrapped(Cipher cipher, Path keyFolder, Path file, byte[] master)
            throws IOException, GeneralSecurityException {
        return decrypt(
                cipher,
                master,
                Files.readAllBytes(file),
                context("wrap-1", keyFolder.relativize(file).toString()));
    }

    private static boolean opens(Cipher cipher, byte[] key, byte[] wrapped, byte[] context) {
        try {
            decrypt(cipher, key, wrapped, context);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decrypt(Cipher cipher, byte[] key, byte[] wrapped, byte[] context)
            throws GeneralSecurityException {
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
    }

    private static byte[] context(String... parts) {
        var context = new ByteArrayOutputStream();
        for (var part : parts) {
            var utf8 = part.getBytes(StandardCharsets.UTF_8);
            context.write(utf8.length >> 8);
            context.write(utf8.length);
            context.writeBytes(utf8);
        }
        return context.toByteArray();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
