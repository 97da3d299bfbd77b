// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.waymark.federation.transport.GuardedClient;

/// Services with the requests of DeepL: `POST /v2/translate`.
final class DeepL implements MachineTranslator {

    private final JsonService service;
    private final Map<String, String> headers;

    DeepL(GuardedClient client, URI url, Optional<String> key) {
        this.service = new JsonService(client, url, "/v2/translate");
        this.headers =
                key.map(it -> Map.of("Authorization", "DeepL-Auth-Key " + it)).orElse(Map.of());
    }

    @Override
    public Answer translate(List<String> texts, String from, String to) {
        var json = JsonService.object();
        var asked = json.putArray("text");
        texts.forEach(asked::add);
        json.put("source_lang", from.split("-", 2)[0].toUpperCase(Locale.ROOT))
                .put("target_lang", to.toUpperCase(Locale.ROOT))
                .put("tag_handling", "xml")
                .put("preserve_formatting", true);
        return service.ask(json, headers, texts.size(), DeepL::texts);
    }

    private static JsonNode texts(JsonNode answer) {
        var texts = JsonService.object().putArray("texts");
        answer.path("translations").forEach(it -> texts.add(it.path("text")));
        return texts;
    }
}
