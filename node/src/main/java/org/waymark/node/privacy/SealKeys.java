// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import com.google.crypto.tink.subtle.X25519;
import java.security.InvalidKeyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The X25519 keys to which others seal for an organisation of this node. Private halves lie in the
/// key folder, wrapped under the master key, never in the database: a key that must die must not
/// lie where copies are made.
///
/// Safe for use by many threads.
public final class SealKeys {

    private static final String FOLDER = "seal-keys";
    // Read while the private halves are locked: others go on sealing to us.
    private static final String PUBLIC_FOLDER = "seal-keys-public";
    // 1 h: what came while they were locked is opened first.
    private static final Duration AFTER_OPENING = Duration.ofHours(1);
    // 2 days: partners may keep the address of an older key for one.
    private static final Duration AFTER_NEXT = Duration.ofDays(2);

    private final KeyFolder folder;
    private final MasterKey master;
    private final Clock clock;
    // Opening a key costs a millisecond, and every reader of an actor asks for one.
    private final Map<OrganizationId, Current> current = new HashMap<>();

    private volatile Instant openedAt;

    private record Current(Entry entry, byte[] publicKey) {}

    public SealKeys(KeyFolder folder, MasterKey master, Clock clock) {
        this.folder = folder;
        this.master = master;
        this.clock = clock;
        this.openedAt = clock.instant();
        master.whenOpened(() -> openedAt = clock.instant());
    }

    /// The raw 32-byte public key to publish now. The first one, and the next when the last is 30
    /// days old, is created here.
    public synchronized byte[] currentPublicKey(OrganizationId organization) {
        var now = clock.instant();
        var known = current.get(organization);
        if (known == null || known.entry().fate(now) != SealKeyPolicy.CURRENT) {
            try {
                known = open(organization, now);
            } catch (LockedException e) {
                return publishedLast(organization).orElseThrow(() -> e);
            }
            current.put(organization, known);
        }
        return known.publicKey().clone();
    }

    private Current open(OrganizationId organization, Instant now) {
        var entry =
                list(organization).stream()
                        .filter(it -> it.fate(now) == SealKeyPolicy.CURRENT)
                        .max(Comparator.comparing(Entry::created))
                        .orElseGet(() -> create(organization, now));
        return new Current(entry, publicHalf(entry));
    }

    private byte[] publicHalf(Entry entry) {
        return folder.read(entry.publicFile())
                .orElseGet(
                        () -> {
                            var half = publicKey(privateKey(entry));
                            folder.write(entry.publicFile(), half);
                            return half;
                        });
    }

    /// What others have anyway, while no new key can be made.
    private Optional<byte[]> publishedLast(OrganizationId organization) {
        return list(organization).stream()
                .max(Comparator.comparing(Entry::created))
                .flatMap(it -> folder.read(it.publicFile()));
    }

    /// Destroys what is past its time. Repeating it changes nothing.
    ///
    /// @return false while they are locked, or were just opened: messages that came meanwhile are
    ///   sealed to them
    public synchronized boolean sweep() {
        var now = clock.instant();
        if (isNeeded(now)) {
            return false;
        }
        for (var organization : folder.list(FOLDER)) {
            var id = new OrganizationId(UUID.fromString(organization));
            if (list(id).stream().anyMatch(it -> it.fate(now) == SealKeyPolicy.DESTROYED)) {
                // The next must be there before the last goes.
                currentPublicKey(id);
            }
            var entries = list(id);
            for (var entry : entries) {
                if (isOver(entry, entries, now)) {
                    folder.destroy(entry.file());
                    folder.destroy(entry.publicFile());
                }
            }
        }
        return true;
    }

    /// Past its time, and others have known the next one for long enough: while the keys were
    /// locked there was none.
    private static boolean isOver(Entry entry, List<Entry> entries, Instant now) {
        return entry.fate(now) == SealKeyPolicy.DESTROYED
                && entries.stream()
                        .map(Entry::created)
                        .filter(it -> it.isAfter(entry.created()))
                        .anyMatch(it -> !it.plus(AFTER_NEXT).isAfter(now));
    }

    private boolean isNeeded(Instant now) {
        return !master.isOpen() || now.isBefore(openedAt.plus(AFTER_OPENING));
    }

    /// The private key with this 4-byte id, unless its time is over.
    Optional<byte[]> findPrivateKey(OrganizationId organization, byte[] keyId) {
        var wanted = HexFormat.of().formatHex(keyId);
        var now = clock.instant();
        var entries = list(organization);
        return entries.stream()
                .filter(entry -> entry.keyId().equals(wanted))
                .filter(it -> isNeeded(now) || !isOver(it, entries, now))
                .findFirst()
                .map(this::privateKey);
    }

    private Entry create(OrganizationId organization, Instant now) {
        var privateKey = X25519.generatePrivateKey();
        var keyId = HexFormat.of().formatHex(Sealing.keyId(publicKey(privateKey)));
        var entry = new Entry(organization, now, keyId);
        folder.write(entry.file(), master.wrap(entry.file(), privateKey));
        folder.write(entry.publicFile(), publicKey(privateKey));
        return entry;
    }

    private List<Entry> list(OrganizationId organization) {
        return folder.list(FOLDER + "/" + organization).stream()
                .map(name -> Entry.parse(organization, name))
                .toList();
    }

    private byte[] privateKey(Entry entry) {
        var wrapped = folder.read(entry.file()).orElseThrow();
        return master.unwrap(entry.file(), wrapped);
    }

    private static byte[] publicKey(byte[] privateKey) {
        try {
            return X25519.publicFromPrivate(privateKey);
        } catch (InvalidKeyException e) {
            throw new DamagedException(e);
        }
    }

    /// One key; its file's name tells when it was created and its id, so that the policy needs no
    /// other record.
    private record Entry(OrganizationId organization, Instant created, String keyId) {

        SealKeyPolicy fate(Instant now) {
            return SealKeyPolicy.at(created, now);
        }

        String file() {
            return FOLDER + "/" + name();
        }

        String publicFile() {
            return PUBLIC_FOLDER + "/" + name();
        }

        private String name() {
            return organization + "/" + created.toEpochMilli() + "-" + keyId;
        }

        static Entry parse(OrganizationId organization, String name) {
            var dash = name.indexOf('-');
            return new Entry(
                    organization,
                    Instant.ofEpochMilli(Long.parseLong(name.substring(0, dash))),
                    name.substring(dash + 1));
        }
    }
}
