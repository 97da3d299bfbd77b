// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.page.Languages;

/// Answers at an address that people and machines share: the document for machines, the page's
/// address for browsers.
public final class SharedAddress {

    // application/ld+json with the profile is the same; this is what every server reads.
    public static final String ACTIVITY_JSON = "application/activity+json; charset=utf-8";

    private final BaseUrl baseUrl;
    private final Languages languages;

    public SharedAddress(BaseUrl baseUrl, Languages languages) {
        this.baseUrl = baseUrl;
        this.languages = languages;
    }

    /// Only who names HTML and no ActivityPub type is a browser.
    public boolean isBrowser(@Nullable String accept) {
        return accept != null
                && accept.contains("text/html")
                && !accept.contains("activity+json")
                && !accept.contains("ld+json");
    }

    /// Sends a browser to a page in its reader's language.
    ///
    /// @param path below the language
    public Response page(@Nullable String acceptLanguage, String path) {
        var language = languages.negotiate(acceptLanguage == null ? "" : acceptLanguage);
        return Response.seeOther(baseUrl.resolve("/" + language.tag() + path))
                .header(HttpHeaders.VARY, "Accept, Accept-Language")
                .build();
    }

    /// A document as it is sent, and its mark.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(byte[] bytes, EntityTag tag) {
        static Written of(byte[] bytes) {
            return new Written(bytes, new EntityTag(Fingerprint.of(bytes).substring(0, 16)));
        }
    }

    /// The document, or 304 when the reader has it already.
    public static Response document(Request request, Supplier<byte[]> document) {
        return document(request, Written.of(document.get()));
    }

    static Response document(Request request, Written document) {
        var tag = document.tag();
        var unchanged = request.evaluatePreconditions(tag);
        var response =
                unchanged == null
                        ? Response.ok(document.bytes(), ACTIVITY_JSON).tag(tag)
                        : unchanged;
        return response.header(HttpHeaders.VARY, "Accept, Accept-Language").build();
    }

    /// A list that the protocol wants to be there and that we keep to ourselves.
    static Response empty(Request request, LocalActor actor, String name) {
        return document(
                request,
                () ->
                        Draft.of("OrderedCollection", actor.below(name))
                                .set("totalItems", 0)
                                .bytes());
    }
}
