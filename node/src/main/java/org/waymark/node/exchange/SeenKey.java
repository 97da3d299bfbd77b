// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Instant;
import java.util.Optional;

/// A key that a remote actor lists or once listed. More than one row of an algorithm means that the
/// key changed.
///
/// @param fingerprint SHA-256 of the key's encoded form, in hex
/// @param isProven whether more than the address it was read at says that it is the actor's
public record SeenKey(
        String algorithm,
        String fingerprint,
        Instant firstSeen,
        Optional<Instant> goneSince,
        boolean isProven) {

    SeenKey proven(boolean isSo) {
        return new SeenKey(algorithm, fingerprint, firstSeen, goneSince, isSo);
    }
}
