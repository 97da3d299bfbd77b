// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Translations.Section;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.translation.SourceChange;
import org.waymark.node.translation.TextFile;
import org.waymark.node.translation.TextFile.State;

/// Texts on their way into one object, in one transaction.
final class TranslationTaking {

    // 20,000: twice the longest description met in real directories.
    private static final int LONGEST = 20_000;

    private final Transaction tx;
    private final String language;
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> machines = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();
    private final List<TranslationTable.Translated> notes = new ArrayList<>();
    private Optional<Aggregate> taker = Optional.empty();
    private int count;

    TranslationTaking(Transaction tx, String language) {
        this.tx = tx;
        this.language = language;
    }

    private Map<String, Section> now(Aggregate of) {
        taker = Optional.of(of);
        var sections = new LinkedHashMap<String, Section>();
        for (var section :
                TranslationSections.list(of, language, TranslationTable.find(tx, of.id()))) {
            sections.put(section.member(), section);
        }
        return sections;
    }

    void form(Aggregate of, Map<String, TranslationEdits.Written> written) {
        var sections = now(of);
        written.forEach(
                (member, it) -> {
                    var section = sections.get(member);
                    if (section == null) {
                        return;
                    }
                    var text = clean(member, it.text());
                    var isNew = !TranslationTable.mark(text).equals(section.mark());
                    if (isNew && !it.mark().equals(section.mark())) {
                        conflicts.add(member);
                    } else if (isNew && isTelling(of, section, text)) {
                        hidden.add(member);
                    } else if (isNew || it.checked() && !text.isBlank()) {
                        put(section, text, section.original(), false);
                    }
                });
    }

    void file(Aggregate of, List<TextFile.Unit> units) {
        var sections = now(of);
        for (var unit : units) {
            var section = sections.get(unit.id().substring(unit.id().indexOf('.') + 1));
            if (section == null) {
                unknown.add(unit.id());
                continue;
            }
            var target = clean(section.member(), unit.target());
            var isNew = !TranslationTable.mark(target).equals(section.mark());
            var byMachine = unit.state() == State.MACHINE;
            var checks =
                    unit.state() == State.REVIEWED
                            && section.state() != State.REVIEWED
                            && !SourceChange.isReal(unit.source(), section.original());
            if (target.isBlank() || !isNew && !checks) {
                continue;
            }
            if (isNew && !isMark(unit, section)) {
                conflicts.add(unit.id());
            } else if (byMachine && section.state() == State.REVIEWED) {
                machines.add(unit.id());
            } else if (isNew && isTelling(of, section, target)) {
                hidden.add(unit.id());
            } else {
                if (SourceChange.isReal(unit.source(), section.original())) {
                    changed.add(unit.id());
                }
                put(section, target, unit.source(), byMachine);
            }
        }
    }

    /// Nothing here takes these.
    void strange(List<TextFile.Unit> units) {
        units.forEach(unit -> unknown.add(unit.id()));
    }

    /// Whether the file was made from the translation that is here.
    private static boolean isMark(TextFile.Unit unit, Section section) {
        return unit.mark().equals(section.mark())
                || unit.mark().isEmpty() && section.state() != State.REVIEWED;
    }

    /// @param wanted the sections that the machine was asked for
    /// @param back what it said, by member
    void machine(Aggregate of, List<Section> wanted, Map<String, String> back) {
        var sections = now(of);
        for (var asked : wanted) {
            var section = sections.get(asked.member());
            var said = Optional.ofNullable(back.get(asked.member()));
            if (section != null
                    && said.isPresent()
                    && section.state() != State.REVIEWED
                    && section.original().equals(asked.original())
                    && !isTelling(of, section, said.get())) {
                put(section, said.get(), asked.original(), true);
            }
        }
    }

    /// Whether it names a hidden house, and the original does not. What is written of a place is
    /// not refused: then no listing there tells it.
    private boolean isTelling(Aggregate of, Section section, String text) {
        return of.type() != Aggregate.Type.LOCATION
                && HiddenHouses.areNaming(tx, of.publisher(), List.of(text))
                && !HiddenHouses.areNaming(tx, of.publisher(), List.of(section.original()));
    }

    private void put(Section section, String text, String original, boolean byMachine) {
        var of = taker.orElseThrow();
        TranslatedDocument.write(of.json(), language, section.member(), text, byMachine);
        notes.add(
                new TranslationTable.Translated(
                        of.id(),
                        language,
                        section.member(),
                        original,
                        TranslationTable.mark(text),
                        byMachine));
        count++;
    }

    /// As imports do: whoever wrote it, it leaves by every way out.
    private static String clean(String member, String text) {
        var plain = PlainText.of(text.replace("\r\n", "\n"), LONGEST);
        return member.equals("name") || member.equals("alternate_name")
                ? plain.replaceAll("\\s+", " ")
                : plain;
    }

    void store(Acting acting, String action, Listings listings, Audit audit, Instant now) {
        if (count == 0) {
            return;
        }
        var of = taker.orElseThrow();
        var stored = AggregateTable.find(tx, of.id()).orElse(of);
        var before = Snapshot.find(tx, new ListingId(of.id()));
        var bound =
                of.type() == Aggregate.Type.LOCATION
                        ? new Bound(
                                Map.of(
                                        of.id(),
                                        HiddenHouses.limit(
                                                tx, of.publisher(), Optional.empty(), of.json())),
                                acting.account())
                        : Bound.none(acting.account());
        listings.directory().store(tx, List.of(of));
        notes.forEach(note -> TranslationTable.put(tx, note, now));
        audit.record(tx, acting, action, of.id().toString());
        if (of.type() == Aggregate.Type.SERVICE) {
            // New words may give new reasons for caution.
            listings.directory().publish(tx, List.of(of), Directory::asBefore);
            listings.remembering()
                    .remember(tx, acting, new ListingId(of.id()), action, Optional.empty(), before);
        } else {
            listings.directory().rebuildUsersOf(tx, List.of(of.id()), Set.of(), bound);
            listings.remembering().rememberPart(tx, acting, stored, action);
        }
    }

    int count() {
        return count;
    }

    TranslationEdits.Taken report() {
        return new TranslationEdits.Taken(count, conflicts, unknown, changed, machines, hidden);
    }
}
