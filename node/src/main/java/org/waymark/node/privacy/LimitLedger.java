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

/// What may be shown less widely than before, in a file of the key folder. It outlives restores, so
/// that nothing which was called back comes back.
///
/// Ids and words only; what the words mean is the owner's. Safe for several threads.
public final class LimitLedger {

    /// @param number always growing, and never given twice, whatever copy of the data runs
    /// @param limit in one line
    public record Entry(long number, UUID id, String limit) {

        // Begins with the line break, so that half a line before it stays alone.
        private String line() {
            return "\n" + number + " " + id + " " + limit + END;
        }

        private static Entry parse(String line) {
            var words = line.substring(0, line.length() - END.length()).split(" ", 3);
            try {
                return new Entry(Long.parseLong(words[0]), UUID.fromString(words[1]), words[2]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalStateException(
                        "keys.directory: " + FILE + " has a line that cannot be read: " + line, e);
            }
        }
    }

    private static final String FILE = "limit-ledger";
    // A line without it is half a line: the power or the disk went before its change was committed.
    private static final String END = " .";
    private static final int LINES_TOO_MANY = 1000;

    private final KeyFolder folder;
    private final Map<UUID, Entry> last = new ConcurrentHashMap<>();
    private long number;
    private long lines;

    /// @throws IllegalStateException when a whole line cannot be read
    public LimitLedger(KeyFolder folder) {
        this.folder = folder;
        folder.readLines(
                FILE,
                line -> {
                    lines++;
                    if (line.endsWith(END)) {
                        remember(Entry.parse(line));
                    }
                });
        if (lines > LINES_TOO_MANY + 2L * last.size()) {
            // Only the last limit of each is ever asked for; the last number is one of theirs.
            folder.write(FILE, bytes(listAfter(0)));
        }
    }

    /// Durable when it returns. Call it before the change is committed: what the ledger knows and
    /// the database does not is done again at the next start.
    ///
    /// @param known the last number that the database knows
    /// @return the last number now
    public synchronized long add(long known, Map<UUID, String> limits) {
        number = Math.max(number, known);
        var entries = new ArrayList<Entry>();
        limits.forEach((id, limit) -> entries.add(new Entry(++number, id, limit)));
        folder.append(FILE, bytes(entries));
        entries.forEach(this::remember);
        return number;
    }

    private static byte[] bytes(List<Entry> entries) {
        var text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.line()));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void remember(Entry entry) {
        last.put(entry.id(), entry);
        number = Math.max(number, entry.number());
    }

    /// The last number that was given; 0 before the first.
    public synchronized long lastNumber() {
        return number;
    }

    /// The last limit that something was given.
    public Optional<String> find(UUID id) {
        return Optional.ofNullable(last.get(id)).map(Entry::limit);
    }

    /// The last limit of each that was given one after a number, oldest first.
    public List<Entry> listAfter(long after) {
        var found = new ArrayList<>(last.values());
        found.removeIf(entry -> entry.number() <= after);
        found.sort(Comparator.comparingLong(Entry::number));
        return found;
    }
}
