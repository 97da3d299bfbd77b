// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.translation.MachineTranslator;
import org.waymark.node.translation.Mask;
import org.waymark.node.translation.SourceChange;
import org.waymark.node.translation.TextFile;
import org.waymark.node.translation.TextFile.State;

/// The texts of the acting organisation's listings in other languages: how good each is, and every
/// way in which one gets better. Phones, places and hours have no languages: changing them touches
/// nothing here.
public final class Translations {

    /// How many texts of a listing are in which state.
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
    public record Row(ListingId id, String name, String from, Map<String, Counts> byLanguage) {}

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

    public record Sheet(
            ListingId id, String name, String from, String to, List<Section> sections) {}

    /// A translation that somebody wrote.
    ///
    /// @param mark of the translation they saw
    /// @param checked they say that it is right as it stands
    public record Written(String text, String mark, boolean checked) {}

    /// What came of a form or a file.
    ///
    /// @param taken how many texts are new or checked now
    /// @param conflicts where somebody else wrote meanwhile; nothing of theirs was lost
    /// @param unknown texts of listings that are not there
    /// @param changed texts whose original has changed since: taken, and out of date already
    /// @param machine what a machine wrote, and a person's text stands there
    public record Taken(
            int taken,
            List<String> conflicts,
            List<String> unknown,
            List<String> changed,
            List<String> machine) {}

    /// What came of asking a machine.
    public sealed interface Machined {
        /// @param texts how many it wrote
        /// @param lost texts that came back without a name or a number, and were not kept
        record Done(int texts, int lost) implements Machined {}

        /// Everything that could be translated has been, by people.
        record NothingToDo() implements Machined {}

        record Failed(String code) implements Machined {}
    }

    private static final int AT_ONCE = 100;
    // 20,000: twice the longest description met in real directories.
    private static final int LONGEST = 20_000;
    // 3,000: some hundred listings, as much as somebody translates in weeks.
    private static final int MOST_UNITS = 3_000;

    private final Database database;
    private final Listings listings;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final MachineTranslator machine;
    private final List<String> keep;
    private final Clock clock;

    /// @param keep spans that no machine translates, beside the names it finds itself
    public Translations(
            Database database,
            Listings listings,
            org.waymark.node.account.Access access,
            Audit audit,
            MachineTranslator machine,
            List<String> keep,
            Clock clock) {
        this.database = database;
        this.listings = listings;
        this.access = access;
        this.audit = audit;
        this.machine = machine;
        this.keep = List.copyOf(keep);
        this.clock = clock;
    }

    /// All open listings by name, with how far each language has come. One after the other: those
    /// of a large directory have no room in memory together.
    public void each(Acting acting, List<String> languages, Consumer<Row> then) {
        access.require(acting, Right.SEE_LISTINGS);
        services(acting, (service, noted) -> then.accept(row(service, languages, noted)));
    }

    private static Row row(
            Aggregate service,
            List<String> languages,
            Map<TranslationTable.Key, TranslationTable.Translated> noted) {
        var from = base(service.json());
        var counts = new LinkedHashMap<String, Counts>();
        for (var language : languages) {
            if (language.equals(from)) {
                continue;
            }
            var byState = new EnumMap<State, Integer>(State.class);
            for (var section : sections(service.json(), language, noted)) {
                byState.merge(section.state(), 1, Integer::sum);
            }
            counts.put(language, new Counts(byState));
        }
        return new Row(
                new ListingId(service.id()), service.json().path("name").asText(), from, counts);
    }

    /// One listing beside its translation.
    public Optional<Sheet> open(Acting acting, ListingId id, String language) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        own(tx, acting, id.value())
                                .filter(service -> !base(service.json()).equals(language))
                                .map(
                                        service ->
                                                new Sheet(
                                                        id,
                                                        service.json().path("name").asText(),
                                                        base(service.json()),
                                                        language,
                                                        sections(
                                                                service.json(),
                                                                language,
                                                                TranslationTable.find(
                                                                        tx, id.value())))));
    }

    /// Takes what somebody wrote into the form, by member.
    public Taken save(Acting acting, ListingId id, String language, Map<String, Written> written) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    var taking = new Taking(tx, language);
                    own(tx, acting, id.value())
                            .filter(service -> !base(service.json()).equals(language))
                            .ifPresent(service -> taking.form(service, written));
                    taking.store(acting, "translation-write");
                    return taking.report();
                });
    }

    /// Says that the last change of the original was too small to matter, in every language.
    public void keepAll(Acting acting, ListingId id) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    var service = own(tx, acting, id.value());
                    if (service.isEmpty()) {
                        return;
                    }
                    for (var row : TranslationTable.find(tx, id.value()).values()) {
                        TranslationTable.put(
                                tx,
                                new TranslationTable.Translated(
                                        row.id(),
                                        row.language(),
                                        row.member(),
                                        Document.text(service.get().json(), row.member())
                                                .orElse(""),
                                        row.mark(),
                                        row.byMachine()),
                                clock.instant());
                    }
                    audit.record(tx, acting, "translation-keep", id.toString());
                });
    }

    /// What a translator needs: the texts written in one language. Of more than fit into a file
    /// those of listings that need work come first; take it back, and the next are in the next one.
    public TextFile export(Acting acting, String from, String to) {
        access.require(acting, Right.SEE_LISTINGS);
        var open = new ArrayList<TextFile.Unit>();
        var done = new ArrayList<TextFile.Unit>();
        services(
                acting,
                (service, noted) -> {
                    if (open.size() >= MOST_UNITS || !base(service.json()).equals(from)) {
                        return;
                    }
                    var units = units(service, sections(service.json(), to, noted));
                    if (units.stream().anyMatch(it -> it.state() != State.REVIEWED)) {
                        open.addAll(units);
                    } else if (done.size() < MOST_UNITS) {
                        done.addAll(units);
                    }
                });
        var units = new ArrayList<>(open);
        units.addAll(done.subList(0, Math.clamp(MOST_UNITS - open.size(), 0, done.size())));
        return new TextFile(from, to, units);
    }

    private static List<TextFile.Unit> units(Aggregate service, List<Section> sections) {
        var name = service.json().path("name").asText();
        return sections.stream()
                .map(
                        it ->
                                new TextFile.Unit(
                                        service.id() + "." + it.member(),
                                        name + ": " + it.member(),
                                        it.original(),
                                        it.translation(),
                                        it.state(),
                                        it.mark()))
                .toList();
    }

    /// Takes a file back from a translator. What nobody touched changes nothing, so a file can be
    /// taken twice.
    public Taken take(Acting acting, TextFile file) {
        access.require(acting, Right.EDIT_LISTINGS);
        var byListing = new LinkedHashMap<UUID, List<TextFile.Unit>>();
        var strange = new ArrayList<String>();
        for (var unit : file.units()) {
            var dot = unit.id().indexOf('.');
            var id = Document.uuid(dot < 0 ? "" : unit.id().substring(0, dot));
            if (id.isEmpty()) {
                strange.add(unit.id());
            } else {
                byListing.computeIfAbsent(id.get(), _ -> new ArrayList<>()).add(unit);
            }
        }
        var taken = new Taken(0, List.of(), strange, List.of(), List.of());
        for (var entry : byListing.entrySet()) {
            taken = sum(taken, take(acting, file.to(), entry.getKey(), entry.getValue()));
        }
        return taken;
    }

    private Taken take(Acting acting, String language, UUID id, List<TextFile.Unit> units) {
        return database.write(
                tx -> {
                    var taking = new Taking(tx, language);
                    var service = own(tx, acting, id);
                    // In its own language it would stand over the original.
                    if (service.filter(it -> !base(it.json()).equals(language)).isEmpty()) {
                        units.forEach(unit -> taking.unknown.add(unit.id()));
                    } else {
                        taking.file(service.get(), units);
                    }
                    taking.store(acting, "translation-import");
                    return taking.report();
                });
    }

    private static Taken sum(Taken one, Taken other) {
        return new Taken(
                one.taken() + other.taken(),
                joined(one.conflicts(), other.conflicts()),
                joined(one.unknown(), other.unknown()),
                joined(one.changed(), other.changed()),
                joined(one.machine(), other.machine()));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    /// Whether a machine may be asked at all.
    public boolean hasMachine() {
        return machine.isOn();
    }

    /// Lets a machine write what is missing and what is out of date. What a person has written or
    /// checked is left alone as long as it is current.
    public Machined translate(Acting acting, ListingId id, String language) {
        access.require(acting, Right.EDIT_LISTINGS);
        if (listings.find(acting, id)
                .filter(listing -> Exposure.allows(Way.OUTBOX, listing))
                .isEmpty()) {
            // The service would read what not everybody may.
            return new Machined.Failed("not-for-everybody");
        }
        var sheet = open(acting, id, language);
        var wanted =
                sheet.map(Sheet::sections).orElse(List.of()).stream()
                        .filter(it -> it.state() != State.REVIEWED)
                        .filter(it -> it.state() != State.MACHINE)
                        .toList();
        if (sheet.isEmpty() || wanted.isEmpty()) {
            return new Machined.NothingToDo();
        }
        var mask = new Mask(kept(acting, id));
        var masked = wanted.stream().map(it -> mask.mask(it.original())).toList();
        // Outside of any transaction: it takes seconds.
        var answer =
                machine.translate(
                        masked.stream().map(Mask.Masked::text).toList(),
                        sheet.get().from(),
                        language);
        return switch (answer) {
            case MachineTranslator.Answer.Failed(var code) -> new Machined.Failed(code);
            case MachineTranslator.Answer.Done(var texts) -> {
                var back = new HashMap<String, String>();
                for (int i = 0; i < wanted.size(); i++) {
                    var member = wanted.get(i).member();
                    masked.get(i).unmask(texts.get(i)).ifPresent(it -> back.put(member, it));
                }
                yield keepMachined(acting, sheet.get(), wanted, back);
            }
        };
    }

    private Machined keepMachined(
            Acting acting, Sheet seen, List<Section> wanted, Map<String, String> back) {
        return database.write(
                tx -> {
                    var taking = new Taking(tx, seen.to());
                    own(tx, acting, seen.id().value())
                            .ifPresent(service -> taking.machine(service, wanted, back));
                    taking.store(acting, "translation-machine");
                    return new Machined.Done(taking.count, wanted.size() - back.size());
                });
    }

    /// The names that stand in the listing.
    private List<String> kept(Acting acting, ListingId id) {
        var names = new ArrayList<>(keep);
        listings.find(acting, id)
                .ifPresent(
                        listing -> {
                            names.add(listing.provider().name());
                            listing.spots()
                                    .forEach(
                                            spot -> {
                                                names.add(spot.name());
                                                names.add(spot.city());
                                                names.addAll(spot.street());
                                            });
                        });
        return names;
    }

    private void services(
            Acting acting,
            BiConsumer<Aggregate, Map<TranslationTable.Key, TranslationTable.Translated>> then) {
        var ids = database.read(tx -> AggregateTable.idsOfOpenServices(tx, acting.organization()));
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            var some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            database.read(
                    tx -> {
                        var services = AggregateTable.listByIds(tx, some);
                        some.stream()
                                .flatMap(id -> Optional.ofNullable(services.get(id)).stream())
                                .forEach(it -> then.accept(it, TranslationTable.find(tx, it.id())));
                        return some.size();
                    });
        }
    }

    private static Optional<Aggregate> own(Transaction tx, Acting acting, UUID id) {
        return AggregateTable.find(tx, id)
                .filter(it -> it.type() == Aggregate.Type.SERVICE)
                .filter(it -> it.publisher().equals(acting.organization()));
    }

    private static String base(ObjectNode json) {
        return Document.text(json, "base_language").orElse("en");
    }

    private static List<Section> sections(
            ObjectNode json,
            String language,
            Map<TranslationTable.Key, TranslationTable.Translated> noted) {
        var sections = new ArrayList<Section>();
        for (var member : TranslatedDocument.OF_SERVICES) {
            var original = Document.text(json, member).orElse("");
            if (original.isEmpty()) {
                continue;
            }
            var translation = TranslatedDocument.read(json, language, member);
            var row = Optional.ofNullable(noted.get(new TranslationTable.Key(language, member)));
            var state = TranslationState.of(original, translation, row);
            sections.add(
                    new Section(
                            member,
                            original,
                            translation,
                            state,
                            Profile.isByMachine(json.path("translations").path(language), member),
                            state == State.STALE
                                    ? SourceChange.paragraphs(
                                            row.orElseThrow().original(), original)
                                    : List.of(),
                            TranslationTable.mark(translation)));
        }
        return sections;
    }

    /// As imports do: whoever wrote it, it leaves by every way out.
    private static String clean(String member, String text) {
        var plain = PlainText.of(text.replace("\r\n", "\n"), LONGEST);
        return member.equals("name") || member.equals("alternate_name")
                ? plain.replaceAll("\\s+", " ")
                : plain;
    }

    /// Texts on their way into one listing, in one transaction.
    private final class Taking {
        private final Transaction tx;
        private final String language;
        private final List<String> conflicts = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final List<String> machines = new ArrayList<>();
        private final List<TranslationTable.Translated> notes = new ArrayList<>();
        private Optional<Aggregate> service = Optional.empty();
        private int count;

        Taking(Transaction tx, String language) {
            this.tx = tx;
            this.language = language;
        }

        private Map<String, Section> now(Aggregate of) {
            service = Optional.of(of);
            var sections = new LinkedHashMap<String, Section>();
            for (var section : sections(of.json(), language, TranslationTable.find(tx, of.id()))) {
                sections.put(section.member(), section);
            }
            return sections;
        }

        void form(Aggregate of, Map<String, Written> written) {
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
                } else {
                    if (SourceChange.isReal(unit.source(), section.original())) {
                        changed.add(unit.id());
                    }
                    put(section, target, unit.source(), byMachine);
                }
            }
        }

        /// Whether the file was made from the translation that is here.
        private static boolean isMark(TextFile.Unit unit, Section section) {
            return unit.mark().equals(section.mark())
                    || unit.mark().isEmpty() && section.state() != State.REVIEWED;
        }

        void machine(Aggregate of, List<Section> wanted, Map<String, String> back) {
            var sections = now(of);
            for (var asked : wanted) {
                var section = sections.get(asked.member());
                if (section != null
                        && back.containsKey(asked.member())
                        && section.state() != State.REVIEWED
                        && section.original().equals(asked.original())) {
                    put(section, back.get(asked.member()), asked.original(), true);
                }
            }
        }

        private void put(Section section, String text, String original, boolean byMachine) {
            var of = service.orElseThrow();
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

        void store(Acting acting, String action) {
            if (count == 0) {
                return;
            }
            var of = List.of(service.orElseThrow());
            var listing = new ListingId(of.getFirst().id());
            var before = Snapshot.find(tx, listing);
            listings.directory().store(tx, of);
            notes.forEach(note -> TranslationTable.put(tx, note, clock.instant()));
            // New words may give new reasons for caution.
            listings.directory().publish(tx, of, Directory::asBefore);
            audit.record(tx, acting, action, listing.toString());
            listings.remembering().remember(tx, acting, listing, action, Optional.empty(), before);
        }

        Taken report() {
            return new Taken(count, conflicts, unknown, changed, machines);
        }
    }
}
