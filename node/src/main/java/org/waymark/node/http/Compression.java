// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Packs answers, and remembers the packed form of those that are asked for again and again:
/// packing a page costs ten times what looking it up does. Safe for many threads.
final class Compression {

    // 200 pages of about 5 kB.
    private static final int MOST = 200;

    private final Map<ByteBuffer, byte[]> packed =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
                    return size() > MOST;
                }
            };

    /// The packed form of something that will be asked for again; it is found by its content.
    byte[] packOnce(byte[] whole) {
        var key = ByteBuffer.wrap(sha256(whole));
        synchronized (packed) {
            if (packed.get(key) instanceof byte[] known) {
                return known;
            }
        }
        var made = pack(whole);
        synchronized (packed) {
            packed.put(key, made);
        }
        return made;
    }

    static byte[] pack(byte[] whole) {
        var compressed = new ByteArrayOutputStream(whole.length / 3);
        try (var out = new Smallest(compressed)) {
            out.write(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /// Half a hundredth less on the line for a tenth more work, which is done once.
    private static final class Smallest extends GZIPOutputStream {
        Smallest(OutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
