// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A replay guard that lives as long as the process.
///
/// Signatures are kept as they are: 344 characters for RSA-2048, so the default bound takes about
/// 40 MB when somebody fills it, and nothing is forgotten before its time.
public final class MemoryReplayGuard implements ReplayGuard {
    private final Clock clock;
    private final int maxEntries;
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant nextSweep = Instant.EPOCH;

    public MemoryReplayGuard(Clock clock, int maxEntries) {
        this.clock = clock;
        this.maxEntries = maxEntries;
    }

    @Override
    public synchronized Sighting see(String signature, Instant until) {
        Instant now = clock.instant();
        if (!now.isBefore(nextSweep) || seen.size() >= maxEntries) {
            seen.values().removeIf(it -> it.isBefore(now));
            // One minute: sweeping costs little against an hour's window.
            nextSweep = now.plusSeconds(60);
        }
        if (seen.containsKey(signature)) {
            return Sighting.SEEN;
        }
        if (seen.size() >= maxEntries) {
            return Sighting.FULL;
        }
        seen.put(signature, until);
        return Sighting.FIRST;
    }

    @Override
    public synchronized void release(String signature) {
        seen.remove(signature);
    }
}
