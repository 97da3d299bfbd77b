// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.waymark.federation.vocabulary.StrictJson;

/// A listing as a partner tells of it, of the usual size.
final class Listing {

    private static final String CREATE =
            """
            {"@context":["https://www.w3.org/ns/activitystreams",
             {"waymark":"https://w3id.org/waymark/v1#",
              "hsdsService":{"@id":"waymark:hsdsService","@type":"@json"}}],
             "type":"Create","id":"https://a.example/a/3f0d9a6e-6d58-4f4e-9f0e-1d2f5a1b7c11",
             "actor":"https://a.example/o/1",
             "to":["https://www.w3.org/ns/activitystreams#Public"],
             "cc":["https://a.example/o/1/followers"],
             "object":%s}
            """;

    private static final String NOTE =
            """
            {"@context":["https://www.w3.org/ns/activitystreams",
             {"waymark":"https://w3id.org/waymark/v1#",
              "hsdsService":{"@id":"waymark:hsdsService","@type":"@json"}}],
             "type":"Note","id":"https://a.example/s/b7a5e1c2-0a49-4d39-8f0c-52d1c0b4a6de",
             "attributedTo":"https://a.example/o/1",
             "to":["https://www.w3.org/ns/activitystreams#Public"],
             "name":"Legal advice in Arabic","published":"2026-01-05T09:00:00Z",
             "nameMap":{"en":"Legal advice in Arabic","ar":"استشارة قانونية بالعربية"},
             "content":"<p>Legal advice in Arabic. Walk in, Mon 9-12. Free.</p>",
             "contentMap":{"en":"<p>Legal advice in Arabic. Walk in, Mon 9-12. Free.</p>",
              "ar":"<p>استشارة قانونية بالعربية. الاثنين 9-12. مجانا.</p>"},
             "waymark:version":1769936400123,
             "hsdsService":{"id":"b7a5e1c2-0a49-4d39-8f0c-52d1c0b4a6de",
              "name":"Legal advice in Arabic","status":"active","kind":"help","reach":"public",
              "place":"exact","description":"We read letters from the office with you and answer.",
              "languages":[{"code":"ar"},{"code":"en"},{"code":"fr"}],
              "phones":[{"number":"+44 20 7946 0000"}],
              "schedules":[{"freq":"WEEKLY","byday":"MO","opens_at":"09:00","closes_at":"12:00"}],
              "service_at_locations":[{"location":{"name":"Old town hall","latitude":51.5072,
               "longitude":-0.1276,"addresses":[{"address_1":"1 Market Square",
               "city":"Anytown","country":"GB","postal_code":"AN1 1AA"}]}}]}}
            """;

    private Listing() {}

    static ObjectNode note() {
        return StrictJson.read(NOTE.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /// @param note with or without a proof
    static byte[] create(ObjectNode note) {
        var text = new String(StrictJson.write(note), StandardCharsets.UTF_8);
        return CREATE.formatted(text).getBytes(StandardCharsets.UTF_8);
    }
}
