// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.waymark.node.listing.ListingQuery.Narrow;
import org.waymark.node.listing.ListingQuery.Order;
import org.waymark.node.search.Postcode;
import org.waymark.node.search.SearchEntry;

/// Reads the form beside the results. What it does not understand does not narrow.
public final class SearchForm {

    private static final int LONGEST = 200;

    private final MultivaluedMap<String, String> form;
    private final Set<String> dropped;

    private SearchForm(MultivaluedMap<String, String> form) {
        this.form = form;
        this.dropped = Set.copyOf(form.getOrDefault("drop", List.of()));
    }

    /// @param reader BCP 47 tag of the page's language
    public static ListingQuery read(MultivaluedMap<String, String> form, String reader) {
        return new SearchForm(form).query(reader);
    }

    /// What was typed where a postcode or a town is asked for, to stand there again.
    static String typedPlace(MultivaluedMap<String, String> form) {
        var read = new SearchForm(form);
        return read.isTypedPlaceMeant() ? read.typedPlace().orElse("") : "";
    }

    private ListingQuery query(String reader) {
        var words = text("instead").or(() -> text("q")).orElse("");
        return new ListingQuery(
                words,
                reader,
                dropped.contains("all") ? onlyTopic() : narrow(),
                choice("order", Order.class),
                number("page") - 1);
    }

    private Narrow onlyTopic() {
        return Narrow.to(text("topic").flatMap(Topic::ofSlug), Optional.empty());
    }

    private Narrow narrow() {
        return new Narrow(
                kept("topic").flatMap(Topic::ofSlug),
                kept("term"),
                kept("language").filter(tag -> tag.matches("[A-Za-z]{2,3}")),
                kept("open").isPresent(),
                kept("free").isPresent(),
                kept("step-free").isPresent(),
                kept("referrals").isPresent(),
                kept("age").flatMap(_ -> choice("age", AgeGroup.class)),
                choices("access", Access.class),
                choices("situation", Situation.class),
                near(),
                kept("within")
                        .filter(it -> it.matches("\\d{1,2}"))
                        .map(Integer::valueOf)
                        .filter(Narrow.DISTANCES::contains));
    }

    /// What was typed goes before what was chosen: a postcode, or the name of a town.
    private Optional<String> near() {
        return typedPlace()
                .filter(_ -> isTypedPlaceMeant())
                .map(
                        typed ->
                                Postcode.code(typed)
                                        .orElseGet(
                                                () ->
                                                        SearchEntry.Spot.in(typed, Optional.empty())
                                                                .place()))
                .or(() -> kept("near").filter(code -> !Postcode.is(code)));
    }

    private Optional<String> typedPlace() {
        return kept("postcode").filter(_ -> !dropped.contains("near"));
    }

    /// Not when it stood there already, and a place was chosen since.
    private boolean isTypedPlaceMeant() {
        return kept("near").isEmpty() || !typedPlace().equals(text("postcode-before"));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(form.getFirst(name))
                .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private Optional<String> kept(String name) {
        return dropped.contains(name) ? Optional.empty() : text(name);
    }

    private <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> text(name).filter(ListingKeywords.word(value)::equals).isPresent())
                .findFirst();
    }

    private <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
        var given = form.getOrDefault(name, List.of());
        return EnumSet.allOf(type).stream()
                .filter(value -> given.contains(ListingKeywords.word(value)))
                .filter(value -> !dropped.contains(name + ":" + ListingKeywords.word(value)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private int number(String name) {
        return text(name).filter(it -> it.matches("\\d{1,4}")).map(Integer::parseInt).orElse(1);
    }
}
