// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What may be shown less widely than before, in a file of the key folder that only grows. It
/// outlives restores, so that nothing which was called back comes back.
///
/// Ids and words only; what the words mean is the owner's. Safe for several threads.
public final class LimitLedger {

    /// @param change the number of the change that brought it
    /// @param limit in one line
    public record Entry(long change, UUID id, String limit) {

        private String line() {
            return change + " " + id + " " + limit + "\n";
        }

        private static Optional<Entry> parse(String line) {
            var words = line.split(" ", 3);
            try {
                return Optional.of(
                        new Entry(Long.parseLong(words[0]), UUID.fromString(words[1]), words[2]));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                // Half a line: the power went before its change was committed.
                return Optional.empty();
            }
        }
    }

    private static final String FILE = "limit-ledger";

    private final KeyFolder folder;
    private final Map<UUID, Entry> last = new ConcurrentHashMap<>();

    public LimitLedger(KeyFolder folder) {
        this.folder = folder;
        var text =
                folder.read(FILE)
                        .map(content -> new String(content, StandardCharsets.UTF_8))
                        .orElse("");
        text.lines().flatMap(line -> Entry.parse(line).stream()).forEach(this::remember);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            folder.append(FILE, "\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Durable when it returns. Call it before the change is committed: what the ledger knows and
    /// the database does not is done again at the next start.
    public synchronized void add(List<Entry> entries) {
        var lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry.line()));
        folder.append(FILE, lines.toString().getBytes(StandardCharsets.UTF_8));
        entries.forEach(this::remember);
    }

    private void remember(Entry entry) {
        last.put(entry.id(), entry);
    }

    /// The last limit that something was given.
    public Optional<String> find(UUID id) {
        return Optional.ofNullable(last.get(id)).map(Entry::limit);
    }

    /// The last limit of each that was given one after a change, oldest first.
    public List<Entry> listAfter(long change) {
        var found = new ArrayList<>(last.values());
        found.removeIf(entry -> entry.change() <= change);
        found.sort(Comparator.comparingLong(Entry::change).thenComparing(Entry::id));
        return found;
    }
}
