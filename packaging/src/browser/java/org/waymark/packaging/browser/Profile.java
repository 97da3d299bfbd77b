// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// What a browser's profile holds when the browser is closed: every file of it, its name, and what
/// is compressed in it.
final class Profile {

    private static final List<Charset> OF_CHROMIUM =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE);
    private static final String GZIP = "\u001f\u008b\u0008";

    private final Path folder;

    Profile(Path folder) {
        this.folder = folder;
    }

    /// Nothing of what somebody typed or read is in it, in no spelling; and what it is known to
    /// hold is found, so that the look means something. Newer ones of Chromium write the history a
    /// second time, encrypted; what is looked for is what they write in clear.
    ///
    /// @param known stands in the history, such as an address
    /// @param cached stands in something that the browser kept compressed, such as a style
    void checkHoldsNothingOf(List<String> typed, String known, String cached) {
        var files = files();
        assertThat(files)
                .as("the history is where it is looked for")
                .anyMatch(
                        it ->
                                folder.relativize(it).startsWith("Default/Sessions")
                                        && !found(it, List.of(known)).isEmpty());
        assertThat(files)
                .as("what is compressed is read")
                .anyMatch(
                        it ->
                                found(it, List.of(cached)).contains(cached)
                                        && !isIn(lower(bytes(it)), cached));

        var spelled = typed.stream().flatMap(Profile::spellings).toList();
        assertThat(files)
                .allSatisfy(
                        it ->
                                assertThat(found(it, spelled))
                                        .as(folder.relativize(it).toString())
                                        .isEmpty());
    }

    private List<Path> files() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As typed, as a form or an address carries it, as a script writes it, and in Base64.
    private static Stream<String> spellings(String text) {
        var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Stream.concat(
                        Stream.of(text, form, form.replace("+", "%20"), escaped(text)),
                        Stream.of(
                                Base64.getEncoder().withoutPadding().encodeToString(utf8),
                                Base64.getUrlEncoder().withoutPadding().encodeToString(utf8)))
                .distinct();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (var sign : text.toCharArray()) {
            escaped.append(sign < 128 ? "" + sign : "\\u%04x".formatted((int) sign));
        }
        return escaped.toString();
    }

    /// Which of the words stand in a file or in its name, in capitals or not.
    private List<String> found(Path file, List<String> words) {
        var texts =
                Stream.concat(
                                Stream.of(folder.relativize(file).toString())
                                        .map(it -> it.getBytes(StandardCharsets.UTF_8)),
                                contents(bytes(file)))
                        .map(Profile::lower)
                        .toList();
        return words.stream()
                .filter(word -> texts.stream().anyMatch(it -> isIn(it, word)))
                .toList();
    }

    private static boolean isIn(String text, String word) {
        return OF_CHROMIUM.stream().map(it -> lower(word.getBytes(it))).anyMatch(text::contains);
    }

    /// The bytes as they are, and what each compressed stream among them comes to.
    private static Stream<byte[]> contents(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var contents = Stream.<byte[]>builder().add(bytes);
        for (var at = text.indexOf(GZIP); at >= 0; at = text.indexOf(GZIP, at + 1)) {
            contents.add(unzipped(bytes, at));
        }
        return contents.build();
    }

    /// As far as it goes: what lies behind a stream is no part of it.
    private static byte[] unzipped(byte[] bytes, int at) {
        var unzipped = new ByteArrayOutputStream();
        try (var stream =
                new GZIPInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
            for (var next = stream.read(); next >= 0; next = stream.read()) {
                unzipped.write(next);
            }
        } catch (IOException e) {
            return unzipped.toByteArray();
        }
        return unzipped.toByteArray();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lower(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
