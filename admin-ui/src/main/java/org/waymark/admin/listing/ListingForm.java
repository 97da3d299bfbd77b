// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.waymark.admin.desk.Fields;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.Backing;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Fit;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Situation;
import org.waymark.node.listing.SpokenLanguage;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Status;
import org.waymark.node.listing.Taxonomies;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;

/// The form of one listing in one language: read from what was sent, written over what there was.
/// What has no field here stays as it is.
final class ListingForm {

    private static final Set<Topic> NO_TOPIC = Set.of();
    private static final int OLDEST = 150;
    private static final int LONGEST_FUNDING = 2_000;
    private static final int LONGEST_PROGRAM = 200;

    private final Fields fields;
    private final String language;
    private final List<Wrong> errors = new ArrayList<>();

    private ListingForm(Fields fields, String language) {
        this.fields = fields;
        this.language = language;
    }

    /// What came of reading a form.
    ///
    /// @param asked what the writer is asked about the place
    record Filled(Draft draft, List<Wrong> errors, PlaceFields.Asked asked) {}

    /// @param before what the listing said until now
    static Filled over(
            Draft before,
            String language,
            Fields fields,
            Page page,
            PlaceFields.Lookup places,
            List<Taxonomies.Term> terms) {
        var form = new ListingForm(fields, language);
        var place = new PlaceFields(fields, page, places);
        var draft = form.draft(before, page, place, terms);
        return new Filled(draft, List.copyOf(form.errors), place.asked());
    }

    private Draft draft(Draft before, Page page, PlaceFields place, List<Taxonomies.Term> terms) {
        if (fields.text("name").isEmpty()) {
            errors.add(new Wrong("name", page.say("staff.listing.name.missing")));
        }
        var builder =
                Draft.named(with(before.name(), "name"))
                        .description(with(before.description(), "description"))
                        .topics(fields.choices("topics", Topic.class))
                        .access(fields.choice("access", Access.UNKNOWN))
                        .howToGetIn(with(before.howToGetIn(), "how-to-get-in"))
                        .phones(phones(before.phones()))
                        .spots(spots(before.spots(), place))
                        .schedules(schedules(before.schedules(), page))
                        .languages(languages(before.languages()))
                        .cost(with(before.cost(), "cost"))
                        .bring(with(before.bring(), "bring"))
                        .eligibility(with(before.eligibility(), "eligibility"))
                        .nameNeeded(fields.choice("name-needed", Answer.UNKNOWN))
                        .papersNeeded(fields.choice("papers-needed", Answer.UNKNOWN))
                        .mayHaveToReport(fields.choice("may-have-to-report", Answer.UNKNOWN))
                        .referralPolicy(fields.choice("referrals", ReferralPolicy.UNKNOWN))
                        .fit(fit(before.fit(), page))
                        .status(status(before.status()))
                        .kind(fields.choice("kind", Kind.HELP))
                        .reach(fields.choice("reach", Reach.PUBLIC))
                        .place(fields.choice("place", Place.EXACT));
        before.provider().ifPresent(builder::provider);
        // A form without the section leaves it as it is.
        if (fields.values().containsKey("program")) {
            builder.backing(backing(before.backing(), page, terms));
        }
        fields.optional("email").ifPresent(builder::email);
        website(page).ifPresent(builder::website);
        return builder.build();
    }

    /// Closing for good has a page of its own, which asks who waits there.
    private Status status(Status before) {
        var wanted = fields.choice("status", before);
        return wanted == Status.DEFUNCT ? before : wanted;
    }

    /// An empty listing in that language, to write the first words over.
    static Draft empty(String language) {
        return Draft.named(Text.empty(language)).topics(NO_TOPIC).build();
    }

    private Text with(Text before, String name) {
        return before.with(language, fields.text(name));
    }

    private List<Phone> phones(List<Phone> before) {
        var number = fields.text("phone");
        var first =
                before.isEmpty()
                        ? Phone.of(number)
                        : new Phone(
                                number,
                                before.getFirst().extension(),
                                before.getFirst().note(),
                                before.getFirst().languages());
        return withFirst(before, number.isEmpty() ? Optional.empty() : Optional.of(first));
    }

    private List<Spot> spots(List<Spot> before, PlaceFields place) {
        var first = place.read(before.stream().findFirst());
        errors.addAll(place.errors());
        return withFirst(before, first);
    }

    private List<Schedule> schedules(List<Schedule> before, Page page) {
        var days = fields.choices("days", DayOfWeek.class);
        var opens = time("opens", page);
        var closes = time("closes", page);
        var note = fields.text("hours-note");
        var hasMore = before.stream().findFirst().filter(it -> it.days().isEmpty()).isPresent();
        if (days.isEmpty() && note.isEmpty() && !hasMore) {
            return withFirst(before, Optional.empty());
        }
        // Rules and dates have no field here: they stay while their days do.
        var written =
                before.stream()
                        .findFirst()
                        .filter(old -> old.days().equals(days))
                        .map(
                                old ->
                                        new Schedule(
                                                days,
                                                opens,
                                                closes,
                                                old.validFrom(),
                                                old.validTo(),
                                                note,
                                                old.rule(),
                                                old.exception()))
                        .orElseGet(
                                () ->
                                        new Schedule(
                                                days,
                                                opens,
                                                closes,
                                                Optional.empty(),
                                                Optional.empty(),
                                                note));
        return withFirst(before, Optional.of(written));
    }

    private Optional<LocalTime> time(String name, Page page) {
        try {
            return fields.optional(name).map(LocalTime::parse);
        } catch (DateTimeParseException e) {
            errors.add(new Wrong(name, page.say("staff.listing.time.wrong")));
            return Optional.empty();
        }
    }

    private List<SpokenLanguage> languages(List<SpokenLanguage> before) {
        return fields.words("languages").stream()
                .map(
                        tag ->
                                before.stream()
                                        .filter(one -> one.tag().equals(Optional.of(tag)))
                                        .findFirst()
                                        .orElseGet(
                                                () ->
                                                        new SpokenLanguage(
                                                                Optional.of(tag),
                                                                Locale.forLanguageTag(tag)
                                                                        .getDisplayLanguage(
                                                                                Locale.ENGLISH))))
                .toList();
    }

    private Fit fit(Fit before, Page page) {
        var situations = EnumSet.noneOf(Situation.class);
        situations.addAll(fields.choices("situations", Situation.class));
        return new Fit(
                fields.isTicked("free"),
                age("minimum-age", page),
                age("maximum-age", page),
                situations,
                before.terms());
    }

    private OptionalInt age(String name, Page page) {
        var age = fields.number(name, -1);
        if (age >= 0 && age <= OLDEST) {
            return OptionalInt.of(age);
        }
        if (!fields.text(name).isEmpty()) {
            errors.add(new Wrong(name, page.say("staff.listing.age.wrong")));
        }
        return OptionalInt.empty();
    }

    /// Who pays, line by line; the programme by its name; the terms that are ticked, and one more
    /// by its name.
    private Backing backing(Optional<Backing> before, Page page, List<Taxonomies.Term> known) {
        var filed = new LinkedHashSet<Backing.Term>();
        var kept = fields.values().getOrDefault("terms", List.of());
        before.map(Backing::terms).orElse(List.of()).stream()
                .filter(it -> kept.contains(it.id().toString()))
                .forEach(filed::add);
        var more = fields.text("term", 200);
        if (!more.isEmpty()) {
            known.stream()
                    .filter(it -> it.name().equalsIgnoreCase(more))
                    .findFirst()
                    .map(it -> new Backing.Term(it.id(), Text.of(language, it.name())))
                    .ifPresentOrElse(
                            filed::add,
                            () ->
                                    errors.add(
                                            new Wrong(
                                                    "term",
                                                    page.say("staff.listing.term.unknown"))));
        }
        var program = Optional.of(fields.text("program")).filter(it -> !it.isEmpty());
        notLonger("funding", LONGEST_FUNDING, page);
        if (!program.equals(before.flatMap(Backing::program))) {
            notLonger("program", LONGEST_PROGRAM, page);
        }
        return new Backing(
                fields.text("funding")
                        .lines()
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .distinct()
                        .toList(),
                program,
                List.copyOf(filed));
    }

    private void notLonger(String name, int most, Page page) {
        if (fields.text(name).length() > most) {
            errors.add(new Wrong(name, page.say("ask.too-long", page.formats().number(most))));
        }
    }

    private Optional<URI> website(Page page) {
        var address = fields.web("website");
        if (address.isEmpty() && !fields.text("website").isEmpty()) {
            errors.add(new Wrong("website", page.say("staff.listing.website.wrong")));
        }
        return address;
    }

    /// The form shows the first of several; the others stay.
    private static <T> List<T> withFirst(List<T> before, Optional<T> first) {
        var all = new ArrayList<T>();
        first.ifPresent(all::add);
        if (before.size() > 1) {
            all.addAll(before.subList(1, before.size()));
        }
        return all;
    }
}
