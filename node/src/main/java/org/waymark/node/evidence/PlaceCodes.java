// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The codes of regions (p-codes) that donors' reports ask for, from `DATA/places/codes.csv`:
/// `name,code` to a line, as a country's list of places has them. Without the file reports have
/// none.
public final class PlaceCodes {

    private final Path file;

    public PlaceCodes(Path file) {
        this.file = file;
    }

    /// Without the mark that says UTF-8, and without the quotes of a name with a comma in it.
    private static String cell(String text) {
        var plain = text.replace("\uFEFF", "").strip();
        return plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")
                ? plain.substring(1, plain.length() - 1).replace("\"\"", "\"")
                : plain;
    }

    /// By name.
    Map<String, String> read() {
        try {
            var codes = new HashMap<String, String>();
            for (var line : Files.readAllLines(file)) {
                var comma = line.lastIndexOf(',');
                if (comma > 0) {
                    codes.put(cell(line.substring(0, comma)), cell(line.substring(comma + 1)));
                }
            }
            return codes;
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
