// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.List;

/// The JSON-LD contexts we send and the names we add. None is ever fetched.
public final class Contexts {
    /// Everyone (ActivityPub, section 5.6).
    public static final URI PUBLIC = URI.create("https://www.w3.org/ns/activitystreams#Public");

    /// The namespace behind the prefix `waymark`.
    public static final String NAMESPACE = "https://w3id.org/waymark/v1#";

    /// The member that orders versions of one object.
    public static final String VERSION = "waymark:version";

    /// The member that holds content encrypted to the receiver.
    public static final String SEALED = "waymark:sealed";

    private static final List<String> SENT =
            List.of(
                    "https://www.w3.org/ns/activitystreams",
                    "https://w3id.org/security/v1",
                    "https://w3id.org/security/data-integrity/v1",
                    "https://www.w3.org/ns/did/v1",
                    "https://w3id.org/security/multikey/v1");

    private Contexts() {}

    /// The value of `@context` on everything we send: the contexts by address, then one object with
    /// the terms they do not define.
    public static ArrayNode sent() {
        ArrayNode contexts = JsonNodeFactory.instance.arrayNode();
        SENT.forEach(contexts::add);
        var terms = contexts.addObject();
        terms.put("Hashtag", "as:Hashtag");
        // Used by the whole fediverse, defined by no context it sends.
        terms.put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers");
        terms.putObject("movedTo").put("@id", "as:movedTo").put("@type", "@id");
        // Written out, because software that expands JSON-LD carries the contexts above but would
        // fetch FEP-844e's, and could not read our actors while that host does not answer.
        terms.putObject("implements")
                .put("@id", "https://w3id.org/fep/844e#implements")
                .put("@type", "@id")
                .put("@container", "@set");
        terms.put("waymark", NAMESPACE);
        // JSON of other vocabularies, which JSON-LD is to leave as it is.
        terms.putObject("hsdsService").put("@id", "waymark:hsdsService").put("@type", "@json");
        terms.putObject("waymark:focalPoints")
                .put("@id", NAMESPACE + "focalPoints")
                .put("@type", "@json");
        return contexts;
    }
}
