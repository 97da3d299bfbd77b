// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;

/// Writes down who acted, in the transaction of the act, and proves later that nothing of it was
/// touched.
///
/// Entries enter unchained, so that acts do not queue behind each other; [AuditChain] numbers and
/// seals them within a second.
public final class Audit {

    private static final Pattern ACTION = Pattern.compile("[a-z]+(-[a-z]+)*");

    private final Database database;
    private final AuditChain chain;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final AuditTable table = new AuditTable();

    public Audit(Database database, AuditChain chain, Clock clock, Supplier<UUID> ids) {
        this.database = database;
        this.chain = chain;
        this.clock = clock;
        this.ids = ids;
    }

    /// What a check of the whole chain found.
    public sealed interface Verdict {
        /// Every entry is what was written, and none is missing.
        record Intact(long entries) implements Verdict {}

        record Broken(long number, Fault fault) implements Verdict {}

        enum Fault {
            /// The entry with this number, or the order around it, was changed.
            CHANGED,
            /// The entry with this number is gone.
            MISSING,
            /// All entries from this number on are gone.
            TRUNCATED,
            /// The mark that says where old entries were erased, up to this number, is not ours.
            FORGED_MARK
        }
    }

    /// Records one act. It stands when the caller's transaction does.
    public void record(Transaction tx, Acting acting, String action, String record) {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("Not an action: " + action);
        }
        table.add(tx, new AuditEntry(ids.get(), clock.instant(), acting, action, record));
        tx.afterCommit(chain::wake);
    }

    /// Everything recorded about one record, oldest first.
    public List<AuditEntry> list(Transaction tx, String record) {
        return table.listFor(tx, record);
    }

    /// Seals what waits, for a check that leaves nothing out.
    ///
    /// @return how many entries were sealed
    public int sealWaiting() {
        return chain.sealWaiting();
    }

    /// Erases entries that were written before a moment, and leaves a sealed mark where they ended.
    /// What does not stand the check is not erased: pruning hides nothing.
    ///
    /// @return how many were erased
    public int prune(Instant before) {
        return chain.prune(before);
    }

    /// The newest entries of an organisation, the newest first.
    public List<AuditEntry> listNewest(Transaction tx, OrganizationId organization, int atMost) {
        return table.listNewest(tx, organization, atMost);
    }

    /// Up to which number entries were erased because their time was over; 0 when none were.
    public long prunedTo() {
        return database.read(tx -> table.checkpoint(tx).map(it -> it.end().number()).orElse(0L));
    }

    /// Checks every sealed entry against its seal and against the last link that the key folder
    /// remembers.
    public Verdict verify() {
        return database.read(chain::verify);
    }
}
