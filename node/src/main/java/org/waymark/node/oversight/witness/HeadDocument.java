// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight.witness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.privacy.StatedHead;

/// The end of a node's audit as it travels: `waymark:AuditHead`, with the proof of the node
/// (FEP-8b32). The JSON is kept as it was signed.
record HeadDocument(ObjectNode json, URI author, StatedHead head) {

    static final String TYPE = "waymark:AuditHead";

    /// What an `Accept` says is kept. Not in `result`, where an object must be its actor's own.
    static final String KEPT = "waymark:kept";

    private static final String NUMBER = "waymark:number";
    private static final String DIGEST = "waymark:headDigest";
    private static final String MARK = "waymark:mark";

    // 16 KiB: ours are 4; one a day is kept for years.
    private static final int LONGEST_BYTES = 16 * 1024;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /// What is to be signed.
    static ObjectNode write(URI id, URI author, StatedHead head) {
        return Draft.of(TYPE, id)
                .set("attributedTo", author)
                .set(NUMBER, head.number())
                .set(DIGEST, head.digest())
                .set("published", head.at())
                .set(MARK, head.mark())
                .json();
    }

    static Optional<HeadDocument> read(Optional<Reference> reference) {
        return reference
                .filter(Reference.Embedded.class::isInstance)
                .map(Reference.Embedded.class::cast)
                .flatMap(it -> read(it.json()));
    }

    /// Reads one; empty when something is missing, or it is far longer than one is.
    static Optional<HeadDocument> read(ObjectNode json) {
        return Thing.read(json)
                .found()
                .filter(it -> it.type().equals(TYPE))
                .flatMap(HeadDocument::read);
    }

    private static Optional<HeadDocument> read(Thing thing) {
        var json = thing.json();
        var author = thing.attributedTo();
        var digest = json.path(DIGEST).asText();
        var mark = json.path(MARK).asText();
        var number = json.path(NUMBER);
        if (author.size() != 1
                || !number.canConvertToLong()
                || number.asLong() < 1
                || !HEX.matcher(digest).matches()
                || !HEX.matcher(mark).matches()
                || StrictJson.write(json).length > LONGEST_BYTES) {
            return Optional.empty();
        }
        return thing.published()
                .map(
                        at ->
                                new HeadDocument(
                                        json,
                                        author.getFirst(),
                                        new StatedHead(number.asLong(), digest, at, mark)));
    }
}
