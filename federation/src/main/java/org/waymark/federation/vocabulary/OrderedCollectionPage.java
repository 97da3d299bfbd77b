// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// One page of an ordered collection (Activity Streams 2.0, section 5.2). The reader bounds how
/// many pages it follows: nothing says that a stranger's collection ends.
public record OrderedCollectionPage(ObjectNode json) implements Thing {

    public Optional<URI> partOf() {
        return Members.uri(json, "partOf");
    }

    public Optional<URI> next() {
        return Members.uri(json, "next");
    }

    public List<Reference> items() {
        return Members.references(json, "orderedItems");
    }
}
