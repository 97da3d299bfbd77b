// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.time.Duration;
import java.time.Instant;
import org.waymark.node.database.Transaction;

/// For how much of the time since a moment letters could be written. Those that tell what somebody
/// must open first cannot, and are not too old for that.
@FunctionalInterface
public interface OpenTime {

    Duration since(Transaction tx, Instant moment, Instant now);

    /// All of it.
    static OpenTime always() {
        return (_, moment, now) -> Duration.between(moment, now);
    }
}
