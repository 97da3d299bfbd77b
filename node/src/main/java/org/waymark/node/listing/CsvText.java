// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Finds out how a CSV file was written: its encoding, and what stands between its cells.
///
/// @param text from its first character, without a byte order mark
/// @param encoding that it is read in
/// @param separator between cells
public record CsvText(Reader text, Charset encoding, char separator) {

    // 1 MiB: what is not seen in it is rare enough to be put right by hand.
    private static final int SAMPLE = 1 << 20;
    // 4 Mi characters in one cell: a whole book; a row without end is no table.
    private static final int LONGEST_CELL = 4 << 20;

    /// Looks at the beginning of a file and notes in the report what is unusual about it.
    public static CsvText of(InputStream stream, String name, ImportReport report)
            throws IOException {
        var buffered = new BufferedInputStream(stream, SAMPLE + 1);
        buffered.mark(SAMPLE + 1);
        var sample = buffered.readNBytes(SAMPLE);
        buffered.reset();
        var bom = bom(sample);
        buffered.skipNBytes(bom);
        var encoding = encoding(sample, bom);
        if (!encoding.equals(StandardCharsets.UTF_8)) {
            report.note(Problem.NOT_UTF_8, name + ": " + encoding.name());
        }
        var start = encoding.decode(ByteBuffer.wrap(sample, bom, sample.length - bom)).toString();
        if (lineEnds(start) > 1) {
            report.note(Problem.MIXED_LINE_ENDS, name);
        }
        return new CsvText(new InputStreamReader(buffered, encoding), encoding, separator(start));
    }

    /// A reader that takes files as people's programs write them.
    public CsvReader.CsvReaderBuilder rows() {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(LONGEST_CELL);
    }

    private static int bom(byte[] bytes) {
        if (starts(bytes, 0xef, 0xbb, 0xbf)) {
            return 3;
        }
        return starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff) ? 2 : 0;
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset encoding(byte[] bytes, int bom) {
        if (bom == 2) {
            return bytes[0] == (byte) 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        int evenZeros = 0;
        int oddZeros = 0;
        for (int i = 0; i < Math.min(bytes.length, 4000); i++) {
            if (bytes[i] == 0) {
                if (i % 2 == 0) {
                    evenZeros++;
                } else {
                    oddZeros++;
                }
            }
        }
        // In UTF-16 every other byte of a comma, a blank and a digit is zero.
        if (oddZeros > 4 && evenZeros < oddZeros / 10) {
            return StandardCharsets.UTF_16LE;
        }
        if (evenZeros > 4 && oddZeros < evenZeros / 10) {
            return StandardCharsets.UTF_16BE;
        }
        return isUtf8(bytes) ? StandardCharsets.UTF_8 : oneByte(bytes);
    }

    private static boolean isUtf8(byte[] bytes) {
        // The sample may end within a character.
        var result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(
                                ByteBuffer.wrap(bytes),
                                CharBuffer.allocate(bytes.length + 1),
                                bytes.length < SAMPLE);
        return !result.isError();
    }

    /// Arabic and Cyrillic words consist of letters above 127; in Latin ones they stand alone.
    private static Charset oneByte(byte[] bytes) {
        int high = 0;
        int together = 0;
        int onlyCyrillic = 0;
        var count = new int[256];
        for (int i = 0; i < bytes.length; i++) {
            int it = bytes[i] & 0xff;
            count[it]++;
            if (it >= 0x80) {
                high++;
                if (i > 0 && (bytes[i - 1] & 0xff) >= 0x80) {
                    together++;
                }
                // а, в, з, и, й, к, л, о, п in windows-1251; Latin letters in windows-1256.
                if ("\u00e0\u00e2\u00e7\u00e8\u00e9\u00ea\u00eb\u00ee\u00ef".indexOf(it) >= 0) {
                    onlyCyrillic++;
                }
            }
        }
        if (together * 2 > high) {
            return Charset.forName(onlyCyrillic * 8 > high ? "windows-1251" : "windows-1256");
        }
        // ą and ś in windows-1250, or in ISO 8859-2, with ł in both.
        if (count[0xb3] > 0 && count[0xb9] + count[0x9c] > 0) {
            return Charset.forName("windows-1250");
        }
        if (count[0xb3] > 0 && count[0xb1] + count[0xb6] > 0) {
            return Charset.forName("ISO-8859-2");
        }
        return Charset.forName("windows-1252");
    }

    private static int lineEnds(String text) {
        boolean unix = false;
        boolean windows = false;
        boolean mac = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char it = text.charAt(i);
            if (it == '"') {
                quoted = !quoted;
            } else if (!quoted && it == '\n') {
                if (i > 0 && text.charAt(i - 1) == '\r') {
                    windows = true;
                } else {
                    unix = true;
                }
            } else if (!quoted
                    && it == '\r'
                    && i + 1 < text.length()
                    && text.charAt(i + 1) != '\n') {
                mac = true;
            }
        }
        return (unix ? 1 : 0) + (windows ? 1 : 0) + (mac ? 1 : 0);
    }

    /// The one that stands most often in the first line; lines after it decide between equals.
    private static char separator(String text) {
        var lines = firstLines(text);
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            var counts = lines.stream().mapToLong(line -> countOf(line, candidate)).toArray();
            if (counts.length == 0 || counts[0] == 0) {
                continue;
            }
            long score = counts[0] * 100;
            for (long count : counts) {
                score += count == counts[0] ? 100 : 0;
            }
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    private static List<String> firstLines(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length() && lines.size() < 10; i++) {
            char it = text.charAt(i);
            if (it == '"') {
                quoted = !quoted;
            } else if (!quoted && (it == '\n' || it == '\r')) {
                if (!line.isEmpty()) {
                    lines.add(line.toString());
                }
                line.setLength(0);
            } else if (!quoted) {
                line.append(it);
            }
        }
        if (lines.size() < 10 && !line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static long countOf(String line, char character) {
        return line.chars().filter(it -> it == character).count();
    }
}
