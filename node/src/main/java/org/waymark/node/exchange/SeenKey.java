// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Instant;
import java.util.Optional;

/// A key that a remote actor lists or once listed. More than one row of an algorithm means that the
/// key changed.
///
/// @param fingerprint SHA-256 of the key's encoded form, in hex
public record SeenKey(
        String algorithm, String fingerprint, Instant firstSeen, Optional<Instant> goneSince) {}
