// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Choice;
import org.waymark.node.search.Postcode;

/// The results of a search in the words of one page: what it was narrowed to, and what it could be
/// narrowed to, with how many there would be.
public final class ResultWords {

    // More would be a list to search in.
    private static final int MOST_TERMS = 20;
    private static final int MOST_PLACES = 500;

    // What is offered as a way to get in; "online" stands among the situations.
    private static final List<Access> WAYS_IN =
            List.of(
                    Access.WALK_IN,
                    Access.CALL_FIRST,
                    Access.APPOINTMENT,
                    Access.REFERRAL_ONLY,
                    Access.OUTREACH);

    private final Page page;
    private final ListingQuery query;
    private final ListingHits hits;
    private final Map<String, String> places;
    private final Optional<String> near;
    private final String typedPlace;

    /// Something the results were narrowed to, and how to take it back.
    public record Chosen(String drop, Content text) {}

    /// One of a list to choose from.
    public record Option(String value, String text, boolean chosen) {}

    /// @param places code to name
    /// @param near what people call the place that was asked for, if anything is there
    /// @param typedPlace what was typed where a postcode or a town is asked for
    public ResultWords(
            Page page,
            ListingQuery query,
            ListingHits hits,
            Map<String, String> places,
            Optional<String> near,
            String typedPlace) {
        this.page = page;
        this.query = query;
        this.hits = hits;
        this.places = places;
        this.near = near;
        this.typedPlace = typedPlace;
    }

    public ListingQuery query() {
        return query;
    }

    public ListingHits hits() {
        return hits;
    }

    /// Everything the results are narrowed to, in the order of the form.
    public List<Chosen> chosen() {
        var narrow = query.narrow();
        var all = new ArrayList<Chosen>();
        near.ifPresent(
                name -> add(all, "near", page.say("results.near.chosen", page.isolated(name))));
        narrow.within()
                .filter(_ -> near.isPresent())
                .ifPresent(it -> add(all, "within", page.say("results.within.chosen", number(it))));
        if (narrow.open()) {
            add(all, "open", page.say("results.open"));
        }
        if (narrow.free()) {
            add(all, "free", page.say("results.free"));
        }
        if (narrow.stepFree()) {
            add(all, "step-free", page.say("results.step-free"));
        }
        if (narrow.referrals()) {
            add(all, "referrals", page.say("results.referrals"));
        }
        narrow.topic().ifPresent(topic -> add(all, "topic", page.say("topic." + topic.slug())));
        narrow.term().ifPresent(term -> add(all, "term", page.isolated(term)));
        narrow.spoken()
                .ifPresent(
                        tag ->
                                add(
                                        all,
                                        "language",
                                        page.isolated(page.formats().languageName(tag))));
        narrow.age().ifPresent(age -> add(all, "age", page.say(key(age))));
        WAYS_IN.stream()
                .filter(narrow.access()::contains)
                .forEach(
                        access ->
                                add(
                                        all,
                                        "access:" + ListingKeywords.word(access),
                                        page.say(key(access))));
        List.of(Situation.values()).stream()
                .filter(narrow.situations()::contains)
                .forEach(
                        situation ->
                                add(
                                        all,
                                        "situation:" + ListingKeywords.word(situation),
                                        page.say(key(situation))));
        return all;
    }

    private static void add(List<Chosen> all, String drop, Content text) {
        all.add(new Chosen(drop, text));
    }

    public List<Option> topics() {
        return List.of(Topic.values()).stream()
                .map(
                        topic ->
                                new Option(
                                        topic.slug(),
                                        counted(
                                                page.plain("topic." + topic.slug()),
                                                hits.counts().of(topic)),
                                        query.narrow().topic().filter(topic::equals).isPresent()))
                .toList();
    }

    public List<Option> spoken() {
        var chosen = query.narrow().spoken();
        return hits.counts().spoken().entrySet().stream()
                .map(
                        it ->
                                new Option(
                                        it.getKey(),
                                        counted(
                                                page.formats().languageName(it.getKey()),
                                                it.getValue()),
                                        chosen.filter(it.getKey()::equals).isPresent()))
                .sorted(Comparator.comparing(Option::text))
                .toList();
    }

    /// The commonest terms among the results.
    public List<Option> terms() {
        var chosen = query.narrow().term();
        return hits.counts().terms().entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TERMS)
                .map(
                        it ->
                                new Option(
                                        it.getKey(),
                                        counted(it.getKey(), it.getValue()),
                                        chosen.filter(it.getKey()::equals).isPresent()))
                .toList();
    }

    public List<Option> places() {
        return places(places, query.narrow().near());
    }

    /// The postcode that was asked for, or a town that nothing is in, to stand in its field again.
    /// A town that is known stands in the list.
    public String postcode() {
        var code = query.narrow().near().filter(Postcode::is);
        return code.isPresent() && typedPlace.isEmpty()
                ? Postcode.name(code.get())
                : code.isPresent() || isNowhere() ? typedPlace : "";
    }

    /// Whether a place was asked for that nothing is in.
    public boolean isNowhere() {
        return query.narrow().near().isPresent() && near.isEmpty();
    }

    /// How far from the place.
    public List<Option> distances() {
        return ListingQuery.Narrow.DISTANCES.stream()
                .map(
                        it ->
                                new Option(
                                        it.toString(),
                                        page.plain("results.within.chosen", number(it)),
                                        query.narrow().within().filter(it::equals).isPresent()))
                .toList();
    }

    private String number(int kilometres) {
        return page.formats().kilometres(kilometres);
    }

    static List<Option> places(Map<String, String> places, Optional<String> chosen) {
        var all =
                places.entrySet().stream()
                        .map(
                                it ->
                                        new Option(
                                                it.getKey(),
                                                it.getValue(),
                                                chosen.filter(it.getKey()::equals).isPresent()))
                        .sorted(Comparator.comparing(Option::text))
                        .toList();
        // What was chosen stays in the list, or the next search would be in another place.
        return Stream.concat(
                        all.stream().limit(MOST_PLACES),
                        all.stream().skip(MOST_PLACES).filter(Option::chosen))
                .toList();
    }

    public List<Option> ages() {
        return List.of(AgeGroup.values()).stream()
                .map(
                        age ->
                                new Option(
                                        ListingKeywords.word(age),
                                        counted(page.plain(key(age)), hits.counts().of(age)),
                                        query.narrow().age().filter(age::equals).isPresent()))
                .toList();
    }

    public List<Option> orders() {
        return List.of(ListingQuery.Order.values()).stream()
                .filter(order -> order != ListingQuery.Order.DISTANCE || near.isPresent())
                .filter(order -> order != ListingQuery.Order.RELEVANCE || !query.words().isBlank())
                .map(
                        order ->
                                new Option(
                                        ListingKeywords.word(order),
                                        page.plain("results.order." + ListingKeywords.word(order)),
                                        query.orderOrUsual() == order))
                .toList();
    }

    /// Ways to get in that some of the results have, or that were asked for.
    public List<Choice> access() {
        return WAYS_IN.stream()
                .filter(
                        access ->
                                hits.counts().of(access) > 0
                                        || query.narrow().access().contains(access))
                .map(
                        access ->
                                choice(
                                        ListingKeywords.word(access),
                                        key(access),
                                        hits.counts().of(access),
                                        query.narrow().access().contains(access)))
                .toList();
    }

    public List<Choice> situations() {
        return List.of(Situation.values()).stream()
                .filter(
                        situation ->
                                hits.counts().of(situation) > 0
                                        || query.narrow().situations().contains(situation))
                .map(
                        situation ->
                                choice(
                                        ListingKeywords.word(situation),
                                        key(situation),
                                        hits.counts().of(situation),
                                        query.narrow().situations().contains(situation)))
                .toList();
    }

    /// Single marks: each a name in the form.
    public List<Choice> marks() {
        var narrow = query.narrow();
        var counts = hits.counts();
        var all = new ArrayList<Choice>();
        mark(all, "open", counts.open(), narrow.open());
        mark(all, "free", counts.free(), narrow.free());
        mark(all, "step-free", counts.stepFree(), narrow.stepFree());
        mark(all, "referrals", counts.referrals(), narrow.referrals());
        return all;
    }

    private void mark(List<Choice> all, String name, int count, boolean chosen) {
        if (count > 0 || chosen) {
            all.add(choice(name, "results." + name, count, chosen));
        }
    }

    /// What the words are about, to look at as a whole.
    public List<Topic> broader() {
        return Stream.concat(hits.topics().stream(), query.narrow().topic().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Choice choice(String value, String key, int count, boolean chosen) {
        return new Choice(
                value, page.say("results.counted", page.say(key), count), Optional.empty(), chosen);
    }

    private String counted(String name, int count) {
        return page.plain("results.counted", name, count);
    }

    private static String key(Access access) {
        return "results.access." + ListingKeywords.word(access);
    }

    private static String key(AgeGroup age) {
        return "results.age." + ListingKeywords.word(age);
    }

    private static String key(Situation situation) {
        return "results.situation." + ListingKeywords.word(situation);
    }
}
