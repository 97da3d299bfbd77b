// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Listings that look like one: the same name with the same phone, address or web page, own ones
/// and copies from partners. A person says whether they are; nothing is put together by itself.
public final class Twins {

    /// What two listings have in common besides their name.
    public enum Reason {
        PHONE,
        ADDRESS,
        URL
    }

    /// Two listings that may be one.
    public record Pair(Listing one, Listing other, Reason reason) {}

    private static final String WORK = "listing-twins";
    private static final String MERGE = "listing-merge";
    private static final int ROWS_AT_ONCE = 200;
    private static final int MOST_SHOWN = 50;
    // 5: a chain with the same name and number at every branch is no mistake.
    private static final int MOST_ALIKE = 5;

    private final Database database;
    private final Work work;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final Listings listings;
    private final Closings closings;
    private final Clock clock;

    public Twins(
            Database database,
            Work work,
            org.waymark.node.account.Access access,
            Audit audit,
            Listings listings,
            Closings closings,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.access = access;
        this.audit = audit;
        this.listings = listings;
        this.closings = closings;
        this.clock = clock;
        work.handle(WORK, this::look);
    }

    /// Looks for twins in all listings soon: after an import, or when staff ask.
    public void look(Acting acting) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    private Handler.Result look(Job job) {
        var alike = new HashMap<String, List<UUID>>();
        var from = "";
        while (true) {
            var after = from;
            var rows = database.read(tx -> ListingTable.listShown(tx, after, ROWS_AT_ONCE));
            rows.forEach(
                    row ->
                            keys(row)
                                    .forEach(
                                            key ->
                                                    alike.computeIfAbsent(
                                                                    key, _ -> new ArrayList<>(1))
                                                            .add(row.id().value())));
            if (rows.size() < ROWS_AT_ONCE) {
                break;
            }
            from = rows.getLast().id().toString();
        }
        var known = database.read(TwinTable::keys);
        var found = new ArrayList<TwinTable.Pair>();
        alike.forEach(
                (key, ids) -> {
                    for (int i = 0; i < ids.size() && ids.size() <= MOST_ALIKE; i++) {
                        for (var other : ids.subList(i + 1, ids.size())) {
                            var reason = Reason.valueOf(key.substring(0, key.indexOf(' ')));
                            var pair = TwinTable.Pair.of(ids.get(i), other, reason);
                            if (known.add(pair.key())) {
                                found.add(pair);
                            }
                        }
                    }
                });
        for (int at = 0; at < found.size(); at += ROWS_AT_ONCE) {
            var some = found.subList(at, Math.min(found.size(), at + ROWS_AT_ONCE));
            database.run(tx -> TwinTable.add(tx, some, clock.instant()));
        }
        return new Handler.Result.Done();
    }

    /// What twins have in common, each with the name; short, for there may be many.
    private static Set<String> keys(ListingRow row) {
        var json = Document.parse(row.document());
        var name = row.foldedName();
        var keys = new HashSet<String>();
        phones(json, name, keys);
        for (var at : Document.objects(json, "service_at_locations")) {
            phones(at, name, keys);
            phones(at.path("location"), name, keys);
            for (var address : Document.objects(at.path("location"), "addresses")) {
                var street = folded(address.path("address_1").asText());
                if (!street.isEmpty()) {
                    keys.add(
                            key(
                                    Reason.ADDRESS,
                                    name,
                                    street + folded(address.path("city").asText())));
                }
            }
        }
        Document.text(json, "url")
                .ifPresent(
                        url ->
                                keys.add(
                                        key(
                                                Reason.URL,
                                                name,
                                                url.toLowerCase(Locale.ROOT)
                                                        .replaceFirst("^https?://(www\\.)?", "")
                                                        .replaceFirst("[/?#]+$", ""))));
        return keys;
    }

    private static void phones(JsonNode owner, String name, Set<String> keys) {
        for (var phone : Document.objects(owner, "phones")) {
            var digits = phone.path("number").asText().replaceAll("\\D", "");
            if (digits.length() >= 6) {
                // The end of it: some write the country before it, others a zero.
                keys.add(
                        key(
                                Reason.PHONE,
                                name,
                                digits.substring(Math.max(0, digits.length() - 8))));
            }
        }
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    private static String key(Reason reason, String name, String text) {
        return reason + " " + Document.sha256(name + "\0" + text).substring(0, 24);
    }

    /// The pairs that wait for a person, own listings of the acting organisation among them.
    public List<Pair> list(Acting acting) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx ->
                        TwinTable.listOpen(tx, acting.organization(), MOST_SHOWN).stream()
                                .flatMap(pair -> pair(tx, acting, pair).stream())
                                .toList());
    }

    private static Optional<Pair> pair(Transaction tx, Acting acting, TwinTable.Pair pair) {
        var rows = ListingTable.listByIds(tx, Set.of(pair.one(), pair.other()));
        return seen(acting, rows, pair.one())
                .flatMap(
                        one ->
                                seen(acting, rows, pair.other())
                                        .map(other -> new Pair(one, other, pair.reason())));
    }

    /// Own ones, and of others only what everybody here may see.
    private static Optional<Listing> seen(Acting acting, Map<UUID, ListingRow> rows, UUID id) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.status() != Status.DEFUNCT)
                .filter(
                        row ->
                                row.origin().equals(new Origin.Own(acting.organization()))
                                        || (row.review().isPublished()
                                                && row.reach() == Reach.PUBLIC))
                .map(Profile::read);
    }

    /// They are two. They are not suggested again.
    public boolean dismiss(Acting acting, UUID one, UUID other) {
        return decide(acting, one, other, "DISMISSED");
    }

    /// What came of saying that two are one.
    public enum Merged {
        DONE,
        /// People wait at the one that would close: decide about them there first.
        PEOPLE_WAIT,
        NOT_FOUND
    }

    /// Something that only the listing that closes says.
    ///
    /// @param kind `choice`, `situation`, `text`, `value`, `phone`, `schedule`, `language`,
    ///   `place`, `contact`, `term` or `list`
    /// @param language of a text; may be empty
    /// @param instead what the other one says there now; empty where it says nothing
    public record Piece(
            String key, String kind, String member, String language, String words, String instead) {

        private static final Set<String> WARNINGS =
                Set.of("kind", "may_have_to_report", "name_needed", "papers_needed");

        /// Whether it warns people and tells nothing of where a house is.
        boolean isWarning() {
            return kind.equals("choice") && WARNINGS.contains(member);
        }

        /// Whether it goes into the other one unless a person says no: what that one does not say,
        /// and of two warnings the stronger.
        public boolean isSuggested() {
            return instead.isBlank()
                    || isWarning() && (member.equals("kind") || words.equals("yes"));
        }
    }

    /// A merge before it is done.
    ///
    /// @param pieces that the listing that stays can be given
    /// @param isTheirs it is a partner's: nothing can be put into it
    /// @param isNarrower the one that closes is shown to fewer people, or less precisely: nothing
    ///   of it but a warning is put where more people read it
    public record Offer(
            Listing keep,
            Listing close,
            List<Piece> pieces,
            boolean isTheirs,
            boolean isNarrower) {}

    /// What becomes of two that are one, to choose from.
    public Optional<Offer> offer(Acting acting, UUID keep, UUID close) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx -> {
                    var rows = ListingTable.listByIds(tx, Set.of(keep, close));
                    var stays = seen(acting, rows, keep);
                    var goes = seen(acting, rows, close).filter(it -> isOwn(acting, it));
                    if (stays.isEmpty() || goes.isEmpty() || !TwinTable.isOpen(tx, keep, close)) {
                        return Optional.empty();
                    }
                    var theirs = !isOwn(acting, stays.get());
                    var narrower = isNarrower(goes.get(), stays.get());
                    var pieces = List.<Piece>of();
                    if (!theirs) {
                        var all = pieces(tx, service(tx, keep), service(tx, close));
                        all.kind(stays.get().kind(), goes.get().kind());
                        pieces =
                                all.list().stream()
                                        .filter(it -> !narrower || it.isWarning())
                                        .toList();
                    }
                    return Optional.of(
                            new Offer(stays.get(), goes.get(), pieces, theirs, narrower));
                });
    }

    private static boolean isOwn(Acting acting, Listing listing) {
        return listing.origin().equals(new Origin.Own(acting.organization()));
    }

    private static boolean isNarrower(Listing one, Listing than) {
        return one.reach().raisesTo(than.reach())
                || one.place().raisesTo(than.place())
                || !one.review().isPublished();
    }

    private static Aggregate service(Transaction tx, UUID id) {
        return AggregateTable.find(tx, id).orElseThrow();
    }

    private static TwinPieces pieces(Transaction tx, Aggregate into, Aggregate from) {
        var ids = new HashSet<>(into.parts());
        ids.addAll(from.parts());
        return new TwinPieces(into.json(), from.json(), AggregateTable.listByIds(tx, ids));
    }

    /// They are one: closes the own listing `close` in favour of the other one, which is given what
    /// was chosen, also when people wait and nothing closes yet. What was not is in the history of
    /// the one that closed.
    ///
    /// @param chosen keys of pieces of [#offer]
    public Merged merge(Acting acting, UUID keep, UUID close, Set<String> chosen) {
        if (offer(acting, keep, close).isEmpty()) {
            return Merged.NOT_FOUND;
        }
        return switch (closings.close(
                acting,
                new ListingId(close),
                Map.of(),
                tx -> {
                    give(tx, acting, keep, close, chosen);
                    decide(tx, acting, TwinTable.Pair.of(keep, close, Reason.PHONE), "MERGED");
                })) {
            case Closings.Closing.Closed _ -> Merged.DONE;
            case Closings.Closing.Undecided _, Closings.Closing.OthersMustDecide _ -> {
                // It is closed on a page of its own, which knows nothing of the other one.
                database.run(tx -> give(tx, acting, keep, close, chosen));
                yield Merged.PEOPLE_WAIT;
            }
            case Closings.Closing.NotFound _ -> Merged.NOT_FOUND;
        };
    }

    private void give(Transaction tx, Acting acting, UUID keep, UUID close, Set<String> chosen) {
        var rows = ListingTable.listByIds(tx, Set.of(keep, close));
        var stays = seen(acting, rows, keep).filter(it -> isOwn(acting, it));
        var goes = Optional.ofNullable(rows.get(close)).map(Profile::read);
        if (stays.isEmpty() || goes.isEmpty()) {
            return;
        }
        var before = Snapshot.find(tx, stays.get().id());
        var service = service(tx, keep);
        var pieces = pieces(tx, service, service(tx, close));
        var kind = pieces.kind(stays.get().kind(), goes.get().kind()).filter(chosen::contains);
        var narrower = isNarrower(goes.get(), stays.get());
        var given =
                pieces.list().stream()
                        .filter(it -> !narrower || it.isWarning())
                        .map(Piece::key)
                        .filter(chosen::contains)
                        .collect(Collectors.toSet());
        if (given.isEmpty()) {
            return;
        }
        pieces.take(given);
        listings.directory().store(tx, List.of(service));
        // New words may give new reasons for caution.
        listings.directory()
                .publish(
                        tx,
                        List.of(service),
                        (it, parts, row) -> {
                            var ruling = Directory.asBefore(it, parts, row);
                            return kind.isEmpty() || ruling.kind() == Kind.ENFORCEMENT
                                    ? ruling
                                    : new Ruling(
                                            goes.get().kind(),
                                            ruling.reach(),
                                            ruling.place(),
                                            ruling.review());
                        });
        audit.record(tx, acting, MERGE, keep.toString());
        listings.remembering()
                .remember(tx, acting, stays.get().id(), MERGE, Optional.empty(), before);
    }

    private boolean decide(Acting acting, UUID some, UUID more, String state) {
        access.require(acting, Right.EDIT_LISTINGS);
        var pair = TwinTable.Pair.of(some, more, Reason.PHONE);
        return database.write(
                tx ->
                        ListingTable.listByIds(tx, Set.of(some, more)).values().stream()
                                        .anyMatch(
                                                row ->
                                                        row.origin()
                                                                .equals(
                                                                        new Origin.Own(
                                                                                acting
                                                                                        .organization())))
                                && decide(tx, acting, pair, state));
    }

    private boolean decide(Transaction tx, Acting acting, TwinTable.Pair pair, String state) {
        var done = TwinTable.decide(tx, pair.one(), pair.other(), state) > 0;
        if (done) {
            audit.record(tx, acting, "listing-twins-" + state.toLowerCase(Locale.ROOT), pair.key());
        }
        return done;
    }
}
