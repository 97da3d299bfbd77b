// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A set of things or a page of one (`Collection` and `CollectionPage` of Activity Streams 2.0,
/// section 5), such as the replies of a post.
public record UnorderedCollection(ObjectNode json) implements Thing {

    public OptionalLong totalItems() {
        return Members.number(json, "totalItems");
    }

    /// The first page, by its address; some servers write it out in place and give it none.
    public Optional<URI> first() {
        return Members.uri(json, "first");
    }

    public Optional<URI> next() {
        return Members.uri(json, "next");
    }

    public Optional<URI> partOf() {
        return Members.uri(json, "partOf");
    }

    /// The items that stand in the document itself.
    public List<Reference> items() {
        return Members.references(json, "items");
    }
}
