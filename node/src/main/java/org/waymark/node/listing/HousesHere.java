// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// All houses that organisations of this node hide, for what partners write: what names one is left
/// out of the copy that is kept, so no way out can give it away (safety rule 2). No page says so:
/// who then read the same listing at the partner would know which house it is. The organisation
/// that hides it finds it in its audit.
///
/// It comes back when the house is hidden no more and its owner says it again.
final class HousesHere {

    private static final String WORK = "listing-copies-houses";
    private static final int COPIES_AT_ONCE = 100;
    // 10 s: an import that hides many houses has the copies read once, not at each.
    private static final Duration REST = Duration.ofSeconds(10);

    /// @param hidden without what listings tell, which is much and rarely needed
    /// @param settled once something seemed to name one of them
    private record Houses(
            OrganizationId publisher,
            HiddenHouses hidden,
            AtomicReference<Optional<HiddenHouses>> settled) {

        Houses(OrganizationId publisher, HiddenHouses hidden) {
            this(publisher, hidden, new AtomicReference<>(Optional.empty()));
        }

        HiddenHouses settled(Transaction tx) {
            var known = settled.get();
            if (known.isEmpty()) {
                known = Optional.of(HiddenHouses.settled(tx, publisher));
                settled.set(known);
            }
            return known.get();
        }
    }

    private record Known(Optional<List<Houses>> houses) {}

    private final Database database;
    private final Work work;
    private final Directory directory;
    private final Audit audit;
    private final Clock clock;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(Optional.empty()));

    HousesHere(Database database, Work work, Directory directory, Audit audit, Clock clock) {
        this.database = database;
        this.work = work;
        this.directory = directory;
        this.audit = audit;
        this.clock = clock;
        work.handle(WORK, _ -> lookAtAll());
        directory.whenOwnChanged(tx -> tx.afterCommit(this::forget));
    }

    /// Something was hidden, or may have been: copies that are here already are looked at soon.
    void changed(Transaction tx) {
        tx.afterCommit(this::forget);
        lookSoon(tx);
    }

    void lookSoon(Transaction tx) {
        work.schedule(tx, WORK, "all", clock.instant().plus(REST), "");
    }

    /// Takes out of a partner's service what names a house that is hidden here.
    ///
    /// @param partner what the service is called if its own name is taken out, and its provider's
    /// @return whether anything was
    boolean withhold(Transaction tx, ListingId copy, String partner, ObjectNode service) {
        var isAnything = false;
        for (var houses : houses(tx)) {
            if (houses.hidden().isEmpty()
                    || !Withholding.of(houses.hidden(), service.deepCopy(), partner)) {
                continue;
            }
            if (Withholding.of(houses.settled(tx), service, partner)) {
                isAnything = true;
                audit.record(tx, Acting.node(houses.publisher()), "copy-withhold", copy.toString());
            }
        }
        return isAnything;
    }

    private void forget() {
        known.set(new Known(Optional.empty()));
    }

    private List<Houses> houses(Transaction tx) {
        var before = known.get();
        if (before.houses().isPresent()) {
            return before.houses().get();
        }
        var read = new ArrayList<Houses>();
        for (var publisher : AggregateTable.publishersOf(tx, Aggregate.Type.LOCATION)) {
            read.add(new Houses(publisher, HiddenHouses.hidden(tx, publisher)));
        }
        // Not where something was hidden since: then the next one reads it.
        known.compareAndSet(before, new Known(Optional.of(List.copyOf(read))));
        return read;
    }

    private Handler.Result lookAtAll() {
        forget();
        var after = "";
        while (true) {
            var from = after;
            var some = database.read(tx -> ListingTable.listCopiesAfter(tx, from, COPIES_AT_ONCE));
            var naming = database.read(tx -> some.stream().filter(it -> isNaming(tx, it)).toList());
            if (!naming.isEmpty()) {
                database.run(tx -> naming.forEach(it -> withhold(tx, it)));
            }
            if (some.size() < COPIES_AT_ONCE) {
                return new Handler.Result.Done();
            }
            after = some.getLast().id().toString();
        }
    }

    private boolean isNaming(Transaction tx, ListingRow row) {
        var service = Document.parse(row.document());
        return houses(tx).stream()
                .filter(it -> !it.hidden().isEmpty())
                .filter(it -> Withholding.of(it.hidden(), service.deepCopy(), ""))
                .anyMatch(it -> Withholding.of(it.settled(tx), service.deepCopy(), ""));
    }

    private void withhold(Transaction tx, ListingRow seen) {
        var row = ListingTable.find(tx, seen.id()).filter(it -> it.version() == seen.version());
        if (row.isEmpty() || !(row.get().origin() instanceof Origin.Copy copy)) {
            return;
        }
        var service = Document.parse(row.get().document());
        if (withhold(tx, row.get().id(), copy.partner(), service)) {
            directory.keep(tx, List.of(), List.of(row.get().withDocument(service)));
        }
    }
}
