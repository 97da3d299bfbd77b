// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.SigningKeys;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.federation.vocabulary.Thing;

/// Fetches ActivityPub documents from where they live, in the name of one actor. What comes back
/// must carry the id that was asked for (FEP-fe34), so nobody can serve another's object.
public final class Documents {

    /// What came of asking for a document.
    public sealed interface Fetched {
        /// It is there, and of its origin.
        record Found(Thing thing) implements Fetched {}

        /// Its origin says it is gone for ever (410).
        record Gone() implements Fetched {}

        /// Its origin has none for us (401, 403, 404), or what it has cannot be accepted.
        ///
        /// @param code `document-not-shown`, `document-id-differs`, `inbox-of-other-origin`,
        ///   `redirected`, those of [Exchange.Refused], [StrictJson#read] and [Thing#read]
        record Refused(String code) implements Fetched {}

        /// Its origin could not be asked now.
        record Failed(String code) implements Fetched {}
    }

    private final Knocker knocker;
    private final Supplier<SigningKeys> keys;

    /// Reads in one name, with one key.
    ///
    /// @param key whose name the requests are made in; asked for each request, so keys may rotate
    public Documents(GuardedClient client, Supplier<SigningKey> key) {
        this(new Knocker(client, SchemeMemory.none()), () -> SigningKeys.only(key.get()));
    }

    /// Reads in one name, signing as each server is known to read.
    ///
    /// @param keys whose name the requests are made in; asked for each request, so keys may rotate
    public Documents(Knocker knocker, Supplier<SigningKeys> keys) {
        this.knocker = knocker;
        this.keys = keys;
    }

    /// Fetches the document with this id. A fragment is not sent; the document found is the one it
    /// is part of.
    public Fetched fetch(URI id) {
        return switch (knocker.get(withoutFragment(id), Expected.ACTIVITY, keys.get())) {
            case Exchange.Refused(String code) -> new Fetched.Refused(code);
            case Exchange.Failed(String code) -> new Fetched.Failed(code);
            case Exchange.Answer answer -> fetched(withoutFragment(id), answer);
        };
    }

    private static Fetched fetched(URI id, Exchange.Answer answer) {
        return switch (answer.status()) {
            case 200 -> read(id, answer.body());
            case 410 -> new Fetched.Gone();
            case 401, 403, 404 -> new Fetched.Refused("document-not-shown");
            case 301, 302, 303, 307, 308 -> new Fetched.Refused("redirected");
            default -> new Fetched.Failed("status-" + answer.status());
        };
    }

    private static Fetched read(URI id, byte[] body) {
        Reading<ObjectNode> json = StrictJson.read(body);
        return switch (json.then(Thing::read)) {
            case Reading.Refused<Thing>(String code) -> new Fetched.Refused(code);
            case Reading.Read<Thing>(Thing thing) ->
                    thing.uri().filter(id::equals).isPresent()
                            ? ofItsOrigin(thing)
                            : new Fetched.Refused("document-id-differs");
        };
    }

    private static Fetched ofItsOrigin(Thing thing) {
        return thing instanceof Actor actor
                        && Origins.check(actor) instanceof Reading.Refused<Actor>(String code)
                ? new Fetched.Refused(code)
                : new Fetched.Found(thing);
    }

    private static URI withoutFragment(URI id) {
        if (id.getRawFragment() == null) {
            return id;
        }
        String text = id.toString();
        try {
            return new URI(text.substring(0, text.indexOf('#')));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
