// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Words that stand for a person, looked for in raw bytes however they may be written there: UTF-8,
/// UTF-16, large or small letters, Base64 at every offset, hexadecimal, and inside what was packed
/// by gzip or deflate. What an index holds is packed in ways of its own: see `IndexReading`.
final class Markers {

    // 256 KiB: what is unpacked of one packed piece; a marker deeper in it would be in others too.
    private static final int MOST_UNPACKED = 256 << 10;

    private record Spelling(String marker, String how, byte[] bytes) {}

    /// Spellings by how they begin, so that each byte is looked at once, however many there are.
    private static final class Spellings {

        private final boolean[] begins = new boolean[1 << Short.SIZE];
        private final Map<Integer, List<Spelling>> all = new HashMap<>();

        void add(Spelling spelling) {
            var start = ByteBuffer.wrap(spelling.bytes());
            begins[start.getShort(0) & 0xFFFF] = true;
            all.computeIfAbsent(start.getInt(0), _ -> new ArrayList<>()).add(spelling);
        }

        void find(byte[] bytes, Set<Spelling> found) {
            for (int i = 0; i + Integer.BYTES <= bytes.length; i++) {
                var first = ((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF);
                if (begins[first]) {
                    var next = ((bytes[i + 2] & 0xFF) << 8) | (bytes[i + 3] & 0xFF);
                    var start = (first << Short.SIZE) | next;
                    for (var spelling : all.getOrDefault(start, List.of())) {
                        if (isAt(bytes, i, spelling.bytes())) {
                            found.add(spelling);
                        }
                    }
                }
            }
        }

        private static boolean isAt(byte[] bytes, int from, byte[] wanted) {
            var to = from + wanted.length;
            return to <= bytes.length && Arrays.equals(bytes, from, to, wanted, 0, wanted.length);
        }
    }

    private final Spellings exact = new Spellings();
    // Of these the small letters stand for the large ones, too.
    private final Spellings folded = new Spellings();

    Markers(List<String> markers) {
        markers.forEach(this::add);
    }

    /// One more of them.
    Markers and(String marker) {
        add(marker);
        return this;
    }

    /// The same of bytes that are no text, as of a key.
    Markers and(String name, byte[] marker) {
        exact.add(new Spelling(name, "it is", marker));
        folded.add(new Spelling(name, "hexadecimal", hex(marker)));
        addBase64(name, marker);
        return this;
    }

    private void add(String marker) {
        var small = marker.toLowerCase(Locale.ROOT);
        var utf8 = small.getBytes(StandardCharsets.UTF_8);
        folded.add(new Spelling(marker, "it is", utf8));
        folded.add(new Spelling(marker, "UTF-16BE", small.getBytes(StandardCharsets.UTF_16BE)));
        folded.add(new Spelling(marker, "UTF-16LE", small.getBytes(StandardCharsets.UTF_16LE)));
        for (var one : new LinkedHashSet<>(List.of(marker, small))) {
            var bytes = one.getBytes(StandardCharsets.UTF_8);
            folded.add(new Spelling(marker, "hexadecimal", hex(bytes)));
            addBase64(marker, bytes);
        }
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private void addBase64(String marker, byte[] bytes) {
        for (int offset = 0; offset < 3; offset++) {
            var shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            var base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and the last signs carry bits of what stands beside it.
            var core = base64.substring((offset * 8 + 5) / 6, base64.length() - 1);
            exact.add(new Spelling(marker, "Base64", core.getBytes(StandardCharsets.US_ASCII)));
            var inAddresses = core.replace('+', '-').replace('/', '_');
            if (!inAddresses.equals(core)) {
                exact.add(
                        new Spelling(
                                marker,
                                "Base64url",
                                inAddresses.getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    /// Where in some bytes which marker stands, as text; empty when none does.
    List<String> in(String where, byte[] bytes) {
        var found = new ArrayList<>(plainly(where, bytes));
        for (int i = 0; i + 2 < bytes.length; i++) {
            var first = bytes[i] & 0xFF;
            var second = bytes[i + 1] & 0xFF;
            if (first == 0x1F && second == 0x8B && bytes[i + 2] == 8) {
                found.addAll(plainly(where + " (gzip)", unpacked(bytes, i, true)));
            } else if (first == 0x78 && (second == 0x01 || second == 0x9C || second == 0xDA)) {
                found.addAll(plainly(where + " (deflate)", unpacked(bytes, i, false)));
            }
        }
        return found;
    }

    /// The same for every file below a folder.
    List<String> below(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(it -> in(it.toString(), read(it)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> plainly(String where, byte[] bytes) {
        var found = new LinkedHashSet<Spelling>();
        exact.find(bytes, found);
        folded.find(inSmallLetters(bytes), found);
        return found.stream()
                .map(it -> it.marker() + " as " + it.how() + " in " + where)
                .distinct()
                .toList();
    }

    private static byte[] inSmallLetters(byte[] bytes) {
        var small = bytes.clone();
        for (int i = 0; i < small.length; i++) {
            if (small[i] >= 'A' && small[i] <= 'Z') {
                small[i] = (byte) (small[i] + ('a' - 'A'));
            }
        }
        return small;
    }

    private static byte[] unpacked(byte[] bytes, int from, boolean gzip) {
        var packed = new ByteArrayInputStream(bytes, from, bytes.length - from);
        var out = new byte[MOST_UNPACKED];
        var length = 0;
        var inflater = new Inflater();
        try (InputStream in =
                gzip ? new GZIPInputStream(packed) : new InflaterInputStream(packed, inflater)) {
            for (int n = in.read(out); n >= 0 && length < out.length; ) {
                length += n;
                n = in.read(out, length, out.length - length);
                if (n == 0) {
                    break;
                }
            }
        } catch (IOException e) {
            // It only looked like something packed, or ends in the middle.
        } finally {
            inflater.end();
        }
        return Arrays.copyOf(out, length);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
