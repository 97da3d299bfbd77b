// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.time.Duration;

/// How the guarded client behaves.
///
/// @param rules which addresses may be connected to
/// @param userAgent how we name ourselves, such as `Waymark/0.1 (+https://a.example)`
/// @param deadline for one whole exchange, from resolving the host to the last byte
/// @param maxBodyBytes the largest body read, after inflating
public record ClientSettings(
        NetworkRules rules, String userAgent, Duration deadline, int maxBodyBytes) {
    // 10 s: longer than a slow server needs for 1 MB, shorter than a worker should wait.
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    // 1 MB: the largest document of the network (FEDERATION.md, Limits).
    private static final int MAX_BODY_BYTES = 1_048_576;

    /// The limits of FEDERATION.md.
    public static ClientSettings of(NetworkRules rules, String userAgent) {
        return new ClientSettings(rules, userAgent, DEADLINE, MAX_BODY_BYTES);
    }

    public ClientSettings withDeadline(Duration other) {
        return new ClientSettings(rules, userAgent, other, maxBodyBytes);
    }

    public ClientSettings withMaxBodyBytes(int other) {
        return new ClientSettings(rules, userAgent, deadline, other);
    }
}
