// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// The master key once more for each member of staff who may open it, under their password: one
/// file each in the key folder, and none that opens without a password.
///
/// A hash takes 19 MiB, so it waits for its turn with those of the passwords. Safe for use by many
/// threads.
public final class StaffKeys {

    static final String FOLDER = "staff-keys";

    // As the passwords themselves (OWASP: 19 MiB, two rounds): a stronger one here would only send
    // whoever guesses to the other.
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int SALT_BYTES = 16;
    private static final byte VERSION = 1;
    private static final Pattern NAME =
            Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[0-9a-f]+");
    private static final int HEAD_BYTES = 1 + 4 + 4 + SALT_BYTES;

    private final KeyFolder folder;
    private final MasterKey master;
    private final OneAtATime turn;
    private final SecureRandom random;

    /// @param turn of the passwords
    public StaffKeys(KeyFolder folder, MasterKey master, OneAtATime turn, SecureRandom random) {
        this.folder = folder;
        this.turn = turn;
        this.master = master;
        this.random = random;
    }

    /// Who can open the master key.
    public Set<AccountId> holders() {
        return everyFile().stream().map(StaffKeys::holder).collect(Collectors.toUnmodifiableSet());
    }

    /// How many passwords of one person open it: one, or while a new one is being given two.
    public int count(AccountId holder) {
        return files(holder).size();
    }

    /// Wraps the master key under a password, beside what is there for this person, so that the old
    /// password opens it until the new one is sure ([#keepOnly]).
    ///
    /// @return the name of the file
    /// @throws LockedException while it is locked
    public synchronized String give(AccountId holder, String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var wrapped =
                cipher(password, salt, MEMORY_KIB, ITERATIONS)
                        .encrypt(master.key(), context(holder));
        var file = holder.value() + "." + Long.toHexString(random.nextLong());
        folder.write(
                FOLDER + "/" + file,
                ByteBuffer.allocate(HEAD_BYTES + wrapped.length)
                        .put(VERSION)
                        .putInt(MEMORY_KIB)
                        .putInt(ITERATIONS)
                        .put(salt)
                        .put(wrapped)
                        .array());
        master.isHeldByStaff();
        return file;
    }

    /// What a password opens; it is not used yet.
    ///
    /// @param file that it opened
    public record Found(String file, byte[] key) {}

    /// The master key by a password; empty when nothing that lies there for this person opens.
    public synchronized Optional<Found> find(AccountId holder, String password) {
        return files(holder).stream()
                .flatMap(
                        file ->
                                folder
                                        .read(FOLDER + "/" + file)
                                        .flatMap(it -> key(it, holder, password))
                                        .map(it -> new Found(file, it))
                                        .stream())
                .findFirst();
    }

    /// Opens the master key.
    public void open(Found found) {
        master.open(found.key());
    }

    private Optional<byte[]> key(byte[] content, AccountId holder, String password) {
        var buffer = ByteBuffer.wrap(content);
        if (buffer.remaining() <= HEAD_BYTES || buffer.get() != VERSION) {
            return Optional.empty();
        }
        var memory = buffer.getInt();
        var iterations = buffer.getInt();
        var salt = new byte[SALT_BYTES];
        buffer.get(salt);
        var wrapped = new byte[buffer.remaining()];
        buffer.get(wrapped);
        try {
            return Optional.of(
                    cipher(password, salt, memory, iterations).decrypt(wrapped, context(holder)));
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    /// Destroys what lies there for a person, but for one file. When nobody else holds it, only the
    /// recovery sheet opens it afterwards.
    public synchronized void keepOnly(AccountId holder, Optional<String> file) {
        var lying = files(holder);
        if (file.filter(it -> !lying.contains(it)).isPresent()) {
            // Another of theirs has taken its place meanwhile.
            return;
        }
        var going = lying.stream().filter(it -> !Optional.of(it).equals(file)).toList();
        if (!going.isEmpty() && going.size() == everyFile().size() && !master.liesInFolder()) {
            master.isHeldByNobody();
        }
        going.forEach(it -> folder.destroy(FOLDER + "/" + it));
    }

    private List<String> files(AccountId holder) {
        return everyFile().stream().filter(it -> holder(it).equals(holder)).toList();
    }

    // What a desktop or a copy left there is none.
    private List<String> everyFile() {
        return folder.list(FOLDER).stream().filter(it -> NAME.matcher(it).matches()).toList();
    }

    private static AccountId holder(String file) {
        return new AccountId(UUID.fromString(file.substring(0, file.indexOf('.'))));
    }

    private static byte[] context(AccountId holder) {
        return Cipher.context("staff-key-1", holder.value().toString());
    }

    private Cipher cipher(String password, byte[] salt, int memoryKib, int iterations) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withSalt(salt)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(iterations)
                        .withParallelism(1)
                        .build());
        var key = new byte[Cipher.KEY_BYTES];
        return turn.alone(
                () -> {
                    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), key);
                    return new Cipher(key);
                });
    }
}
