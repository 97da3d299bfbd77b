// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.waymark.node.privacy.CaseKeys.Part;

/// What was erased and when, in a file of the key folder that only grows. It outlives restores, so
/// nothing erased comes back.
final class ErasureLedger {

    record Entry(Instant at, CaseId caseId, Part part) {

        // Begins with the line break, so that half a line before it stays alone.
        private String line() {
            return "\n" + at + " " + caseId + " " + part + END;
        }
    }

    private record Erased(CaseId caseId, Part part) {}

    private static final String FILE = "erasure-ledger";
    // A line without it is half a line, unless it was written before there was this mark.
    private static final String END = " .";
    // At the end of the line: older nodes wrote a whole line right behind half a line.
    private static final Pattern ENTRY =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z) ([0-9a-f-]{36}) (CONTACT|CASE)$");

    private final KeyFolder folder;
    private final Set<Erased> erased = new HashSet<>();

    /// @throws IllegalStateException when a whole line cannot be read
    ErasureLedger(KeyFolder folder) {
        this.folder = folder;
        list().forEach(entry -> erased.add(new Erased(entry.caseId(), entry.part())));
    }

    synchronized void add(Entry entry) {
        folder.append(FILE, entry.line().getBytes(StandardCharsets.UTF_8));
        erased.add(new Erased(entry.caseId(), entry.part()));
    }

    synchronized boolean names(CaseId caseId, Part part) {
        return erased.contains(new Erased(caseId, part));
    }

    List<Entry> list() {
        var entries = new ArrayList<Entry>();
        folder.readLines(FILE, line -> parse(line).ifPresent(entries::add));
        return entries;
    }

    /// Empty for half a line.
    private static Optional<Entry> parse(String line) {
        var isWhole = line.endsWith(END);
        var words = isWhole ? line.substring(0, line.length() - END.length()) : line;
        var found = ENTRY.matcher(words);
        if (found.find()) {
            return Optional.of(
                    new Entry(
                            Instant.parse(found.group(1)),
                            new CaseId(UUID.fromString(found.group(2))),
                            Part.valueOf(found.group(3))));
        }
        if (isWhole) {
            throw new IllegalStateException(
                    "keys.directory: " + FILE + " has a line that cannot be read: " + line);
        }
        return Optional.empty();
    }
}
