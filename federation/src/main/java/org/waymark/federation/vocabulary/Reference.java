// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/// One thing naming another: by its id alone, or with the thing itself written out.
public sealed interface Reference {

    /// The id of what is meant; an embedded object may have none.
    Optional<URI> id();

    /// Only the id stands there.
    record Link(URI uri) implements Reference {
        @Override
        public Optional<URI> id() {
            return Optional.of(uri);
        }
    }

    /// The object is written out. Whether it may be believed is decided by its origin
    /// ([org.waymark.federation.trust.Origins]).
    record Embedded(ObjectNode json) implements Reference {
        @Override
        public Optional<URI> id() {
            return Members.text(json, "id").flatMap(Members::absolute);
        }

        /// The object, read by its type.
        public Reading<Thing> read() {
            return Thing.read(json);
        }
    }
}
