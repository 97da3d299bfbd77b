// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The keys of each case, one file per part, each wrapped under the key-encryption key of the month
/// it was created in.
///
/// Destroying a part makes everything written under it unreadable, in every row and in every backup
/// of the database. Destroyed stays destroyed: the erasure ledger names it, and a key that comes
/// back from somewhere is destroyed again at the next start. Safe for use by many threads.
public final class CaseKeys {

    /// What is erased on its own date.
    public enum Part {
        /// How to reach the person; step 2 of the disclosure.
        CONTACT,
        /// Everything else that is about the person.
        CASE
    }

    private static final String FOLDER = "case-keys";
    static final String KEY_ENCRYPTION_FOLDER = "key-encryption-keys";
    private static final int MONTH_LENGTH = "2026-01".length();

    private final KeyFolder folder;
    private final MasterKey master;
    private final Clock clock;
    private final SecureRandom random;
    private final ErasureLedger ledger;
    // Its own: who holds the other may wait for long, and reading must not.
    private final Object monthMonitor = new Object();
    // Another one each time they are forgotten, which waits for nobody.
    private volatile Map<String, Cipher> keyEncryptionKeys = new ConcurrentHashMap<>();
    private volatile Instant readableSince;

    public CaseKeys(KeyFolder folder, MasterKey master, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.master = master;
        this.clock = clock;
        this.random = random;
        this.ledger = new ErasureLedger(folder);
        this.readableSince = clock.instant();
        master.whenLocked(this::forget);
        master.whenOpened(() -> readableSince = clock.instant());
        // A crash between the ledger and the file, or an old copy of the folder: finish it.
        ledger.list().forEach(entry -> folder.destroy(file(entry.caseId(), entry.part())));
    }

    private void forget() {
        keyEncryptionKeys = new ConcurrentHashMap<>();
    }

    /// Whether they can be used now, or somebody must open them first.
    public boolean areOpen() {
        return master.isOpen();
    }

    /// Since when what lies under these keys can be read: the start, or the last time the keys were
    /// opened. What waited meanwhile waited for us.
    public Instant readableSince() {
        return readableSince;
    }

    /// Creates both keys of a case. They are on disk when this returns, so call it before the
    /// transaction that uses them; what a failed transaction leaves behind,
    /// [#sweep(Predicate,Duration)] removes.
    public synchronized void create(CaseId caseId) {
        for (var part : Part.values()) {
            if (folder.holds(file(caseId, part)) || ledger.names(caseId, part)) {
                throw new IllegalStateException("Case " + caseId + " has or had its keys");
            }
        }
        var month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).toString();
        for (var part : Part.values()) {
            var key = new byte[Cipher.KEY_BYTES];
            random.nextBytes(key);
            var wrapped = keyEncryptionKey(month).encrypt(key, context(caseId, part, month));
            folder.write(file(caseId, part), concatenate(month, wrapped));
        }
    }

    /// [#create(CaseId)], unless they are there. For a case that several deliveries of one message
    /// may ask for.
    ///
    /// @return false when the case was erased, wholly or in part: then nothing may be kept about it
    public synchronized boolean ensure(CaseId caseId) {
        for (var part : Part.values()) {
            if (ledger.names(caseId, part)) {
                return false;
            }
        }
        if (!holds(caseId, Part.CASE) || !holds(caseId, Part.CONTACT)) {
            folder.destroy(file(caseId, Part.CONTACT));
            folder.destroy(file(caseId, Part.CASE));
            create(caseId);
        }
        return true;
    }

    public boolean holds(CaseId caseId, Part part) {
        return folder.holds(file(caseId, part));
    }

    /// Whether a part was destroyed, as the ledger has it: whatever an older copy of the database
    /// says.
    public boolean wasDestroyed(CaseId caseId, Part part) {
        return ledger.names(caseId, part);
    }

    /// Encrypts a field for the place it will lie in.
    ///
    /// @throws IllegalStateException when this part of the case has no key: nothing may be written
    ///   about what was erased
    public byte[] protect(CaseId caseId, Part part, FieldAddress address, byte[] plaintext) {
        return cipher(caseId, part)
                .orElseThrow(() -> new IllegalStateException("Case " + caseId + " was erased"))
                .encrypt(plaintext, address.associatedData());
    }

    /// [#protect(CaseId,Part,FieldAddress,byte\[\])] for text.
    public byte[] protect(CaseId caseId, Part part, FieldAddress address, String plaintext) {
        return protect(caseId, part, address, plaintext.getBytes(StandardCharsets.UTF_8));
    }

    /// Decrypts a field; empty when this part of the case was erased.
    ///
    /// @throws DamagedException when the bytes were changed or lie in another place than they were
    ///   made for
    public Optional<byte[]> open(
            CaseId caseId, Part part, FieldAddress address, byte[] ciphertext) {
        return cipher(caseId, part)
                .map(cipher -> cipher.decrypt(ciphertext, address.associatedData()));
    }

    /// [#open(CaseId,Part,FieldAddress,byte\[\])] for text.
    public Optional<String> openText(
            CaseId caseId, Part part, FieldAddress address, byte[] ciphertext) {
        return open(caseId, part, address, ciphertext)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// Destroys the key of one part, for ever, and one that comes back from an older copy too.
    /// Repeating it changes nothing.
    ///
    /// @return false when there was no key to destroy
    public synchronized boolean destroy(CaseId caseId, Part part) {
        if (!ledger.names(caseId, part)) {
            ledger.add(new ErasureLedger.Entry(clock.instant(), caseId, part));
        }
        return folder.destroy(file(caseId, part));
    }

    /// Removes the keys of cases whose transaction never committed, and the key-encryption keys of
    /// past months that no case uses any more. Not an erasure: nothing was ever written under those
    /// keys.
    ///
    /// @param known whether a case exists in the database
    /// @param grace how old a key must be, longer than any transaction lasts
    /// @return how many cases had to be removed
    public int sweep(Predicate<CaseId> known, Duration grace) {
        var created = clock.instant().minus(grace);
        var orphans =
                folder.list(FOLDER).stream()
                        .filter(name -> createdBefore(FOLDER + "/" + name, created))
                        .map(name -> new CaseId(UUID.fromString(name.substring(0, 36))))
                        .distinct()
                        .filter(known.negate())
                        .toList();
        // Asking may take long; nobody waits for it.
        return sweep(orphans, created);
    }

    private synchronized int sweep(List<CaseId> orphans, Instant created) {
        for (var orphan : orphans) {
            for (var part : Part.values()) {
                var file = file(orphan, part);
                if (createdBefore(file, created)) {
                    folder.destroy(file);
                }
            }
        }
        synchronized (monthMonitor) {
            sweepKeyEncryptionKeys();
        }
        return orphans.size();
    }

    private void sweepKeyEncryptionKeys() {
        var current = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).toString();
        var used =
                folder.list(FOLDER).stream()
                        .flatMap(name -> folder.read(FOLDER + "/" + name).stream())
                        .map(CaseKeys::month)
                        .toList();
        for (var month : folder.list(KEY_ENCRYPTION_FOLDER)) {
            if (month.compareTo(current) < 0 && !used.contains(month)) {
                folder.destroy(KEY_ENCRYPTION_FOLDER + "/" + month);
                keyEncryptionKeys.remove(month);
            }
        }
    }

    private boolean createdBefore(String name, Instant limit) {
        return folder.lastModified(name).map(limit::isAfter).orElse(false);
    }

    private Optional<Cipher> cipher(CaseId caseId, Part part) {
        return folder.read(file(caseId, part))
                .map(
                        content -> {
                            var month = month(content);
                            var wrapped = Arrays.copyOfRange(content, MONTH_LENGTH, content.length);
                            var key =
                                    keyEncryptionKey(month)
                                            .decrypt(wrapped, context(caseId, part, month));
                            return new Cipher(key);
                        });
    }

    private Cipher keyEncryptionKey(String month) {
        // These: what is opened while they are forgotten must not come to the next.
        var keys = keyEncryptionKeys;
        var known = keys.get(month);
        if (known != null) {
            return known;
        }
        synchronized (monthMonitor) {
            return keys.computeIfAbsent(month, this::readOrCreateKeyEncryptionKey);
        }
    }

    private Cipher readOrCreateKeyEncryptionKey(String month) {
        var name = KEY_ENCRYPTION_FOLDER + "/" + month;
        var key =
                folder.read(name)
                        .map(wrapped -> master.unwrap(name, wrapped))
                        .orElseGet(
                                () -> {
                                    var fresh = new byte[Cipher.KEY_BYTES];
                                    random.nextBytes(fresh);
                                    folder.write(name, master.wrap(name, fresh));
                                    return fresh;
                                });
        return new Cipher(key);
    }

    private static String file(CaseId caseId, Part part) {
        return FOLDER + "/" + caseId + "." + part.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] context(CaseId caseId, Part part, String month) {
        return Cipher.context("case-key-1", caseId.toString(), part.name(), month);
    }

    private static String month(byte[] content) {
        return new String(content, 0, MONTH_LENGTH, StandardCharsets.US_ASCII);
    }

    private static byte[] concatenate(String month, byte[] wrapped) {
        var content =
                Arrays.copyOf(
                        month.getBytes(StandardCharsets.US_ASCII), MONTH_LENGTH + wrapped.length);
        System.arraycopy(wrapped, 0, content, MONTH_LENGTH, wrapped.length);
        return content;
    }
}
