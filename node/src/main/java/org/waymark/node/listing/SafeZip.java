// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A zip from anybody: small in the post and without end once it is unpacked, unless somebody
/// counts.
public final class SafeZip implements AutoCloseable {

    // 1 GiB: a hundred times the largest directory that we know.
    private static final long MOST_BYTES = 1L << 30;
    // 200: texts become ten or twenty times smaller, nothing that people wrote two hundred times.
    private static final long MOST_TIMES_SMALLER = 200;
    private static final long ALWAYS_ALLOWED = 8L << 20;
    private static final int MOST_FILES = 5_000;

    private final ZipFile zip;
    private long read;

    private SafeZip(ZipFile zip) {
        this.zip = zip;
    }

    /// @throws UnusablePackageException when it is none, or says that it is too large
    public static SafeZip open(Path path) {
        try {
            var opened = new SafeZip(new ZipFile(path.toFile()));
            opened.check();
            return opened;
        } catch (IOException e) {
            throw new UnusablePackageException(
                    "package-unreadable", path + " cannot be read: " + e.getMessage());
        }
    }

    private void check() {
        if (zip.size() > MOST_FILES) {
            close();
            throw new UnusablePackageException(
                    "package-too-large", "The zip holds more than " + MOST_FILES + " files.");
        }
        if (zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum() > MOST_BYTES) {
            close();
            throw tooLarge();
        }
    }

    private static UnusablePackageException tooLarge() {
        return new UnusablePackageException(
                "package-too-large", "Unpacked, the zip is larger than any directory can be.");
    }

    public List<String> names() {
        return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }

    /// What a file holds; reading it fails where it grows beyond all bounds.
    public InputStream read(String name) {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return InputStream.nullInputStream();
        }
        try {
            return new Counting(zip.getInputStream(entry), entry.getCompressedSize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Counting extends CountedStream {

        private final long packed;
        private long unpacked;

        Counting(InputStream in, long packed) {
            super(in);
            this.packed = Math.max(1, packed);
        }

        @Override
        protected void count(int bytes) {
            unpacked += bytes;
            read += bytes;
            // A package is read twice.
            if (read > 2 * MOST_BYTES
                    || (unpacked > ALWAYS_ALLOWED && unpacked / packed > MOST_TIMES_SMALLER)) {
                throw tooLarge();
            }
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
