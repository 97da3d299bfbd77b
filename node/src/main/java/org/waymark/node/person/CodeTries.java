// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.waymark.node.http.RemoteAddress;

/// Makes guessing slow without locking anyone out: whoever is wrong again and again waits longer
/// and longer, from their own address and nowhere else. Kept in memory under keyed hashes that
/// change with every start, so no address is stored or can be told.
final class CodeTries {

    private static final int MAX_ENTRIES = 10_000;
    private static final Duration USUAL_MEMORY = Duration.ofHours(1);
    private static final int NETWORK_BYTES = 8; // of an IPv6 address: one line has all of the rest

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final int freeTries;
    private final Duration longest;
    private final Duration memory;
    private final byte[] key = new byte[32];
    private final Map<String, Failures> failures =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    /// @param freeTries how often one may be wrong before waiting
    /// @param longest the longest wait; it doubles from two seconds on
    CodeTries(Clock clock, SecureRandom random, int freeTries, Duration longest) {
        this(clock, random, freeTries, longest, USUAL_MEMORY);
    }

    /// @param memory how long after the last failure all of them are forgotten; longer than the
    ///   longest wait, or waiting it out would begin anew
    CodeTries(Clock clock, SecureRandom random, int freeTries, Duration longest, Duration memory) {
        this.clock = clock;
        this.memory = memory;
        this.freeTries = freeTries;
        this.longest = longest;
        random.nextBytes(key);
    }

    /// How long to wait before the next try; empty: not at all.
    synchronized Optional<Duration> waitFor(String what) {
        var known = failures.get(hash(what));
        if (known == null || known.count() < freeTries) {
            return Optional.empty();
        }
        var pause = Duration.ofSeconds(1L << Math.min(known.count() - freeTries + 1, 20));
        var until = known.last().plus(pause.compareTo(longest) > 0 ? longest : pause);
        var wait = Duration.between(clock.instant(), until);
        return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    }

    synchronized boolean hasFailed(String what) {
        var known = failures.get(hash(what));
        return known != null && !isForgotten(known);
    }

    private boolean isForgotten(Failures known) {
        return known.last().plus(memory).isBefore(clock.instant());
    }

    synchronized void failed(String what) {
        var id = hash(what);
        var now = clock.instant();
        var before = failures.remove(id);
        var fresh = before == null || isForgotten(before) ? 0 : before.count();
        failures.put(id, new Failures(fresh + 1, now));
    }

    synchronized void succeeded(String what) {
        failures.remove(hash(what));
    }

    /// Behind a proxy that is not named in the settings, and behind an onion service, all seem to
    /// be one; slowing that one down would lock everybody out.
    static boolean isEverybody(String address) {
        return new RemoteAddress(address).isEverybody();
    }

    /// One line of a provider, however many addresses it has.
    static String lineOf(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }

    private String hash(String what) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
