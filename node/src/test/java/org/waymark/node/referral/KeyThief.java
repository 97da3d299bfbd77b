// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.waymark.node.TestNode;

/// Somebody who has a copy of everything that lies on the disks of a node: tries whatever could be
/// a key on whatever is locked, and what that opens on the rest. Written against the layout alone
/// (AES-256-GCM, 12 bytes of nonce first, place as context), so that it opens what our own code
/// would refuse to.
final class KeyThief {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MONTH_LENGTH = "2026-01".length();
    // Version, memory, rounds, salt.
    private static final int STAFF_HEAD = 1 + 4 + 4 + 16;
    // The last bytes of an Ed25519 private key in PKCS #8 are the key.
    private static final int ED25519_PKCS8 = 48;
    // 60: whoever opens one field opens all of that case.
    private static final int FIELDS = 60;
    private static final List<String> UNDER_MASTER =
            List.of("key-encryption-keys", "seal-keys", "audit.key");
    private static final Pattern SHEET_LINE =
            Pattern.compile(
                    "(?m)^[ \\t]*[1-8][ \\t]+([0-9a-fA-F]{4})[ \\t]*([0-9a-fA-F]{4})[ \\t]*-");
    private static final Pattern HEX = Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{64}");
    private static final Pattern BASE64 =
            Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{43}(?![A-Za-z0-9+/_-])");

    /// Something that opens with the right key.
    ///
    /// @param context what was bound into it
    private record Locked(String name, byte[] wrapped, byte[] context) {}

    private final Path keys;
    private final Path image;
    private final List<Locked> locked = new ArrayList<>();

    /// @param image everything that lies on a disk, the key folder too
    KeyThief(TestNode node, Path keys, Path image) throws IOException {
        this.keys = keys;
        this.image = image;
        for (var name : UNDER_MASTER) {
            for (var file : files(keys.resolve(name))) {
                var place = keys.relativize(file).toString();
                locked.add(new Locked(place, Files.readAllBytes(file), context("wrap-1", place)));
            }
        }
        for (var file : files(keys.resolve("case-keys"))) {
            var content = Files.readAllBytes(file);
            var month = new String(content, 0, MONTH_LENGTH, StandardCharsets.US_ASCII);
            var name = file.getFileName().toString().split("\\.");
            locked.add(
                    new Locked(
                            keys.relativize(file).toString(),
                            Arrays.copyOfRange(content, MONTH_LENGTH, content.length),
                            context(
                                    "case-key-1",
                                    name[0],
                                    name[1].toUpperCase(Locale.ROOT),
                                    month)));
        }
        for (var file : files(keys.resolve("staff-keys"))) {
            var content = Files.readAllBytes(file);
            var name = file.getFileName().toString();
            locked.add(
                    new Locked(
                            keys.relativize(file).toString(),
                            Arrays.copyOfRange(content, STAFF_HEAD, content.length),
                            context("staff-key-1", name.substring(0, name.indexOf('.')))));
        }
        locked.addAll(rows(node));
    }

    private static List<Locked> rows(TestNode node) {
        return node.database()
                .read(
                        tx -> {
                            var rows = new ArrayList<Locked>();
                            rows.addAll(
                                    tx.list(
                                            "SELECT actor, algorithm, wrapped_private_half"
                                                    + " FROM actor_key",
                                            row -> {
                                                var use =
                                                        "actor-key "
                                                                + row.text("algorithm")
                                                                + " "
                                                                + row.text("actor");
                                                return new Locked(
                                                        use,
                                                        row.bytes("wrapped_private_half"),
                                                        context("wrap-1", use));
                                            }));
                            rows.addAll(
                                    tx.list(
                                            "SELECT id, content FROM referral_event"
                                                    + " WHERE content IS NOT NULL ORDER BY id"
                                                    + " FETCH FIRST "
                                                    + FIELDS
                                                    + " ROWS ONLY",
                                            row ->
                                                    new Locked(
                                                            "field " + row.text("id"),
                                                            row.bytes("content"),
                                                            context(
                                                                    "field-1",
                                                                    "referral_event",
                                                                    row.text("id"),
                                                                    "content"))));
                            return rows;
                        });
    }

    /// The master key that a recovery sheet tells.
    static byte[] keyOf(String sheet) {
        var digits = new StringBuilder();
        SHEET_LINE
                .matcher(sheet)
                .results()
                .limit(8)
                .forEach(it -> digits.append(it.group(1)).append(it.group(2)));
        return HexFormat.of().parseHex(digits);
    }

    /// All that could be a key: every 32 bytes that stand together in the key folder, every file of
    /// it hashed, what is written as a key anywhere (hexadecimal, Base64, as on a recovery sheet),
    /// and what some words that lie around give as passwords.
    Set<ByteBuffer> everyKey(List<String> words) throws IOException {
        var found = new LinkedHashSet<ByteBuffer>();
        for (var file : files(keys)) {
            var content = Files.readAllBytes(file);
            found.add(ByteBuffer.wrap(sha256(content)));
            for (int i = 0; i + KEY_BYTES <= content.length; i++) {
                found.add(ByteBuffer.wrap(Arrays.copyOfRange(content, i, i + KEY_BYTES)));
            }
        }
        for (var file : files(image)) {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            HEX.matcher(text)
                    .results()
                    .forEach(it -> found.add(ByteBuffer.wrap(HexFormat.of().parseHex(it.group()))));
            BASE64.matcher(text).results().forEach(it -> addBase64(it.group(), found));
            if (SHEET_LINE.matcher(text).results().count() >= 8) {
                found.add(ByteBuffer.wrap(keyOf(text)));
            }
        }
        for (var word : words) {
            found.add(ByteBuffer.wrap(sha256(word.getBytes(StandardCharsets.UTF_8))));
            found.addAll(byPassword(word));
        }
        return found;
    }

    private static void addBase64(String text, Set<ByteBuffer> found) {
        var decoder =
                text.contains("-") || text.contains("_")
                        ? Base64.getUrlDecoder()
                        : Base64.getDecoder();
        try {
            found.add(ByteBuffer.wrap(decoder.decode(text)));
        } catch (IllegalArgumentException e) {
            // It was none.
        }
    }

    /// What a password gives with the salt of each holder.
    Set<ByteBuffer> byPassword(String password) throws IOException {
        var found = new LinkedHashSet<ByteBuffer>();
        for (var file : files(keys.resolve("staff-keys"))) {
            var head = ByteBuffer.wrap(Files.readAllBytes(file));
            head.get();
            var memory = head.getInt();
            var rounds = head.getInt();
            var salt = new byte[16];
            head.get(salt);
            var generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withSalt(salt)
                            .withMemoryAsKB(memory)
                            .withIterations(rounds)
                            .withParallelism(1)
                            .build());
            var key = new byte[KEY_BYTES];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), key);
            found.add(ByteBuffer.wrap(key));
        }
        return found;
    }

    /// What some keys open, and what is in that opens, and so on: names and content.
    Map<String, byte[]> loot(Collection<ByteBuffer> first) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var loot = new LinkedHashMap<String, byte[]>();
        var left = new ArrayList<>(locked);
        var untried = new ArrayDeque<>(first);
        while (!untried.isEmpty()) {
            var key = untried.remove().array();
            for (var it = left.iterator(); it.hasNext(); ) {
                var one = it.next();
                var content = open(cipher, key, one);
                if (content.length > 0) {
                    it.remove();
                    loot.put(one.name(), content);
                    if (content.length == KEY_BYTES) {
                        untried.add(ByteBuffer.wrap(content));
                    }
                }
            }
        }
        return loot;
    }

    /// Every key that is locked; the fields may be of cases that are erased.
    List<String> keys() {
        return locked.stream().map(Locked::name).filter(it -> !it.startsWith("field ")).toList();
    }

    /// What in some loot is a secret by itself, to look for elsewhere.
    static Map<String, byte[]> secrets(Map<String, byte[]> loot) {
        var secrets = new LinkedHashMap<String, byte[]>();
        loot.forEach(
                (name, content) -> {
                    if (!name.startsWith("field ")) {
                        var isSigning = content.length == ED25519_PKCS8;
                        secrets.put(
                                name,
                                isSigning
                                        ? Arrays.copyOfRange(
                                                content, content.length - KEY_BYTES, content.length)
                                        : content);
                    }
                });
        return secrets;
    }

    // Nothing that is locked is empty.
    private static byte[] open(Cipher cipher, byte[] key, Locked one) {
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, one.wrapped(), 0, NONCE_BYTES));
            cipher.updateAAD(one.context());
            return cipher.doFinal(one.wrapped(), NONCE_BYTES, one.wrapped().length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            return new byte[0];
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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
