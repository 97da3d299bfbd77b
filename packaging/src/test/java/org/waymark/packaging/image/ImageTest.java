// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.PackagedNode.IMAGE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.packaging.PackagedNode;

/// The application image as a whole.
@Tag("packaged")
final class ImageTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir Path scratch;

    @Test
    void startsWithItsCacheAfterItsFolderWasMovedTwice() throws Exception {
        var first = Files.createDirectories(scratch.resolve("first place"));
        var second = Files.createDirectories(scratch.resolve("second"));
        copy(IMAGE, first.resolve("waymark"));
        Files.move(first.resolve("waymark"), second.resolve("program"));
        var moved = Files.move(second.resolve("program"), scratch.resolve("waymark 0.1"));

        try (var node = PackagedNode.init(moved, scratch.resolve("node"), "Shelter")) {
            // With this mode Java refuses to start when it cannot use the cache.
            node.environment("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on").start();

            assertThat(get(node.address().resolve("/health/ready")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesTheCacheWhenAJarIsNotTheOneItWasTrainedWith() throws Exception {
        var image = scratch.resolve("waymark");
        copy(IMAGE, image);
        var jar = jar(image, "node-");
        Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.fromMillis(0));

        try (var node = PackagedNode.init(image, scratch.resolve("node"), "Shelter")) {
            node.environment("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");

            assertThat(node.run("version").exit()).isNotZero();
        }
    }

    @Test
    void noJarIsReadBesideASignatureOrBringsSecurityOfItsOwn() throws Exception {
        try (var files = Files.list(IMAGE.resolve("lib"))) {
            for (var jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (var entries = new ZipFile(jar.toFile())) {
                    assertThat(entries.stream().map(ZipEntry::getName))
                            .as(jar.getFileName().toString())
                            .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"))
                            .doesNotContain("META-INF/services/java.security.Provider");
                }
            }
        }
    }

    @Test
    void startsThroughASymbolicLinkAndReadsPathsWhereTheCallerStands() throws Exception {
        var link =
                Files.createSymbolicLink(
                        scratch.resolve("waymark-link"), IMAGE.resolve("bin/waymark"));
        var process =
                new ProcessBuilder(
                                link.toString(),
                                "init",
                                "--data",
                                "here",
                                "--organization",
                                "Shelter",
                                "--base-url",
                                "http://127.0.0.1:1",
                                "--admin",
                                "admin@waymark.example",
                                "--admin-password-file",
                                "password")
                        .directory(scratch.toFile())
                        .redirectErrorStream(true);
        Files.writeString(scratch.resolve("password"), "correct horse battery staple\n");

        var running = process.start();
        var said = new String(running.getInputStream().readAllBytes());

        assertThat(running.waitFor()).as(said).isZero();
        assertThat(scratch.resolve("here")).isDirectory();
    }

    @Test
    void servesWithoutTheStaffPages() throws Exception {
        var image = scratch.resolve("headless");
        copy(IMAGE, image);
        Files.delete(jar(image, "admin-ui-"));

        try (var node = PackagedNode.init(image, scratch.resolve("node"), "Shelter").start()) {
            assertThat(get(node.address().resolve("/en/")).statusCode()).isEqualTo(200);
            assertThat(get(node.address().resolve("/admin/")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void comesBackAfterAPowerCutAndStopsGracefully() {
        try (var node = PackagedNode.init(IMAGE, scratch.resolve("node"), "Shelter").start()) {
            node.kill();
            node.start();

            assertThat(get(node.address().resolve("/health/ready")).statusCode()).isEqualTo(200);
            assertThat(node.stop()).isIn(0, 143);
        }
    }

    private static Path jar(Path image, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(image.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Times are kept, as every archive does: the cache depends on them.
    private static void copy(Path from, Path to) throws Exception {
        var process = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
        assertThat(process.waitFor()).isZero();
    }

    private static HttpResponse<String> get(URI address) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
