// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A list in an order that matters (Activity Streams 2.0, section 5), whole or by its first page.
public record OrderedCollection(ObjectNode json) implements Thing {

    public OptionalLong totalItems() {
        return Members.number(json, "totalItems");
    }

    public Optional<URI> first() {
        return Members.uri(json, "first");
    }

    /// The items that stand in the document itself; usually they stand in its pages.
    public List<Reference> items() {
        return Members.references(json, "orderedItems");
    }
}
