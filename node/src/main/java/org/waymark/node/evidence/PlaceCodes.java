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

    /// By name.
    Map<String, String> read() {
        try {
            var codes = new HashMap<String, String>();
            for (var line : Files.readAllLines(file)) {
                var comma = line.lastIndexOf(',');
                if (comma > 0) {
                    codes.put(line.substring(0, comma).strip(), line.substring(comma + 1).strip());
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
