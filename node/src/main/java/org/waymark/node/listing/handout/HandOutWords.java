// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.handout;

import gg.jte.Content;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.Exposure;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingWords;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Way;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Day;
import org.waymark.node.page.Pieces.Fact;
import org.waymark.node.page.Pieces.Span;

/// One place of a hand-out in the words of its reader: what one needs to go there and nothing else.
public final class HandOutWords {

    private final Page page;
    private final Optional<Page> there;
    private final Listing listing;
    private final ListingWords words;
    private final Set<UUID> outdated;
    private final String remove;

    /// What to say there, in the words of one page.
    ///
    /// @param lines short sentences; some end with a name in another script
    public record Speech(Page page, List<Content> lines) {}

    /// @param there a page in the language of the place, if there are messages in it
    /// @param outdated places whose words in the reader's language are out of date
    /// @param remove the address of the same hand-out without this place
    HandOutWords(
            Page page,
            Optional<Page> there,
            Listing listing,
            Set<UUID> outdated,
            Instant now,
            String remove) {
        this.outdated = Set.copyOf(outdated);
        this.page = page;
        this.there = there.filter(it -> !it.language().equals(page.language()));
        this.listing = listing;
        this.words = new ListingWords(page, listing, now);
        this.remove = remove;
    }

    public Listing listing() {
        return listing;
    }

    public ListingWords words() {
        return words;
    }

    public String remove() {
        return remove;
    }

    /// Where and when, and then what is good to know before.
    public List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        var where = where();
        if (!where.isEmpty()) {
            facts.add(new Fact(page.say("listing.where"), where));
        }
        facts.add(new Fact(page.say("hours.caption"), hours()));
        facts.addAll(words.practical());
        return List.copyOf(facts);
    }

    /// How precisely paper may say where it is.
    public Place place() {
        return Exposure.allowsPlace(Way.PRINT, listing) ? listing.place() : Place.PHONE_ONLY;
    }

    private List<Content> where() {
        if (place() == Place.PHONE_ONLY) {
            return List.of();
        }
        var lines = new ArrayList<Content>();
        for (var spot : listing.spots()) {
            var isOutdated = outdated.contains(spot.id());
            if (!spot.name().isBlank()) {
                lines.add(isOutdated ? words.own(spot.name()) : words.nameOf(spot));
            }
            if (!isOutdated) {
                words.townOf(spot).ifPresent(lines::add);
            }
            var address = address(spot);
            if (!address.isEmpty()) {
                lines.add(page.isolated(address));
            }
            if (!spot.howToGetThere().isEmpty()) {
                lines.add(isOutdated ? words.own(spot.howToGetThere()) : words.there(spot));
            }
        }
        return lines;
    }

    private static String address(Spot spot) {
        var lines = new ArrayList<String>();
        lines.addAll(spot.street());
        lines.add((spot.postalCode() + " " + spot.city()).strip());
        return String.join(", ", lines.stream().filter(line -> !line.isBlank()).toList());
    }

    /// Days with the same hours on one line; days on which it is closed are left out.
    private List<Content> hours() {
        if (words.isPaused()) {
            return List.of(words.open());
        }
        var days = new LinkedHashMap<List<Span>, List<DayOfWeek>>();
        var lines = new ArrayList<Content>();
        for (var day : fromFirstDay(words.week())) {
            if (!day.spans().isEmpty()) {
                days.computeIfAbsent(day.spans(), _ -> new ArrayList<>()).add(day.day());
            }
        }
        days.forEach(
                (spans, on) ->
                        lines.add(
                                page.say("handout.hours", page.isolated(names(on)), times(spans))));
        lines.addAll(words.hourNotes());
        if (lines.isEmpty()) {
            lines.add(page.say("listing.open.unknown"));
        }
        return lines;
    }

    private List<Day> fromFirstDay(List<Day> week) {
        var first = page.formats().firstDayOfWeek();
        return week.stream()
                .sorted((one, other) -> Integer.compare(place(one, first), place(other, first)))
                .toList();
    }

    private static int place(Day day, DayOfWeek first) {
        return Math.floorMod(day.day().getValue() - first.getValue(), 7);
    }

    private String names(List<DayOfWeek> days) {
        return String.join(page.plain("page.comma"), days.stream().map(page::weekday).toList());
    }

    private Content times(List<Span> spans) {
        return output -> {
            for (int i = 0; i < spans.size(); i++) {
                if (i > 0) {
                    output.writeContent(page.plain("page.comma"));
                }
                page.times(spans.get(i).from(), spans.get(i).to()).writeTo(output);
            }
        };
    }

    /// What to say first, so that nobody stands before a stranger without a word.
    public Speech sayFirst() {
        return speech(page);
    }

    /// The same as people there say it, to show or to read out.
    public Optional<Speech> sayThere() {
        return there.map(this::speech);
    }

    private Speech speech(Page in) {
        var lines = new ArrayList<Content>();
        lines.add(
                listing.topics().stream()
                        .sorted()
                        .findFirst()
                        .filter(_ -> listing.topics().size() == 1)
                        .map(topic -> in.say("handout.say.about", in.say("topic." + topic.slug())))
                        .orElseGet(() -> in.say("handout.say.hello")));
        lines.add(in.say("handout.say." + key(listing.access())));
        if (there.isPresent()) {
            lines.add(
                    in.say(
                            "handout.say.language",
                            in.isolated(in.formats().languageName(page.language().tag()))));
        }
        if (listing.nameNeeded() == Answer.NO) {
            lines.add(in.say("handout.say.name"));
        }
        return new Speech(in, List.copyOf(lines));
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
