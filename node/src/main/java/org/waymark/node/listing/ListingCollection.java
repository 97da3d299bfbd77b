// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.SharedListing.State;
import org.waymark.node.page.Languages;
import org.waymark.node.privacy.OrganizationId;

/// The public listings of our organisations as anyone may read them: one by one, and as a
/// collection, newest change first, with tombstones for what was called back. Nothing that was
/// never public is named.
public final class ListingCollection {

    // 25 listings of at most some 20 kB each stay below the 1 MB that a partner accepts.
    private static final int PAGE_SIZE = 25;

    private final Database database;
    private final BaseUrl baseUrl;
    private final ListingNote notes;
    private final String restoreId;

    /// @param restoreId of the database; cursors of another one begin anew
    public ListingCollection(
            Database database,
            BaseUrl baseUrl,
            Languages languages,
            OurProofs proofs,
            String restoreId) {
        this.database = database;
        this.baseUrl = baseUrl;
        this.notes = new ListingNote(baseUrl, languages, proofs);
        this.restoreId = restoreId;
    }

    /// What a machine finds at the address of a listing.
    sealed interface Found {
        record Present(byte[] document) implements Found {}

        record Gone(byte[] tombstone) implements Found {}

        record Missing() implements Found {}
    }

    Found find(ListingId id) {
        return database.read(
                tx -> {
                    var shared = SharedListingTable.find(tx, id);
                    if (shared.flatMap(SharedListing::publicSince).isEmpty()) {
                        return new Found.Missing();
                    }
                    var draft = draft(tx, shared.get());
                    return isPresent(draft)
                            ? new Found.Present(draft.bytes())
                            : new Found.Gone(draft.bytes());
                });
    }

    /// The collection, or what changed in it since a cursor.
    ///
    /// @param query the address as asked for, which is its id
    byte[] collection(LocalActor actor, Optional<String> since) {
        var organization = actor.organization().orElseThrow();
        return database.read(
                tx -> {
                    var from =
                            since.flatMap(Cursor::parse)
                                    .filter(it -> it.restoreId().equals(restoreId))
                                    // One from a future that was lost says nothing.
                                    .filter(it -> it.since() <= ListingTable.lastChange(tx))
                                    .orElse(Cursor.since(restoreId, 0));
                    var newest = SharedListingTable.list(tx, organization, from, 1);
                    var id = address(actor, "since", since);
                    var draft =
                            Draft.of("OrderedCollection", id)
                                    .set("attributedTo", actor.id())
                                    .set(
                                            "totalItems",
                                            SharedListingTable.countPublic(tx, organization));
                    if (!newest.isEmpty()) {
                        var number = newest.getFirst().changeNumber();
                        draft.set("first", page(actor, from))
                                .set("waymark:cursor", Cursor.since(restoreId, number).toString());
                    }
                    return draft.bytes();
                });
    }

    /// One page; empty when the cursor is none of ours.
    Optional<byte[]> page(LocalActor actor, String cursor) {
        return Cursor.parse(cursor)
                .filter(it -> it.restoreId().equals(restoreId))
                .map(it -> database.read(tx -> page(tx, actor, it)));
    }

    /// The same as an ordinary outbox: each public listing as the `Create` of a post.
    byte[] outbox(LocalActor actor) {
        var organization = actor.organization().orElseThrow();
        return database.read(
                tx -> {
                    var start = Cursor.since(restoreId, 0);
                    var draft =
                            Draft.of("OrderedCollection", actor.below("/outbox"))
                                    .set(
                                            "totalItems",
                                            SharedListingTable.countPublic(tx, organization));
                    return draft.set("first", outboxPage(actor, start)).bytes();
                });
    }

    /// One page of it; empty when the cursor is none of ours. What went is left out, so a page may
    /// be short.
    Optional<byte[]> outboxPage(LocalActor actor, String cursor) {
        return Cursor.parse(cursor)
                .filter(it -> it.restoreId().equals(restoreId))
                .map(it -> database.read(tx -> outboxPage(tx, actor, it)));
    }

    private byte[] outboxPage(Transaction tx, LocalActor actor, Cursor cursor) {
        var organization = actor.organization().orElseThrow();
        var shared = SharedListingTable.list(tx, organization, cursor, PAGE_SIZE);
        var items = JsonNodeFactory.instance.arrayNode();
        shared.stream()
                .map(it -> draft(tx, it))
                .filter(ListingCollection::isPresent)
                .forEach(it -> items.add(create(actor, it.json())));
        var draft =
                Draft.of("OrderedCollectionPage", outboxPage(actor, cursor))
                        .set("partOf", actor.below("/outbox"))
                        .set("orderedItems", items);
        if (shared.size() == PAGE_SIZE) {
            var last = shared.getLast();
            draft.set("next", outboxPage(actor, cursor.before(last.changeNumber(), last.id())));
        }
        return draft.bytes();
    }

    private static ObjectNode create(LocalActor actor, ObjectNode note) {
        var id = note.path("id").asText();
        return Draft.activity("Create", URI.create(id + "#create"), actor.id())
                .set("published", note.path("published"))
                .to(Contexts.PUBLIC)
                .cc(actor.below("/followers"))
                .set("object", note)
                .json();
    }

    private static URI outboxPage(LocalActor actor, Cursor cursor) {
        return URI.create(actor.below("/outbox") + "?page=" + cursor);
    }

    private byte[] page(Transaction tx, LocalActor actor, Cursor cursor) {
        OrganizationId organization = actor.organization().orElseThrow();
        var shared = SharedListingTable.list(tx, organization, cursor, PAGE_SIZE);
        var items = JsonNodeFactory.instance.arrayNode();
        shared.forEach(it -> items.add(draft(tx, it).json()));
        var draft =
                Draft.of("OrderedCollectionPage", page(actor, cursor))
                        .set("partOf", actor.below("/listings"))
                        .set("orderedItems", items);
        if (shared.size() == PAGE_SIZE) {
            var last = shared.getLast();
            draft.set("next", page(actor, cursor.before(last.changeNumber(), last.id())));
        }
        return draft.bytes();
    }

    // Asked again by row: what was withdrawn a moment ago is gone already.
    private Draft draft(Transaction tx, SharedListing shared) {
        var row =
                ListingTable.find(tx, shared.id())
                        .filter(it -> SharedListing.stateOf(it) == State.PUBLIC);
        var publisher = baseUrl.resolve("/o/" + shared.publisher());
        return row.map(
                        it ->
                                notes.toAll(
                                        it,
                                        publisher,
                                        shared.publicSince().orElse(shared.changedAt())))
                .orElseGet(
                        () ->
                                ListingNote.tombstone(
                                        baseUrl.resolve("/s/" + shared.id()),
                                        shared.changedAt(),
                                        version(tx, shared)));
    }

    private static long version(Transaction tx, SharedListing shared) {
        return ListingTable.find(tx, shared.id()).map(ListingRow::version).orElse(Long.MAX_VALUE);
    }

    private static boolean isPresent(Draft draft) {
        ObjectNode json = draft.json();
        return json.path("type").asText().equals("Note");
    }

    private static URI page(LocalActor actor, Cursor cursor) {
        return address(actor, "page", Optional.of(cursor.toString()));
    }

    private static URI address(LocalActor actor, String parameter, Optional<String> value) {
        var listings = actor.below("/listings");
        return value.map(it -> URI.create(listings + "?" + parameter + "=" + it)).orElse(listings);
    }
}
