// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
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

    /// The act of accepting what a check found.
    static final String ACCEPTED = "audit-finding-accepted";

    public enum Fault {
        /// This entry, or the order around it, was changed.
        CHANGED,
        /// These entries are gone.
        MISSING,
        /// All entries from the first on are gone.
        TRUNCATED,
        /// The mark that says where old entries were erased, up to this number, is not ours.
        FORGED_MARK,
        /// A partner keeps an end of this chain that the chain does not have: it was cut off or
        /// written anew, and the key folder with it.
        NOT_AS_KEPT
    }

    /// Why somebody lives with what a check found. Names are message keys in lower case.
    public enum Reason {
        /// Entries written after the backup were lost when it was put back.
        BACKUP_RESTORED,
        STORAGE_DAMAGED,
        /// Somebody touched the database; it was dealt with as a breach.
        TAMPERED,
        UNKNOWN;

        /// As it stands in the chain and on command lines.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Reason> find(String word) {
            return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
        }
    }

    /// An end of this chain that somebody else keeps.
    ///
    /// @param at when this node said so
    /// @param keeper who keeps it, as people call them
    public record Claim(String digest, Instant at, String keeper) {}

    /// One thing that a check found.
    ///
    /// @param print tells it from whatever is found there when somebody touches it once more
    /// @param claim what a partner keeps; there for [Fault#NOT_AS_KEPT], which has no numbers
    /// @param accepted by whom and why it was accepted; itself an entry of the chain
    public record Finding(
            Fault fault,
            long first,
            long last,
            String print,
            Optional<Claim> claim,
            Optional<Acceptance> accepted) {

        /// The name of this finding, for accepting it.
        public String key() {
            var kind =
                    switch (fault) {
                        case CHANGED -> "changed";
                        // Cut off at the end now is missing in the middle tomorrow.
                        case MISSING, TRUNCATED -> "missing";
                        case FORGED_MARK -> "forged-mark";
                        case NOT_AS_KEPT -> "not-as-kept";
                    };
            return kind + " " + first + "-" + last + " " + print;
        }

        Finding with(Optional<Acceptance> acceptance) {
            return new Finding(fault, first, last, print, claim, acceptance);
        }
    }

    /// Somebody knows of a finding, and said why the rest stands all the same.
    public record Acceptance(String finding, Reason reason, Acting by, Instant at) {

        static Optional<Acceptance> of(AuditEntry entry) {
            var end = entry.record().lastIndexOf(' ');
            return entry.action().equals(ACCEPTED) && end > 0
                    ? Reason.find(entry.record().substring(end + 1))
                            .map(
                                    it ->
                                            new Acceptance(
                                                    entry.record().substring(0, end),
                                                    it,
                                                    entry.acting(),
                                                    entry.recordedAt()))
                    : Optional.empty();
        }
    }

    /// What a check of the whole chain found: nothing, when every entry is what was written and
    /// none is missing.
    ///
    /// @param last the number of the last entry
    /// @param findings all that is accepted, and the first of the rest
    /// @param unlisted the first number of what was found beyond these
    public record Verdict(long last, List<Finding> findings, OptionalLong unlisted) {

        /// What nobody has accepted.
        public List<Finding> open() {
            return findings.stream().filter(it -> it.accepted().isEmpty()).toList();
        }

        /// Whether everything stands, but for what somebody has accepted.
        public boolean stands() {
            return open().isEmpty() && unlisted.isEmpty();
        }

        /// The first number that must not be pruned.
        long standsBefore() {
            return LongStream.concat(open().stream().mapToLong(Audit::wall), unlisted.stream())
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    private static long wall(Finding finding) {
        return switch (finding.fault()) {
            case CHANGED, MISSING, TRUNCATED -> finding.first();
            // Nobody knows where.
            case FORGED_MARK, NOT_AS_KEPT -> 0;
        };
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
    /// remembers, to the end, whatever it finds on the way.
    public Verdict verify() {
        return chain.verify();
    }

    /// What the end of the chain is now, for somebody else to keep.
    ///
    /// @param number which one it is for that keeper, from 1 on
    public StatedHead state(long number) {
        chain.sealWaiting();
        return chain.state(number);
    }

    /// Remembers what a keeper says it has of us: from now on every check looks for it in the
    /// chain.
    ///
    /// @param keeper as people call them
    /// @return false when this node never said it
    public boolean claim(Transaction tx, StatedHead head, String keeper) {
        if (!chain.isOurs(head)) {
            return false;
        }
        AuditClaimTable.add(tx, new Claim(head.digest(), head.at(), keeper));
        return true;
    }

    /// Writes into the chain that somebody knows of what a check found, and why; from then on the
    /// check stands in spite of it, and pruning goes past it. Whoever touches it once more makes
    /// another finding of it.
    ///
    /// @param finding [Finding#key()]
    /// @return false when nothing of that name waits
    public boolean accept(Acting acting, String finding, Reason reason) {
        sealWaiting();
        if (verify().open().stream().noneMatch(it -> it.key().equals(finding))) {
            return false;
        }
        database.run(tx -> record(tx, acting, ACCEPTED, finding + " " + reason.word()));
        sealWaiting();
        return true;
    }
}
