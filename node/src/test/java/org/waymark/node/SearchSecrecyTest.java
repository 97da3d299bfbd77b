// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// A name typed into the search is stored nowhere on the node: not in the data folder (database and
/// its log, index, files), not in the keys, not in the log.
class SearchSecrecyTest {

    private static final String LATIN = "Zamzamqadir";
    private static final String ARABIC = "زمزمقادرة";

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();

    @Test
    void aNameTypedInSearchIsStoredNowhere() throws Exception {
        var log = new CopyOnWriteArrayList<String>();
        var capture = capture(log);
        var root = Logger.getLogger("");
        var before = root.getLevel();
        root.addHandler(capture);
        root.setLevel(Level.FINE);
        try (var node = TestNode.start("shelter", "Lindmar Shelter")) {
            for (int i = 0; i < 30; i++) {
                for (var words :
                        List.of(
                                LATIN,
                                ARABIC,
                                "doctor " + LATIN,
                                "طبيب " + ARABIC,
                                LATIN + " " + i)) {
                    search(node.url(), "/en/search", "q=" + encoded(words) + "&topic=health");
                    search(node.url(), "/ar/search", "q=" + encoded(words));
                }
                get(node.url(), "/en/search?q=" + encoded(LATIN));
            }
            // What is counted is there, so that this test looks at a node that has written.
            assertThat(node.domains().unmetNeeds().list(node.acting()))
                    .anyMatch(need -> need.word().equals("doctor"));
            node.stop();

            var folders = List.of(node.settings().data(), node.settings().keysDirectory());
            int files = 0;
            for (var folder : folders) {
                files += assertSilent(folder);
            }
            assertThat(files).isGreaterThan(20);
            assertThat(finds(folders, "shelter")).as("the scan can find something").isTrue();
            for (var line : log) {
                for (var needle : texts()) {
                    assertThat(line.toLowerCase(Locale.ROOT))
                            .doesNotContain(needle.toLowerCase(Locale.ROOT));
                }
            }
            assertThat(log).isNotEmpty();
            node.startAgain();
        } finally {
            root.removeHandler(capture);
            root.setLevel(before);
        }
    }

    private static int assertSilent(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var all = files.filter(Files::isRegularFile).toList();
            for (var file : all) {
                var bytes = lower(Files.readAllBytes(file));
                for (var needle : needles()) {
                    assertThat(contains(bytes, lower(needle))).as(file.toString()).isFalse();
                }
            }
            return all.size();
        }
    }

    private static boolean finds(List<Path> folders, String text) throws IOException {
        for (var folder : folders) {
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (contains(lower(Files.readAllBytes(file)), text.getBytes(UTF_8))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// As typed, as folded for the index, and as an address would carry it.
    private static List<String> texts() {
        return List.of(LATIN, ARABIC, "زمزمقادره", encoded(ARABIC), encoded("زمزمقادره"));
    }

    private static List<byte[]> needles() {
        var all = new ArrayList<byte[]>();
        for (var text : texts()) {
            all.add(text.getBytes(UTF_8));
            all.add(text.getBytes(UTF_16BE));
            all.add(text.getBytes(UTF_16LE));
        }
        return all;
    }

    private static byte[] lower(byte[] bytes) {
        var lower = bytes.clone();
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] += 'a' - 'A';
            }
        }
        return lower;
    }

    private static boolean contains(byte[] bytes, byte[] needle) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains(new String(needle, StandardCharsets.ISO_8859_1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private void search(URI node, String path, String form) throws Exception {
        var answer =
                browser.send(
                        HttpRequest.newBuilder(node.resolve(path))
                                .header("Accept", "text/html")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.request().method()).as("shown from memory").isEqualTo("GET");
    }

    private void get(URI node, String path) throws Exception {
        var request = HttpRequest.newBuilder(node.resolve(path)).build();
        assertThat(browser.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static Handler capture(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(
                        entry.getLoggerName()
                                + " "
                                + entry.getMessage()
                                + " "
                                + Arrays.toString(entry.getParameters())
                                + " "
                                + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
