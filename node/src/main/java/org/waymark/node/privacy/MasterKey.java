// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one key that opens all other keys of the node. Created at `init`, printed as the recovery
/// sheet, never in a backup.
///
/// It lies in the key folder, or only in memory while somebody is signed in ([StaffKeys]). While it
/// is locked, whatever needs it throws [LockedException]. Safe for use by many threads.
public final class MasterKey {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);

    private static final String FILE = "master.key";
    // Says that the key is away on purpose.
    private static final String LOCKED = "master.locked";

    private record Opened(byte[] key, Cipher cipher) {}

    private final KeyFolder folder;
    // Locking waits for nobody who does more than write a file.
    private final Object folderMonitor = new Object();
    private final List<Runnable> whenLocked = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenOpened = new CopyOnWriteArrayList<>();
    private volatile Optional<Opened> opened;

    private MasterKey(KeyFolder folder, Optional<byte[]> key) {
        this.folder = folder;
        this.opened = key.map(it -> new Opened(it, new Cipher(it)));
    }

    /// Creates the key of a new node.
    ///
    /// @throws IllegalStateException when the folder has one: a second would make everything under
    ///   the first unreadable
    public static MasterKey create(KeyFolder folder, SecureRandom random) {
        if (folder.holds(FILE) || isAwayOnPurpose(folder)) {
            throw new IllegalStateException("The key folder already holds a master key");
        }
        var key = new byte[Cipher.KEY_BYTES];
        random.nextBytes(key);
        folder.write(FILE, key);
        return new MasterKey(folder, Optional.of(key));
    }

    /// Locked when the key is away on purpose.
    ///
    /// @throws IllegalStateException when the folder has none, and none of the staff has
    public static MasterKey open(KeyFolder folder) {
        var key = folder.read(FILE);
        if (key.isPresent() && (folder.holds(LOCKED) || isZeros(key.get()))) {
            // The power went while it was being locked.
            LOG.error(
                    "The master key lay in a folder that was locked, and is destroyed there. Bring"
                            + " it back by the recovery sheet: waymark unlock");
            folder.destroy(FILE);
            key = Optional.empty();
        }
        if (key.isEmpty() && !isAwayOnPurpose(folder)) {
            throw new IllegalStateException(
                    "The key folder holds no master key: run waymark init,"
                            + " or bring it back by the recovery sheet: waymark unlock");
        }
        return new MasterKey(folder, key);
    }

    private static boolean isZeros(byte[] key) {
        return Arrays.equals(key, new byte[key.length]);
    }

    private static boolean isAwayOnPurpose(KeyFolder folder) {
        return folder.holds(LOCKED) || !folder.list(StaffKeys.FOLDER).isEmpty();
    }

    public boolean isOpen() {
        return opened.isPresent();
    }

    /// Whether the key lies in the key folder as it is, so that whoever takes the folder has it.
    public boolean liesInFolder() {
        return folder.holds(FILE);
    }

    /// Names what forgets its own keys when this one is locked. Call before the node serves.
    public void whenLocked(Runnable forget) {
        whenLocked.add(forget);
    }

    /// Names what goes on when this one is opened.
    public void whenOpened(Runnable goOn) {
        whenOpened.add(goOn);
    }

    /// Forgets the key, and everything that was opened with it, whatever lies in the folder. Waits
    /// for nobody.
    public void forget() {
        forgetKey();
        whenLocked.forEach(MasterKey::runAnyway);
    }

    private void forgetKey() {
        var before = opened;
        opened = Optional.empty();
        before.ifPresent(it -> Arrays.fill(it.key(), (byte) 0));
    }

    /// [#forget()], and takes the key out of its folder before anything else is done. Until
    /// [#isHeldByStaff()] only the recovery sheet opens it, or who holds it already.
    public void lock() {
        forgetKey();
        try {
            synchronized (folderMonitor) {
                try {
                    isHeldByNobody();
                } finally {
                    // On a full disk, too.
                    folder.destroy(FILE);
                }
            }
        } finally {
            forget();
        }
    }

    // One that fails must not keep the others from it.
    private static void runAnyway(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException e) {
            LOG.error("Something did not follow the keys", e);
        }
    }

    /// Takes the key out of the folder; it stays in memory until [#forget()].
    public void takeFromFolder() {
        synchronized (folderMonitor) {
            folder.destroy(FILE);
        }
    }

    /// Opens it with the same key, in memory only. The caller has seen that it fits.
    public void openWith(MasterKey other) {
        open(other.key());
    }

    void open(byte[] key) {
        if (isZeros(key)) {
            throw new DamagedException();
        }
        opened = Optional.of(new Opened(key, new Cipher(key)));
        whenOpened.forEach(MasterKey::runAnyway);
    }

    /// Puts the key into the folder, for a node that opens it by itself.
    public void keepInFolder() {
        synchronized (folderMonitor) {
            // First: a key beside it would be destroyed at the next start.
            folder.destroy(LOCKED);
            if (!folder.holds(FILE)) {
                folder.write(FILE, key());
            }
        }
    }

    /// Some of the staff can open it.
    public void isHeldByStaff() {
        synchronized (folderMonitor) {
            folder.destroy(LOCKED);
        }
    }

    /// Only the recovery sheet opens it now.
    void isHeldByNobody() {
        synchronized (folderMonitor) {
            folder.write(LOCKED, new byte[0]);
        }
    }

    /// For a stopped node whose master key is gone and which staff open: it starts locked.
    ///
    /// @throws IllegalStateException when the key lies in the folder
    public static void startLocked(KeyFolder folder) {
        if (folder.holds(FILE)) {
            throw new IllegalStateException("The key folder already holds a master key");
        }
        folder.write(LOCKED, new byte[0]);
    }

    /// Whether this key opens what lies in the folder under it. With nothing there it does.
    public boolean opensFolder() {
        try {
            folder.read(AuditChain.KEY_FILE).ifPresent(it -> unwrap(AuditChain.KEY_FILE, it));
            for (var month : folder.list(CaseKeys.KEY_ENCRYPTION_FOLDER)) {
                var name = CaseKeys.KEY_ENCRYPTION_FOLDER + "/" + month;
                folder.read(name).ifPresent(it -> unwrap(name, it));
            }
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    byte[] key() {
        var open = opened();
        var key = open.key().clone();
        // Forgetting overwrites it, maybe while it was copied.
        if (opened.filter(it -> it == open).isEmpty()) {
            throw new LockedException();
        }
        return key;
    }

    private Opened opened() {
        return opened.orElseThrow(LockedException::new);
    }

    /// Encrypts another secret under this key.
    ///
    /// @param use what the secret is for; it must be the same when it is unwrapped
    /// @throws LockedException while it is locked
    public byte[] wrap(String use, byte[] secret) {
        return opened().cipher().encrypt(secret, Cipher.context("wrap-1", use));
    }

    /// @throws DamagedException when the bytes were not wrapped by this key for this use
    /// @throws LockedException while it is locked
    public byte[] unwrap(String use, byte[] wrapped) {
        return opened().cipher().decrypt(wrapped, Cipher.context("wrap-1", use));
    }

    /// The text to print and keep in a safe.
    public String recoverySheet(URI node) {
        return RecoverySheet.write(node, key());
    }

    /// The key of a sheet, to look whether it fits before it is used.
    ///
    /// @throws IllegalArgumentException when a line is mistyped, naming the line
    public static MasterKey read(KeyFolder folder, String sheet) {
        return new MasterKey(folder, Optional.of(RecoverySheet.read(sheet)));
    }

    /// Brings the key back from its printed sheet into a folder without it.
    ///
    /// @throws IllegalArgumentException when a line is mistyped, naming the line
    public static MasterKey recover(KeyFolder folder, String sheet) {
        var key = read(folder, sheet);
        if (folder.holds(FILE)) {
            throw new IllegalStateException("The key folder already holds a master key");
        }
        key.keepInFolder();
        return key;
    }
}
