// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.translation.TextFile;
import org.waymark.node.translation.TextFile.State;

/// The texts of the acting organisation's listings, and of what they show, in other languages: how
/// good each is. Phones, addresses and hours have no languages: changing them touches nothing here.
public final class Translations {

    /// What has texts in several languages.
    public enum Of {
        LISTINGS(Aggregate.Type.SERVICE),
        ORGANIZATIONS(Aggregate.Type.ORGANIZATION),
        PLACES(Aggregate.Type.LOCATION),
        TERMS(Aggregate.Type.TERM);

        private final Aggregate.Type type;

        Of(Aggregate.Type type) {
            this.type = type;
        }
    }

    /// How many texts of one are in which state.
    public record Counts(Map<State, Integer> byState) {
        public int of(State state) {
            return byState.getOrDefault(state, 0);
        }

        public int all() {
            return byState.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /// @param from the language it is written in
    /// @param byLanguage every language asked for but its own
    public record Row(UUID id, String name, String from, Map<String, Counts> byLanguage) {}

    /// One text beside its translation.
    ///
    /// @param changed paragraphs of the original that say something else than when it was
    ///   translated
    /// @param mark of the translation as it is now, to be sent back with a new one
    public record Section(
            String member,
            String original,
            String translation,
            State state,
            boolean byMachine,
            List<String> changed,
            String mark) {}

    /// @param of what it is
    public record Sheet(
            UUID id, Of of, String name, String from, String to, List<Section> sections) {}

    private static final int AT_ONCE = 100;
    // 3,000: some hundred listings, as much as somebody translates in weeks.
    private static final int MOST_UNITS = 3_000;

    private final Database database;
    private final org.waymark.node.account.Access access;

    public Translations(Database database, org.waymark.node.account.Access access) {
        this.database = database;
        this.access = access;
    }

    /// All of a kind by name, of listings the open ones, with how far each language has come. One
    /// after the other: those of a large directory have no room in memory together.
    public void each(Acting acting, Of of, List<String> languages, Consumer<Row> then) {
        access.require(acting, Right.SEE_LISTINGS);
        walk(acting, of, (it, base, noted) -> then.accept(row(it, base, languages, noted)));
    }

    private static Row row(
            Aggregate one,
            String from,
            List<String> languages,
            Map<TranslationTable.Key, TranslationTable.Translated> noted) {
        var counts = new LinkedHashMap<String, Counts>();
        for (var language : languages) {
            if (language.equals(from)) {
                continue;
            }
            var byState = new EnumMap<State, Integer>(State.class);
            for (var section : TranslationSections.list(one, language, noted)) {
                byState.merge(section.state(), 1, Integer::sum);
            }
            counts.put(language, new Counts(byState));
        }
        return new Row(one.id(), one.json().path("name").asText(), from, counts);
    }

    /// One beside its translation.
    public Optional<Sheet> open(Acting acting, UUID id, String language) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        TranslationSections.own(tx, acting, id)
                                .filter(it -> maySee(acting, it))
                                .filter(it -> !TranslationSections.base(tx, it).equals(language))
                                .map(it -> sheet(tx, it, language)));
    }

    private static Sheet sheet(Transaction tx, Aggregate one, String language) {
        return new Sheet(
                one.id(),
                TranslationSections.of(one).orElseThrow(),
                one.json().path("name").asText(),
                TranslationSections.base(tx, one),
                language,
                TranslationSections.list(one, language, TranslationTable.find(tx, one.id())));
    }

    private boolean maySee(Acting acting, Aggregate one) {
        return one.type() != Aggregate.Type.LOCATION || access.may(acting, Right.EDIT_LISTINGS);
    }

    /// What a translator needs: the texts written in one language. Of more than fit into a file
    /// those of listings that need work come first; take it back, and the next are in the next one.
    public TextFile export(Acting acting, String from, String to) {
        access.require(acting, Right.SEE_LISTINGS);
        var open = new ArrayList<TextFile.Unit>();
        var done = new ArrayList<TextFile.Unit>();
        for (var of : Of.values()) {
            walk(
                    acting,
                    of,
                    (one, base, noted) -> {
                        if (open.size() >= MOST_UNITS || !base.equals(from)) {
                            return;
                        }
                        var units = units(one, TranslationSections.list(one, to, noted));
                        if (units.stream().anyMatch(it -> it.state() != State.REVIEWED)) {
                            open.addAll(units);
                        } else if (done.size() < MOST_UNITS) {
                            done.addAll(units);
                        }
                    });
        }
        var units = new ArrayList<>(open);
        units.addAll(done.subList(0, Math.clamp(MOST_UNITS - open.size(), 0, done.size())));
        return new TextFile(from, to, units);
    }

    private static List<TextFile.Unit> units(Aggregate one, List<Section> sections) {
        var name = one.json().path("name").asText();
        return sections.stream()
                .map(
                        it ->
                                new TextFile.Unit(
                                        one.id() + "." + it.member(),
                                        name + ": " + it.member(),
                                        it.original(),
                                        it.translation(),
                                        it.state(),
                                        it.mark()))
                .toList();
    }

    private interface Visitor {
        void visit(
                Aggregate one,
                String base,
                Map<TranslationTable.Key, TranslationTable.Translated> noted);
    }

    private void walk(Acting acting, Of of, Visitor visitor) {
        var ids =
                database.read(
                        tx ->
                                of == Of.LISTINGS
                                        ? AggregateTable.idsOfOpenServices(
                                                tx, acting.organization())
                                        : AggregateTable.idsOf(tx, acting.organization(), of.type));
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            var some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            database.read(
                    tx -> {
                        var all = AggregateTable.listByIds(tx, some);
                        some.stream()
                                .flatMap(id -> Optional.ofNullable(all.get(id)).stream())
                                .filter(it -> mayTranslate(tx, acting, it))
                                .forEach(
                                        it ->
                                                visitor.visit(
                                                        it,
                                                        TranslationSections.base(tx, it),
                                                        TranslationTable.find(tx, it.id())));
                        return some.size();
                    });
        }
    }

    private boolean mayTranslate(Transaction tx, Acting acting, Aggregate one) {
        return maySee(acting, one)
                && (one.type() != Aggregate.Type.LOCATION || TranslationSections.isShown(tx, one))
                && !one.json().path("name").asText().isBlank();
    }
}
