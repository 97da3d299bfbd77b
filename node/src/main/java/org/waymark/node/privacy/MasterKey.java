// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.net.URI;
import java.security.SecureRandom;

/// The one key that opens all other keys of the node. Created at `init`, printed as the recovery
/// sheet, never in a backup.
///
/// Safe for use by many threads.
public final class MasterKey {

    private static final String FILE = "master.key";

    private final byte[] key;
    private final Cipher cipher;

    private MasterKey(byte[] key) {
        this.key = key;
        this.cipher = new Cipher(key);
    }

    /// Creates the key of a new node.
    ///
    /// @throws IllegalStateException when the folder has one: a second would make everything under
    ///   the first unreadable
    public static MasterKey create(KeyFolder folder, SecureRandom random) {
        if (folder.holds(FILE)) {
            throw new IllegalStateException("The key folder already holds a master key");
        }
        var key = new byte[Cipher.KEY_BYTES];
        random.nextBytes(key);
        folder.write(FILE, key);
        return new MasterKey(key);
    }

    /// @throws IllegalStateException when the folder has none
    public static MasterKey open(KeyFolder folder) {
        return folder.read(FILE)
                .map(MasterKey::new)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "The key folder holds no master key: run waymark init,"
                                                + " or bring master.key back from its safe place"));
    }

    /// Encrypts another secret under this key.
    ///
    /// @param use what the secret is for; it must be the same when it is unwrapped
    public byte[] wrap(String use, byte[] secret) {
        return cipher.encrypt(secret, Cipher.context("wrap-1", use));
    }

    /// @throws DamagedException when the bytes were not wrapped by this key for this use
    public byte[] unwrap(String use, byte[] wrapped) {
        return cipher.decrypt(wrapped, Cipher.context("wrap-1", use));
    }

    /// The text to print and keep in a safe.
    public String recoverySheet(URI node) {
        return RecoverySheet.write(node, key);
    }

    /// The key of a sheet, to look whether it fits before [#recover] writes it down.
    ///
    /// @throws IllegalArgumentException when a line is mistyped, naming the line
    public static MasterKey read(String sheet) {
        return new MasterKey(RecoverySheet.read(sheet));
    }

    /// Brings the key back from its printed sheet into an empty folder.
    ///
    /// @throws IllegalArgumentException when a line is mistyped, naming the line
    public static MasterKey recover(KeyFolder folder, String sheet) {
        var key = RecoverySheet.read(sheet);
        if (folder.holds(FILE)) {
            throw new IllegalStateException("The key folder already holds a master key");
        }
        folder.write(FILE, key);
        return new MasterKey(key);
    }
}
