// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartStreamTest {

    private static final String MARK = "----x";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\r\n1,2\r\n",
                "",
                "\r\n",
                "\r\n--",
                "\r\n\r\n------\r\n----y\r\n--",
                "\r\r\n----\r\n------",
                "ends with a line\r\n\r",
            })
    void theFileIsWhatStandsBetweenTheMarks(String content) throws IOException {
        var form = MultipartStream.begin(body(content), MARK);

        assertThat(form.fields()).containsEntry("token", "abc").containsEntry("empty", "");
        assertThat(form.fileName()).contains("list.csv");
        assertThat(text(form)).isEqualTo(content);
    }

    @Test
    void anyBytesComeAsTheyAre() throws IOException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var content = new StringBuilder();
            for (int j = random.nextInt(300); j > 0; j--) {
                content.append("\r\n-x\0ÿ".charAt(random.nextInt(6)));
            }
            var text = content.toString();
            if (text.contains("\r\n--" + MARK)) {
                continue;
            }
            assertThat(text(MultipartStream.begin(body(text), MARK)))
                    .as("seed %d, %d", seed, i)
                    .isEqualTo(text);
        }
    }

    @Test
    void aLineThatBreaksIsNoEnd() throws IOException {
        var whole = bytes("a,b\r\n1,2");
        var cut = new ByteArrayInputStream(whole, 0, whole.length - 12);
        var form = MultipartStream.begin(cut, MARK);

        assertThatThrownBy(() -> text(form)).isInstanceOf(IOException.class);
    }

    @Test
    void withoutAFileThereIsNone() throws IOException {
        var body =
                "------x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n------x--";
        var form = MultipartStream.begin(stream(body), MARK);

        assertThat(form.fields()).containsEntry("token", "abc");
        assertThat(form.fileName()).isEmpty();
    }

    @Test
    void aFieldWithoutEndIsRefused() {
        var body =
                "------x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n"
                        + "y".repeat(1 << 17);

        assertThatThrownBy(() -> MultipartStream.begin(stream(body), MARK))
                .hasMessageContaining("body-too-large");
    }

    private static String text(MultipartStream form) throws IOException {
        return new String(form.file().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static InputStream body(String content) {
        return new ByteArrayInputStream(bytes(content));
    }

    private static byte[] bytes(String content) {
        return ("------x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n"
                        + "------x\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
                        + "------x\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"C:\\lists\\list.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                        + content
                        + "\r\n------x--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
