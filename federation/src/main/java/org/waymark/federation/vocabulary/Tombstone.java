// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// What stands where something was (Activity Streams 2.0 vocabulary, `Tombstone`).
public record Tombstone(ObjectNode json) implements Thing {
    public Tombstone {
        if (Members.text(json, "id").flatMap(Members::absolute).isEmpty()) {
            throw new Incomplete("id-missing");
        }
    }

    public URI id() {
        return uri().orElseThrow();
    }

    public Optional<Instant> deleted() {
        return Members.instant(json, "deleted");
    }
}
