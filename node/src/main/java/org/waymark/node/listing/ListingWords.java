// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import gg.jte.Content;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Day;
import org.waymark.node.page.Pieces.Fact;
import org.waymark.node.page.Pieces.Span;

/// A listing in the words of one page: every text in the reader's language if there is one, marked
/// with its own if not. The templates arrange what stands here.
public final class ListingWords {

    // Two lines on a phone.
    private static final int SNIPPET = 140;

    private final Page page;
    private final Listing listing;
    private final Instant now;
    private final OpeningHours hours;

    public ListingWords(Page page, Listing listing, Instant now) {
        this.page = page;
        this.listing = listing;
        this.now = now;
        this.hours = new OpeningHours(listing.times(), listing.zone());
    }

    public Listing listing() {
        return listing;
    }

    public String href() {
        return page.href("s/" + listing.id());
    }

    /// Whether it may stand on a hand-out.
    public boolean mayBePrinted() {
        return Exposure.allows(Way.PRINT, listing);
    }

    public String providerHref() {
        return page.href("o/" + listing.provider().id());
    }

    public Content name() {
        return words(listing.name()).orElseGet(() -> page.isolated(listing.provider().name()));
    }

    /// For the title of the window.
    public String title() {
        return reading(listing.name()).map(Text.Reading::text).orElse(listing.provider().name());
    }

    /// For search engines, where it may leave that way.
    public Optional<Content> jsonLd() {
        return Exposure.allows(Way.JSON_LD, listing)
                ? Optional.of(
                        output ->
                                output.writeContent(
                                        "<script type=\"application/ld+json\">"
                                                + JsonLd.of(listing, page.language().tag())
                                                + "</script>"))
                : Optional.empty();
    }

    /// Whether calendars and address books may have it.
    public boolean isForOtherPrograms() {
        return Exposure.allows(Way.FEED, listing);
    }

    /// How to get in: the first line of everything (safety.md 5).
    public Content access() {
        return page.say("listing.access." + key(listing.access()));
    }

    /// What the source says about it in its own words.
    public Optional<Content> howToGetIn() {
        return words(listing.howToGetIn());
    }

    public Optional<Content> description() {
        return words(listing.description());
    }

    /// The beginning of the description, for a card.
    public Optional<Content> snippet() {
        return reading(listing.description())
                .map(found -> page.in(found.language(), shortened(found.text())));
    }

    /// Whether it can be visited or called now.
    public boolean isOpen() {
        return !isPaused()
                && closure().isEmpty()
                && hours.at(now) instanceof OpeningHours.State.OpenUntil;
    }

    public boolean isPaused() {
        return listing.status() == Status.TEMPORARILY_CLOSED || listing.status() == Status.INACTIVE;
    }

    public Content open() {
        if (isPaused()) {
            return page.say("listing.open.paused");
        }
        if (closure().isPresent()) {
            var last = closure().get().to();
            return last.equals(today())
                    ? page.say("listing.open.closed-today")
                    : page.say("listing.open.closed-until", page.date(last));
        }
        return switch (hours.at(now)) {
            case OpeningHours.State.OpenUntil(var time) ->
                    page.say("listing.open.now", page.time(time));
            case OpeningHours.State.OpensToday(var time) ->
                    page.say("listing.open.today", page.time(time));
            case OpeningHours.State.OpensTomorrow(var time) ->
                    page.say("listing.open.tomorrow", page.time(time));
            case OpeningHours.State.OpensOn(var day, var time) ->
                    page.say("listing.open.day", page.weekday(day), page.time(time));
            case OpeningHours.State.OpensLater(var date, var time) ->
                    page.say("listing.open.later", page.date(date), page.time(time));
            case OpeningHours.State.ClosedToday _ -> page.say("listing.open.closed-today");
            case OpeningHours.State.Unknown _ -> page.say("listing.open.unknown");
        };
    }

    public List<Day> week() {
        var week = new ArrayList<Day>();
        for (var day : hours.week(now)) {
            week.add(
                    new Day(
                            day.date().getDayOfWeek(),
                            week.isEmpty(),
                            day.openings().stream()
                                    .map(o -> new Span(o.opens(), o.closes()))
                                    .toList(),
                            String.join("; ", day.notes())));
        }
        return week;
    }

    public List<Content> hourNotes() {
        var today = LocalDate.ofInstant(now, listing.zone());
        return Stream.concat(
                        new ScheduleWords(page, today).of(listing.times()).stream(),
                        hours.notes().stream().map(page::isolated))
                .toList();
    }

    /// The languages spoken there by the names this page's readers use; empty when nobody knows.
    public List<String> languages() {
        return listing.languages().stream()
                .map(spoken -> spoken.tag().map(page.formats()::languageName).orElse(spoken.name()))
                .distinct()
                .toList();
    }

    public String towns() {
        return listing.spots().stream()
                .map(Spot::city)
                .filter(city -> !city.isBlank())
                .distinct()
                .limit(3)
                .reduce((one, other) -> one + page.plain("page.comma") + other)
                .orElse("");
    }

    /// Where the listing comes from, if not from here.
    public Optional<Content> partner() {
        return listing.origin() instanceof Origin.Copy copy
                ? Optional.of(page.say("listing.from", copy.partner()))
                : Optional.empty();
    }

    /// Who made sure of it, and when.
    public Content checked() {
        var checked = listing.checked();
        if (checked.date().isPresent()) {
            var how = checked.how() == Checked.How.NOT_CHECKED ? Checked.How.SOURCE : checked.how();
            return page.say("listing.checked." + key(how), page.date(checked.date().get()));
        }
        return checked.sourceYear().isPresent()
                ? page.say(
                        "listing.checked.not-checked.year",
                        page.isolated(Integer.toString(checked.sourceYear().getAsInt())))
                : page.say("listing.checked.not-checked");
    }

    /// Says to call first where nobody has made sure for a long time (safety.md 6).
    public Optional<Content> overdue() {
        if (listing.origin() instanceof Origin.Copy copy && copy.leftAt().isPresent()) {
            var left = LocalDate.ofInstant(copy.leftAt().get(), listing.zone());
            return Optional.of(
                    page.say("listing.left", page.isolated(copy.partner()), page.date(left)));
        }
        var checked = listing.checked();
        if (checked.how() == Checked.How.NOT_CHECKED || checked.date().isEmpty()) {
            return Optional.of(page.say("listing.call-before"));
        }
        var date = checked.date().get();
        return checked.isOverdue(today())
                ? Optional.of(page.say("listing.overdue", page.date(date)))
                : Optional.empty();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, listing.zone());
    }

    /// The day on which its door is shut, and until when, if that is today.
    private Optional<Standing.Closure> closure() {
        return listing.standing().closedOn(today());
    }

    /// Free places, as they were told.
    public Optional<Content> places() {
        var standing = listing.standing();
        if (standing.free().isEmpty() || standing.toldOn().isEmpty()) {
            return Optional.empty();
        }
        var told = page.date(standing.toldOn().get());
        return Optional.of(
                standing.free().getAsInt() == 0
                        ? page.say("listing.free.none", told)
                        : page.count("listing.free", standing.free().getAsInt(), told));
    }

    /// How long people wait, as it was told.
    public Optional<Content> waiting() {
        var wait = listing.standing().waitDays();
        return wait.isPresent()
                ? Optional.of(
                        wait.getAsInt() == 0
                                ? page.say("listing.wait-none")
                                : page.count("listing.wait-days", wait.getAsInt()))
                : Optional.empty();
    }

    /// Whether to say first that there is no place.
    public boolean isFull() {
        return listing.standing().isFull(today());
    }

    /// In which words the reader gets what: which parts a machine wrote, and which are not in the
    /// page's language. Empty when all of it is people's and in that language.
    public List<Content> notes() {
        var parts = new LinkedHashMap<String, Text>();
        parts.put("listing.part.name", listing.name());
        parts.put("listing.access", listing.howToGetIn());
        parts.put("listing.what", listing.description());
        parts.put("listing.who", listing.eligibility());
        parts.put("listing.cost", listing.cost());
        parts.put("listing.bring", listing.bring());
        var machines = new ArrayList<String>();
        var foreign = new TreeMap<String, List<String>>();
        parts.forEach(
                (label, text) ->
                        reading(text)
                                .ifPresent(
                                        found -> {
                                            if (isForeign(found)) {
                                                foreign.computeIfAbsent(
                                                                found.language(),
                                                                _ -> new ArrayList<>())
                                                        .add(page.plain(label));
                                            } else if (found.byMachine()) {
                                                machines.add(page.plain(label));
                                            }
                                        }));
        var notes = new ArrayList<Content>();
        if (!machines.isEmpty()) {
            notes.add(page.say("listing.machine.parts", joined(machines)));
        }
        foreign.forEach(
                (language, labels) ->
                        notes.add(
                                page.say(
                                        "listing.foreign.parts",
                                        page.formats().languageName(language),
                                        joined(labels))));
        return List.copyOf(notes);
    }

    /// The same in two words, for a card.
    public Optional<Content> note() {
        var shown =
                Stream.of(listing.name(), listing.description())
                        .flatMap(text -> reading(text).stream())
                        .toList();
        if (shown.stream().anyMatch(found -> !isForeign(found) && found.byMachine())) {
            return Optional.of(page.say("listing.machine"));
        }
        return shown.stream()
                .filter(this::isForeign)
                .findFirst()
                .map(
                        found ->
                                page.say(
                                        "listing.foreign",
                                        page.formats().languageName(found.language())));
    }

    private boolean isForeign(Text.Reading found) {
        return !found.language().split("-", 2)[0].equals(page.language().locale().getLanguage());
    }

    private Content joined(List<String> words) {
        return page.isolated(String.join(page.plain("page.comma"), words));
    }

    /// What one needs to know before going, in the order one needs it.
    public List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        description().ifPresent(text -> facts.add(Fact.of(page.say("listing.what"), text)));
        facts.addAll(practical());
        return List.copyOf(facts);
    }

    /// The same without what they do there.
    public List<Fact> practical() {
        var facts = new ArrayList<Fact>();
        words(listing.eligibility())
                .ifPresent(text -> facts.add(Fact.of(page.say("listing.who"), text)));
        words(listing.cost()).ifPresent(text -> facts.add(Fact.of(page.say("listing.cost"), text)));
        detail("listing.cost.options", listing.details().costs()).ifPresent(facts::add);
        places().ifPresent(text -> facts.add(Fact.of(page.say("listing.places"), text)));
        waiting().ifPresent(text -> facts.add(Fact.of(page.say("listing.wait"), text)));
        words(listing.bring())
                .ifPresent(text -> facts.add(Fact.of(page.say("listing.bring"), text)));
        detail("listing.documents", listing.details().documents()).ifPresent(facts::add);
        detail("listing.areas", listing.details().areas()).ifPresent(facts::add);
        var backing = listing.details().backing();
        detail("listing.program", backing.program().stream().toList()).ifPresent(facts::add);
        detail("listing.funding", backing.funding()).ifPresent(facts::add);
        if (!backing.terms().isEmpty()) {
            var terms = backing.terms().stream().map(it -> said(it.name())).toList();
            facts.add(new Fact(page.say("listing.terms"), terms));
        }
        facts.add(Fact.of(page.say("listing.languages"), languageWords()));
        needed("name-needed", listing.nameNeeded()).ifPresent(facts::add);
        needed("papers-needed", listing.papersNeeded()).ifPresent(facts::add);
        return List.copyOf(facts);
    }

    private Optional<Fact> detail(String key, List<String> words) {
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Fact.of(
                                page.say(key),
                                page.in(listing.name().baseLanguage(), String.join("; ", words))));
    }

    private Content languageWords() {
        var languages = languages();
        return languages.isEmpty()
                ? page.say("listing.languages.unknown")
                : page.isolated(String.join(page.plain("page.comma"), languages));
    }

    private Optional<Fact> needed(String what, Answer answer) {
        return answer == Answer.UNKNOWN
                ? Optional.empty()
                : Optional.of(
                        Fact.of(
                                page.say("listing." + what),
                                page.say("listing." + what + "." + key(answer))));
    }

    /// Words of the listing that have no translations: in the language it was written in.
    public Content own(String text) {
        return page.in(listing.name().baseLanguage(), text);
    }

    /// What a place is called, in the reader's language where somebody said so.
    public Content nameOf(Spot spot) {
        return place(spot).map(it -> said(it.name())).orElseGet(() -> page.isolated(spot.name()));
    }

    /// The town as the reader calls it; empty where nobody said so, or only a machine.
    public Optional<Content> townOf(Spot spot) {
        return place(spot)
                .map(Details.PlaceWords::town)
                .flatMap(
                        town ->
                                reading(town)
                                        .filter(it -> !it.language().equals(town.baseLanguage()))
                                        .filter(it -> !it.byMachine()))
                .map(it -> page.in(it.language(), it.text()));
    }

    /// How to get there, in the reader's language where somebody said so.
    public Content there(Spot spot) {
        return place(spot).map(it -> said(it.there())).orElseGet(() -> own(spot.howToGetThere()));
    }

    private Optional<Details.PlaceWords> place(Spot spot) {
        return Optional.ofNullable(listing.details().places().get(spot.id()));
    }

    /// The reader's words, or those of the source; never a machine's, which would have to say so.
    private Content said(Text text) {
        return reading(text)
                .filter(it -> !text.byMachine().contains(it.language()))
                .map(it -> page.in(it.language(), it.text()))
                .orElseGet(() -> page.in(text.baseLanguage(), text.base()));
    }

    private Optional<Content> words(Text text) {
        return reading(text).map(found -> page.in(found.language(), found.text()));
    }

    private Optional<Text.Reading> reading(Text text) {
        return text.in(List.of(page.language().tag()));
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.length() <= SNIPPET) {
            return line;
        }
        var cut = line.lastIndexOf(' ', SNIPPET);
        return line.substring(0, cut > 0 ? cut : SNIPPET) + "…";
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
