// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;

/// How often people looked for something and found nothing, by month and by words of our taxonomy.
/// What they typed is not among it, and neither is when: counts are collected in memory and written
/// down together. A crash loses the last few.
public final class UnmetNeeds {

    // So that no single search can be told from the row it changed.
    private static final int WRITTEN_TOGETHER = 20;
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(15);

    /// @param topic slug, or empty
    /// @param word one of the program's own meanings (`dentist`), or empty
    public record Need(YearMonth month, String topic, String word, long searches) {}

    private record Key(YearMonth month, String topic, String word) {}

    private final Database database;
    private final Access access;
    private final Clock clock;
    private final Map<Key, Long> waiting = new HashMap<>();
    private int waitingSearches;
    private Instant written;

    public UnmetNeeds(Database database, Access access, Clock clock) {
        this.database = database;
        this.access = access;
        this.clock = clock;
        this.written = clock.instant();
    }

    /// Somebody found nothing.
    ///
    /// @param topics that they chose, or that their words are about
    /// @param meanings keys of what the words mean; those that staff made up are left out
    synchronized void count(Set<Topic> topics, Set<String> meanings) {
        var month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        var words = SearchWords.taxonomy(meanings);
        words.forEach(
                key -> {
                    var parts = key.split("/", 2);
                    waiting.merge(new Key(month, parts[0], parts[1]), 1L, Long::sum);
                });
        topics.stream()
                .filter(topic -> words.stream().noneMatch(it -> it.startsWith(topic.slug() + "/")))
                .forEach(topic -> waiting.merge(new Key(month, topic.slug(), ""), 1L, Long::sum));
        if (topics.isEmpty() && words.isEmpty()) {
            waiting.merge(new Key(month, "", ""), 1L, Long::sum);
        }
        waitingSearches++;
        var now = clock.instant();
        if (waitingSearches >= WRITTEN_TOGETHER || written.plus(AT_LEAST_EVERY).isBefore(now)) {
            write();
        }
    }

    /// The counts, the newest month first and in it the most wanted.
    public List<Need> list(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        write();
        return database.read(UnmetNeedTable::list);
    }

    /// Writes down what is still in memory.
    public synchronized void write() {
        written = clock.instant();
        if (waiting.isEmpty()) {
            return;
        }
        database.run(
                tx ->
                        waiting.forEach(
                                (key, searches) ->
                                        UnmetNeedTable.add(
                                                tx,
                                                new Need(
                                                        key.month(),
                                                        key.topic(),
                                                        key.word(),
                                                        searches))));
        waiting.clear();
        waitingSearches = 0;
    }
}
