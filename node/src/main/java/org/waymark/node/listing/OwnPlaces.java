// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// The places that an organisation has written down already, so that a house is there once however
/// many services are in it. They name streets that are held back from others, so this is for who
/// may edit listings.
public final class OwnPlaces {

    // 200: as many as somebody looks through in a list; of more, an address finds the right one.
    private static final int MOST = 200;
    private static final int SHORTEST_WORD = 3;

    /// @param listings how many are there
    public record Known(Spot spot, int listings) {}

    private final Database database;
    private final org.waymark.node.account.Access access;

    public OwnPlaces(Database database, org.waymark.node.account.Access access) {
        this.database = database;
        this.access = access;
    }

    /// All of them by street whose address some listing tells; none when there are more than 200. A
    /// hidden house is in no list: one slip of the hand would publish it.
    ///
    /// @param own what the listing has already, which stays in the list
    public List<Known> list(Acting acting, Set<UUID> own) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx -> {
                    var organization = acting.organization();
                    if (AggregateTable.countOf(tx, organization, Aggregate.Type.LOCATION) > MOST) {
                        return List.of();
                    }
                    return known(
                            tx,
                            AggregateTable.listOf(tx, organization, Aggregate.Type.LOCATION)
                                    .stream()
                                    .filter(
                                            it ->
                                                    own.contains(it.id())
                                                            || !HiddenPlaces.isHidden(tx, it.id()))
                                    .toList());
                });
    }

    public Optional<Known> find(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx ->
                        AggregateTable.find(tx, id)
                                .filter(it -> it.type() == Aggregate.Type.LOCATION)
                                .filter(it -> it.publisher().equals(acting.organization()))
                                .map(it -> known(tx, it)));
    }

    /// Those at the same address, the one with the most listings first. How it is spelt does not
    /// matter; without a street there is none.
    public List<Known> listAt(Acting acting, Spot address) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx ->
                        known(tx, at(tx, acting.organization(), address)).stream()
                                .sorted(Comparator.comparingInt(Known::listings).reversed())
                                .toList());
    }

    static List<Aggregate> at(Transaction tx, OrganizationId publisher, Spot address) {
        var street = folded(String.join(" ", address.street()));
        var word =
                Arrays.stream(String.join(" ", address.street()).split("[^\\p{L}\\p{N}]+"))
                        .max(Comparator.comparingInt(String::length))
                        .filter(it -> it.length() >= SHORTEST_WORD);
        return word.stream()
                .flatMap(
                        it ->
                                AggregateTable.listWith(tx, publisher, Aggregate.Type.LOCATION, it)
                                        .stream())
                .filter(it -> isSame(Profile.spot(it.json()), address, street))
                .toList();
    }

    private static boolean isSame(Spot one, Spot other, String street) {
        return folded(String.join(" ", one.street())).equals(street)
                && isSameOrUnsaid(one.city(), other.city())
                && isSameOrUnsaid(one.postalCode(), other.postalCode());
    }

    private static boolean isSameOrUnsaid(String one, String other) {
        return one.isBlank() || other.isBlank() || folded(one).equals(folded(other));
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    private static List<Known> known(Transaction tx, List<Aggregate> locations) {
        return locations.stream()
                .map(it -> known(tx, it))
                .sorted(
                        Comparator.comparing(
                                it ->
                                        folded(
                                                it.spot().city()
                                                        + String.join("", it.spot().street())
                                                        + it.spot().name())))
                .toList();
    }

    private static Known known(Transaction tx, Aggregate location) {
        return new Known(
                Profile.spot(location.json()),
                AggregateTable.usersOf(tx, List.of(location.id())).size());
    }
}
