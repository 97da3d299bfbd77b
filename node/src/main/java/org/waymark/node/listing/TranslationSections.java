// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Translations.Of;
import org.waymark.node.listing.Translations.Section;
import org.waymark.node.privacy.Acting;
import org.waymark.node.translation.SourceChange;
import org.waymark.node.translation.TextFile.State;

/// What of an object is in several languages, each text beside its translation.
final class TranslationSections {

    private static final List<String> NAMED = List.of("name", "alternate_name", "description");

    private TranslationSections() {}

    /// The texts that readers see, in the order of the page.
    private static List<String> members(Aggregate.Type type) {
        return switch (type) {
            case SERVICE -> TranslatedDocument.OF_SERVICES;
            case LOCATION ->
                    List.of(
                            "name",
                            TranslatedDocument.TOWN,
                            "alternate_name",
                            "description",
                            "transportation");
            case ORGANIZATION, PROGRAM, TAXONOMY -> NAMED;
            case TERM -> List.of("name", "description");
            case CONTACT -> List.of("title", "department");
        };
    }

    static Optional<Of> of(Aggregate aggregate) {
        return switch (aggregate.type()) {
            case SERVICE -> Optional.of(Of.LISTINGS);
            case ORGANIZATION -> Optional.of(Of.ORGANIZATIONS);
            case LOCATION -> Optional.of(Of.PLACES);
            case TERM -> Optional.of(Of.TERMS);
            case PROGRAM, TAXONOMY, CONTACT -> Optional.empty();
        };
    }

    /// An object of the acting organisation that has texts to translate. A place only where every
    /// listing at it shows its address: its name and the way there would tell where it is.
    static Optional<Aggregate> own(Transaction tx, Acting acting, UUID id) {
        return AggregateTable.find(tx, id)
                .filter(it -> it.publisher().equals(acting.organization()))
                .filter(it -> of(it).isPresent())
                .filter(it -> it.type() != Aggregate.Type.LOCATION || isShown(tx, it));
    }

    static boolean isShown(Transaction tx, Aggregate part) {
        var users = AggregateTable.usersOf(tx, List.of(part.id()));
        return !users.isEmpty()
                && ListingTable.limits(tx, users).values().stream()
                        .allMatch(
                                it ->
                                        it.place() == Place.EXACT
                                                && it.review() == Review.State.PUBLISHED);
    }

    /// The language that it is written in: it says so, or the first listing that shows it does.
    static String base(Transaction tx, Aggregate aggregate) {
        return Document.text(aggregate.json(), "base_language")
                .or(() -> Document.text(aggregate.json(), "language"))
                .or(() -> ofUsers(tx, aggregate))
                .orElse("en");
    }

    private static Optional<String> ofUsers(Transaction tx, Aggregate part) {
        if (part.type() == Aggregate.Type.SERVICE) {
            return Optional.empty();
        }
        return AggregateTable.usersOf(tx, List.of(part.id())).stream()
                .min(Comparator.naturalOrder())
                .flatMap(user -> AggregateTable.find(tx, user))
                .flatMap(user -> Document.text(user.json(), "base_language"));
    }

    /// The places of an own listing with a translation that is out of date.
    static Set<UUID> outdated(Transaction tx, Listing listing, String language) {
        var outdated = new HashSet<UUID>();
        for (var place :
                AggregateTable.listByIds(tx, listing.details().places().keySet()).values()) {
            if (list(place, language, TranslationTable.find(tx, place.id())).stream()
                    .anyMatch(it -> it.state() == State.STALE)) {
                outdated.add(place.id());
            }
        }
        return outdated;
    }

    static List<Section> list(
            Aggregate aggregate,
            String language,
            Map<TranslationTable.Key, TranslationTable.Translated> noted) {
        var json = aggregate.json();
        var sections = new ArrayList<Section>();
        for (var member : members(aggregate.type())) {
            var original = TranslatedDocument.original(json, member);
            if (original.isEmpty() || isRepeated(json, member, original)) {
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

    /// Terms that nobody described say their name twice.
    private static boolean isRepeated(ObjectNode json, String member, String original) {
        return member.equals("description") && original.equals(json.path("name").asText());
    }
}
