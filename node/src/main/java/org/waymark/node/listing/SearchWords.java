// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.search.Meanings;

/// Words that mean the same in a search: those that come with the program, in the files
/// `listing/meanings/<language>.txt`, and those that staff of this node add.
public final class SearchWords {

    /// The languages we have words of; texts are written in more than the pages are.
    private static final List<String> SHIPPED = List.of("en", "ar", "fr", "es", "uk", "fa");

    /// As many as a person can look through.
    private static final int MOST_LINES = 500;

    private static final int FEWEST_WORDS = 2;
    private static final int LONGEST = 1_000;

    /// Words that staff put beside each other.
    ///
    /// @param language BCP 47 tag; empty for words that are understood in all
    public record Line(UUID id, String language, List<String> words) {

        public Line {
            words = List.copyOf(words);
        }
    }

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final List<Runnable> observers = new CopyOnWriteArrayList<>();
    private volatile Meanings meanings;

    public SearchWords(Database database, Access access, Audit audit, Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.ids = ids;
        this.meanings = read();
    }

    /// The words of the program alone.
    static Meanings shipped() {
        return Meanings.of(shippedLines());
    }

    static List<Meanings.Line> shippedLines() {
        return SHIPPED.stream().flatMap(language -> lines(language).stream()).toList();
    }

    private static List<Meanings.Line> lines(String language) {
        var file = SearchWords.class.getResourceAsStream("/listing/meanings/" + language + ".txt");
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && line.contains("="))
                    .map(line -> line.split("=", 2))
                    .map(parts -> new Meanings.Line(parts[0].strip(), language, words(parts[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What words mean now.
    Meanings meanings() {
        return meanings;
    }

    /// Tells when words mean something else.
    void whenChanged(Runnable observer) {
        observers.add(observer);
    }

    /// What a meaning is about. Its key begins with a topic.
    static Optional<Topic> topic(String meaning) {
        return Topic.ofSlug(meaning.split("/", 2)[0]);
    }

    /// The staff's lines, by language and first word.
    public List<Line> list(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(SearchWordTable::list);
    }

    /// What the program's own meanings are called: for each key, the first word of a language.
    public Map<String, Map<String, String>> names(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        var names = new HashMap<String, Map<String, String>>();
        for (var line : shippedLines()) {
            line.words().stream()
                    .findFirst()
                    .ifPresent(
                            word ->
                                    names.computeIfAbsent(line.key(), _ -> new HashMap<>())
                                            .put(line.language(), word));
        }
        return names;
    }

    /// Puts words beside each other for all of this node.
    ///
    /// @param words with commas between them
    /// @return false when they are fewer than two, too long, or too many lines are there already
    public boolean add(Acting acting, String language, String words) {
        access.require(acting, Right.EDIT_LISTINGS);
        var line = new Line(ids.get(), language, words(words));
        if (line.words().size() < FEWEST_WORDS || words.length() > LONGEST) {
            return false;
        }
        var added =
                database.write(
                        tx -> {
                            if (SearchWordTable.list(tx).size() >= MOST_LINES) {
                                return false;
                            }
                            SearchWordTable.add(tx, line);
                            audit.record(tx, acting, "search-words-add", line.id().toString());
                            return true;
                        });
        changed();
        return added;
    }

    /// Forgets a line; doing it twice changes nothing.
    public void remove(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    if (SearchWordTable.remove(tx, id)) {
                        audit.record(tx, acting, "search-words-remove", id.toString());
                    }
                });
        changed();
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.split("[,،;؛\\n]"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private void changed() {
        meanings = read();
        observers.forEach(Runnable::run);
    }

    private Meanings read() {
        var added =
                database.read(SearchWordTable::list).stream()
                        .map(
                                line ->
                                        new Meanings.Line(
                                                "staff/" + line.id(),
                                                line.language(),
                                                line.words()))
                        .toList();
        return Meanings.of(Meanings.joined(shippedLines(), added));
    }

    /// The taxonomy words among meanings: those that come with the program, whatever staff or
    /// visitors wrote.
    static Set<String> taxonomy(Set<String> meanings) {
        return meanings.stream()
                .filter(key -> topic(key).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }
}
