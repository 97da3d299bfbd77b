// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestClock;
import org.waymark.node.listing.UnusablePackageException;

/// A file comes whole or not at all, and never takes the room that the database needs.
class UploadFolderTest {

    private static final UUID ID = UUID.fromString("7e57c0de-0000-4000-8000-000000000001");

    @TempDir private Path data;
    private final TestClock clock = new TestClock();
    private final AtomicLong usable = new AtomicLong(UploadFolder.RESERVE_BYTES);

    @Test
    void whatCameLiesThereUnderItsEnding() throws IOException {
        var path = folder().put(ID, "../Town list.CSV", bytes(3_000));

        assertThat(path).isEqualTo(data.resolve("uploads").resolve(ID + ".csv"));
        assertThat(Files.size(path)).isEqualTo(3_000);
    }

    @Test
    void theLastOfTheDiskIsNotForIt() {
        usable.set(UploadFolder.RESERVE_BYTES - 1);

        refused("disk-full", bytes(10));
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsNoticed() {
        var filling =
                new InputStream() {
                    private long left = 30 << 20;

                    @Override
                    public int read() {
                        if (left == 15 << 20) {
                            usable.set(0);
                        }
                        return left-- > 0 ? 'x' : -1;
                    }
                };

        refused("disk-full", filling);
    }

    @Test
    void tooMuchIsRefused() {
        refused("file-too-large", bytes(64 << 20));
    }

    @Test
    void aBrokenLineLeavesNothing() {
        refused(
                "upload-broken",
                new InputStream() {
                    private int left = 100_000;

                    @Override
                    public int read() throws IOException {
                        if (left-- > 0) {
                            return 'x';
                        }
                        throw new IOException("Connection reset");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        bytes[offset] = (byte) read();
                        return 1;
                    }
                });
    }

    @Test
    void whatNoRowNamesIsRemoved() throws IOException {
        var kept = folder().put(ID, "a.zip", bytes(10));
        var orphan = folder().put(UUID.randomUUID(), "b.zip", bytes(10));

        folder().retain(List.of(ID));

        assertThat(kept).exists();
        assertThat(orphan).doesNotExist();
    }

    @Test
    void whoSendsNextToNothingDoesNotKeepTheRoom() {
        refused(
                "upload-broken",
                new InputStream() {
                    @Override
                    public int read() {
                        clock.advance(Duration.ofSeconds(5));
                        return 'x';
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        buffer[offset] = (byte) read();
                        return 1;
                    }
                });
    }

    private UploadFolder folder() {
        return new UploadFolder(data.resolve("uploads"), 50 << 20, _ -> usable.get(), clock);
    }

    private void refused(String code, InputStream content) {
        assertThatThrownBy(() -> folder().put(ID, "list.csv", content))
                .isInstanceOfSatisfying(
                        UnusablePackageException.class,
                        it -> assertThat(it.code()).isEqualTo(code));
        assertThat(data.resolve("uploads")).isEmptyDirectory();
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }
}
