// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.LockedException;
import org.waymark.node.privacy.LockedTime;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.StaffKeys;
import org.waymark.node.privacy.Unlocking;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Those of the staff who open the keys by signing in, and when the keys are locked again: when the
/// last of them is signed out, and at once on [#lock].
///
/// Where the node opens its keys by itself, nobody holds any, and only [#lock] does something.
public final class KeyHolders implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(KeyHolders.class);

    private static final String WORK = "key-locking";

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Work work;
    private final KeyFolder folder;
    private final MasterKey master;
    private final StaffKeys keys;
    private final Unlocking unlocking;
    private final Clock clock;
    // Opened by the sheet: until somebody has had time to sign in.
    private Instant openAnyway = Instant.MIN;

    public KeyHolders(
            Database database,
            Access access,
            Audit audit,
            Work work,
            KeyFolder folder,
            MasterKey master,
            StaffKeys keys,
            Unlocking unlocking,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.work = work;
        this.folder = folder;
        this.master = master;
        this.keys = keys;
        this.unlocking = unlocking;
        this.clock = clock;
        work.handle(WORK, this);
    }

    public boolean isLocked() {
        return !master.isOpen();
    }

    public Unlocking unlocking() {
        return unlocking;
    }

    /// Whether nothing but the recovery sheet would open them after [#lock].
    public boolean needsSheet() {
        return unlocking == Unlocking.SERVICE || database.read(this::holders).isEmpty();
    }

    /// Whether the master key lies in its folder, so that it opens for whoever takes the computer.
    public boolean opensByItself() {
        return master.liesInFolder();
    }

    /// At the start of a node: who was signed in before it ended opened keys that are gone, and
    /// where staff shall open the keys, somebody must sign in for the key to leave its folder.
    public void begin() {
        if (isLocked()) {
            LOG.warn("Locked: nothing about people can be read until it is opened");
        } else if (unlocking == Unlocking.STAFF) {
            LOG.warn(
                    "keys.unlock = staff has no effect yet: master.key lies in the key folder until"
                            + " somebody who works with requests signs in");
        }
        if (isLocked() || unlocking == Unlocking.STAFF) {
            database.run(SessionTable::removeEverybody);
        }
        noteTime();
        dropLeavers();
    }

    private void noteTime() {
        var now = clock.instant();
        if (isLocked()) {
            database.run(tx -> LockedTime.begin(tx, now));
        } else {
            database.run(tx -> LockedTime.end(tx, now));
        }
    }

    private void forget() {
        // First, whatever the database does.
        master.forget();
        noteTime();
    }

    /// What lies there for those who left, after a crash or from an older copy, would open the keys
    /// for them. The last that opens them stays until there is another.
    private synchronized void dropLeavers() {
        var staying = database.read(this::holders);
        if (!staying.isEmpty() || master.liesInFolder()) {
            keys.holders().stream()
                    .filter(it -> !staying.contains(it))
                    .forEach(it -> keys.keepOnly(it, Optional.empty()));
        }
    }

    /// Who opens the keys and still may.
    private Set<AccountId> holders(Transaction tx) {
        return keys.holders().stream()
                .filter(it -> mayHold(tx, it))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Somebody's password was right. Call it after the session is there.
    void signedIn(AccountId account, String password) {
        if (opens(account, password)) {
            // Beside the lock: much may have waited.
            work.resume();
        }
    }

    private synchronized boolean opens(AccountId account, String password) {
        if (unlocking == Unlocking.STAFF ? !mayHold(account) : keys.holders().isEmpty()) {
            return false;
        }
        var wasLocked = isLocked();
        var mine = keys.find(account, password);
        if (wasLocked && mine.isEmpty()) {
            return false;
        }
        if (wasLocked) {
            // First: whatever goes wrong afterwards, they are locked again.
            lookAt(clock.instant().plus(Sessions.IDLE));
            keys.open(mine.get());
            noteTime();
        }
        if (unlocking == Unlocking.SERVICE) {
            master.keepInFolder();
            keys.holders().forEach(it -> keys.keepOnly(it, Optional.empty()));
            return wasLocked;
        }
        openAnyway = Instant.MIN;
        // What lies there for an earlier password opens nothing for them, and must open nothing.
        var file = mine.map(StaffKeys.Found::file).orElseGet(() -> keys.give(account, password));
        keys.keepOnly(account, Optional.of(file));
        dropLeavers();
        if (master.liesInFolder()) {
            master.takeFromFolder();
        }
        lookAgain();
        return wasLocked;
    }

    private void lookAt(Instant moment) {
        database.run(tx -> work.schedule(tx, WORK, "", moment, ""));
    }

    /// Before a row forgets a password that somebody else replaces. While the keys are locked the
    /// old one opens nothing from now on; else it does until the new one stands.
    ///
    /// @return false when only the sheet would open them afterwards; then nothing was done
    synchronized boolean passwordGoes(AccountId account) {
        return !isLocked() || database.write(tx -> destroyUnlessLast(tx, account));
    }

    private boolean destroyUnlessLast(Transaction tx, AccountId account) {
        takeTurn(tx);
        if (isLast(tx, account)) {
            return false;
        }
        keys.keepOnly(account, Optional.empty());
        return true;
    }

    /// Before a new password of somebody stands in a row. While the keys are locked there is
    /// nothing to wrap.
    ///
    /// @return for [#passwordStands]
    /// @throws LockedException when they are locked and the old password opens them: the new one
    ///   would not
    synchronized Optional<String> passwordComes(AccountId account, String password) {
        if (isLocked() && keys.count(account) > 0) {
            throw new LockedException();
        }
        return unlocking == Unlocking.STAFF && !isLocked() && mayHold(account)
                ? Optional.of(keys.give(account, password))
                : Optional.empty();
    }

    /// After it stands: the old one opens nothing any more.
    synchronized void passwordStands(AccountId account, Optional<String> file) {
        // Without a new one beside it, the old one may be the last.
        if (file.isPresent() || master.liesInFolder()) {
            keys.keepOnly(account, file);
        }
        lookAgain();
    }

    /// Keeps others from asking [#isLast] until the transaction ends: of the last two who go at
    /// once, whatever organisations they work for, one comes second. Before any other row is taken.
    void takeTurn(Transaction tx) {
        if (isHeld()) {
            HostedOrganizationTable.lockFirst(tx);
        }
    }

    private boolean isHeld() {
        return unlocking == Unlocking.STAFF || isLocked();
    }

    /// Whether nobody else opens the keys. Take the turn first.
    boolean isLast(Transaction tx, AccountId account) {
        return isHeld() && holders(tx).equals(Set.of(account));
    }

    /// After roles or sessions were taken from somebody.
    synchronized void changed() {
        dropLeavers();
        lookAgain();
    }

    /// Locks the keys when none of their holders is signed in, and else looks again when the last
    /// session may have ended.
    synchronized void lookAgain() {
        if (unlocking == Unlocking.SERVICE || isLocked() || master.liesInFolder()) {
            return;
        }
        openUntil().ifPresentOrElse(this::lookAt, this::forget);
    }

    private Optional<Instant> openUntil() {
        var holders = keys.holders();
        var now = clock.instant();
        var sessions =
                database.read(SessionTable::list).stream()
                        .filter(it -> holders.contains(it.account()))
                        .map(Sessions::endOf)
                        .filter(now::isBefore)
                        .max(Comparator.naturalOrder());
        return openAnyway.isAfter(now) && sessions.filter(openAnyway::isBefore).isEmpty()
                ? Optional.of(openAnyway)
                : sessions;
    }

    @Override
    public synchronized Result run(Job job) {
        if (unlocking == Unlocking.SERVICE || isLocked() || master.liesInFolder()) {
            return new Result.Done();
        }
        var until = openUntil();
        if (until.isEmpty()) {
            forget();
            return new Result.Done();
        }
        return new Result.Again(until.get());
    }

    /// Whether somebody may lock the keys: what only the sheet undoes is for those who manage
    /// accounts.
    public boolean mayLock(Acting acting) {
        return access.may(acting, Right.MANAGE_ACCOUNTS)
                || !needsSheet()
                        && (access.may(acting, Right.SEE_REFERRALS)
                                || access.may(acting, Right.READ_COMPLAINTS));
    }

    /// Locks the keys now and signs everybody out. Afterwards staff open them by signing in, where
    /// they do; else the sheet does. Memory comes first, and waits for nobody.
    ///
    /// @param bySheetOnly no password opens them any more
    /// @return whether only the sheet opens them
    /// @throws Access.Denied for people who may not
    public boolean lock(Acting acting, boolean bySheetOnly) {
        if (!mayLock(acting)) {
            access.require(acting, Right.MANAGE_ACCOUNTS);
        }
        master.lock();
        return lockFolder(acting, bySheetOnly);
    }

    private synchronized boolean lockFolder(Acting acting, boolean bySheetOnly) {
        // Somebody may have signed in since.
        master.lock();
        openAnyway = Instant.MIN;
        var onlySheet = bySheetOnly;
        try {
            onlySheet = bySheetOnly || needsSheet();
            if (!onlySheet) {
                master.isHeldByStaff();
            }
        } finally {
            endEverything(acting, onlySheet);
        }
        return onlySheet;
    }

    private void endEverything(Acting acting, boolean onlySheet) {
        try {
            if (onlySheet) {
                keys.holders().forEach(it -> keys.keepOnly(it, Optional.empty()));
            }
        } finally {
            database.run(
                    tx -> {
                        SessionTable.removeEverybody(tx);
                        LockedTime.begin(tx, clock.instant());
                        audit.record(tx, acting, "keys-lock", onlySheet ? "sheet" : "staff");
                    });
        }
    }

    /// What came of opening the keys by the sheet.
    public enum Opened {
        DONE,
        /// They were not locked.
        NOT_LOCKED,
        OTHER_SHEET
    }

    /// Opens the keys by the recovery sheet; only the operator does this, by command. Where staff
    /// open them, somebody must sign in within two hours, else they are locked again.
    ///
    /// @param fits whether a key is this node's
    /// @throws IllegalArgumentException when a line is mistyped, naming the line
    public Opened unlock(Acting acting, String sheet, Predicate<MasterKey> fits) {
        access.requireNode(acting);
        var opened = open(acting, MasterKey.read(folder, sheet), fits);
        if (opened == Opened.DONE) {
            work.resume();
        }
        return opened;
    }

    private synchronized Opened open(Acting acting, MasterKey key, Predicate<MasterKey> fits) {
        if (!isLocked()) {
            return Opened.NOT_LOCKED;
        }
        if (!key.opensFolder() || !fits.test(key)) {
            return Opened.OTHER_SHEET;
        }
        openAnyway = clock.instant().plus(Sessions.IDLE);
        // First: whatever goes wrong afterwards, they are locked again.
        lookAt(openAnyway);
        master.openWith(key);
        if (unlocking == Unlocking.SERVICE) {
            master.keepInFolder();
        }
        noteTime();
        database.run(tx -> audit.record(tx, acting, "keys-unlock", "sheet"));
        lookAgain();
        return Opened.DONE;
    }

    private boolean mayHold(AccountId account) {
        return database.read(tx -> mayHold(tx, account));
    }

    /// Who reads what lies under the keys: requests, or complaints.
    private static boolean mayHold(Transaction tx, AccountId account) {
        return AccountTable.memberships(tx, account).stream().anyMatch(it -> holds(it.role()));
    }

    static boolean holds(Role role) {
        return role.rights().contains(Right.SEE_REFERRALS)
                || role.rights().contains(Right.READ_COMPLAINTS);
    }
}
