// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.privacy.CaseKeys.Part;

/// What was erased and when, in a file of the key folder that only grows. It outlives restores, so
/// nothing erased comes back.
final class ErasureLedger {

    record Entry(Instant at, CaseId caseId, Part part) {

        private String line() {
            return at + " " + caseId + " " + part + "\n";
        }

        private static Entry parse(String line) {
            var words = line.split(" ", 3);
            return new Entry(
                    Instant.parse(words[0]),
                    new CaseId(UUID.fromString(words[1])),
                    Part.valueOf(words[2]));
        }
    }

    private record Erased(CaseId caseId, Part part) {}

    private static final String FILE = "erasure-ledger";

    private final KeyFolder folder;
    private final Set<Erased> erased = new HashSet<>();

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
        return folder.read(FILE)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .map(text -> text.lines().map(Entry::parse).toList())
                .orElse(List.of());
    }
}
