// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.SharedListingTable.Shown;
import org.waymark.node.page.Languages;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;

/// The listings of our organisations as sums over buckets, and bucket by bucket, so that whoever
/// keeps copies finds with one request what differs. Nothing is in a bucket that never left: what
/// was shown can be called back.
public final class ListingDigests {

    static final String BUCKET = "waymark:bucket";
    static final String SUM = "waymark:sum";

    // 25 listings of at most some 20 kB each stay below the 1 MB that a partner accepts.
    private static final int PAGE_SIZE = 25;

    private final Database database;
    private final Agreements agreements;
    private final ListingNote notes;

    public ListingDigests(
            Database database,
            Agreements agreements,
            BaseUrl baseUrl,
            Languages languages,
            OurProofs proofs) {
        this.database = database;
        this.agreements = agreements;
        this.notes = new ListingNote(baseUrl, languages, proofs);
    }

    /// @param partner for whom; empty for everyone
    record View(LocalActor publisher, Optional<URI> partner) {

        /// The address of a digest or bucket.
        URI address(String bucket, String after) {
            var query = new StringBuilder("?bucket=").append(bucket);
            partner.ifPresent(it -> query.append("&with=").append(encoded(it)));
            if (!after.isEmpty()) {
                query.append("&after=").append(after);
            }
            return publisher.below("/listings/digest" + query);
        }
    }

    /// The address of a digest for one partner.
    static URI address(URI digest, URI partner) {
        var sign = digest.getRawQuery() == null ? "?" : "&";
        return URI.create(digest + sign + "with=" + encoded(partner));
    }

    private static String encoded(URI uri) {
        return URLEncoder.encode(uri.toString(), StandardCharsets.UTF_8);
    }

    /// Whether a partner may see more than everyone does.
    boolean isShownTo(LocalActor publisher, URI partner) {
        var organization = publisher.organization().orElseThrow();
        return database.read(tx -> agreements.receives(Acting.node(), tx, organization, partner));
    }

    /// One sum for each bucket that holds something.
    ///
    /// @param asked the address as asked for, which is the document's id
    byte[] sums(View view, URI asked) {
        var digest = new ListingDigest();
        var shown = database.read(tx -> shown(tx, view));
        shown.forEach(it -> digest.add(it.uri(), it.version()));
        var buckets = JsonNodeFactory.instance.arrayNode();
        digest.sums()
                .forEach(
                        (bucket, sum) ->
                                buckets.add(
                                        Draft.of("waymark:Bucket", view.address(bucket, ""))
                                                .set(BUCKET, bucket)
                                                .set(SUM, sum)
                                                .json()));
        return Draft.of("OrderedCollection", asked)
                .set("attributedTo", view.publisher().id())
                .set("totalItems", shown.size())
                .set("orderedItems", buckets)
                .bytes();
    }

    /// The listings of one bucket as they are now, by id.
    ///
    /// @param after the id of the last listing of the page before; empty at first
    byte[] bucket(View view, URI asked, String bucket, String after) {
        return database.read(
                tx -> {
                    var shown =
                            shown(tx, view).stream()
                                    .filter(it -> ListingDigest.bucket(it.uri()).equals(bucket))
                                    .filter(it -> it.id().toString().compareTo(after) > 0)
                                    .sorted(Comparator.comparing(it -> it.id().toString()))
                                    .limit(PAGE_SIZE)
                                    .toList();
                    var items = JsonNodeFactory.instance.arrayNode();
                    shown.forEach(it -> items.add(note(tx, view, it).json()));
                    var draft =
                            Draft.of("OrderedCollectionPage", asked)
                                    .set("partOf", view.publisher().below("/listings/digest"))
                                    .set("orderedItems", items);
                    if (shown.size() == PAGE_SIZE) {
                        var last = shown.getLast().id().toString();
                        draft.set("next", view.address(bucket, last));
                    }
                    return draft.bytes();
                });
    }

    private static List<Shown> shown(Transaction tx, View view) {
        var organization = view.publisher().organization().orElseThrow();
        return SharedListingTable.listShown(tx, organization, view.partner().isPresent());
    }

    private Draft note(Transaction tx, View view, Shown shown) {
        var row = ListingTable.find(tx, shown.id()).orElseThrow();
        var shared = SharedListingTable.find(tx, shown.id()).orElseThrow();
        var since = shared.publicSince().orElse(shared.changedAt());
        var publisher = view.publisher().id();
        return shown.isPublic()
                ? notes.toAll(row, publisher, since)
                : notes.toPartner(row, publisher, since, view.partner().orElseThrow());
    }
}
