// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Words that stand for a person, looked for in raw bytes however they may be written there: UTF-8,
/// UTF-16, Base64 at every offset, hexadecimal, and inside what was packed by gzip or deflate.
final class Markers {

    // 256 KiB: what is unpacked of one packed piece; a marker deeper in it would be in others too.
    private static final int MOST_UNPACKED = 256 << 10;

    private record Spelling(String marker, String how, String bytes) {}

    private final List<Spelling> spellings = new ArrayList<>();

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
        add(name, marker);
        return this;
    }

    private void add(String marker) {
        add(marker, marker.getBytes(StandardCharsets.UTF_8));
        var folded = marker.toLowerCase(Locale.ROOT);
        if (!folded.equals(marker)) {
            spell(marker, "in lower case", folded.getBytes(StandardCharsets.UTF_8));
        }
        spell(marker, "UTF-16BE", marker.getBytes(StandardCharsets.UTF_16BE));
        spell(marker, "UTF-16LE", marker.getBytes(StandardCharsets.UTF_16LE));
    }

    private void add(String marker, byte[] bytes) {
        spell(marker, "it is", bytes);
        var hex = HexFormat.of().formatHex(bytes);
        spell(marker, "hexadecimal", hex.getBytes(StandardCharsets.US_ASCII));
        for (int offset = 0; offset < 3; offset++) {
            var shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            var base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and the last signs carry bits of what stands beside it.
            var core = base64.substring((offset * 8 + 5) / 6, base64.length() - 1);
            spell(marker, "Base64", core.getBytes(StandardCharsets.US_ASCII));
            var inAddresses = core.replace('+', '-').replace('/', '_');
            if (!inAddresses.equals(core)) {
                spell(marker, "Base64url", inAddresses.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void spell(String marker, String how, byte[] bytes) {
        spellings.add(new Spelling(marker, how, new String(bytes, StandardCharsets.ISO_8859_1)));
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
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return spellings.stream()
                .filter(it -> text.contains(it.bytes()))
                .map(it -> it.marker() + " as " + it.how() + " in " + where)
                .toList();
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
