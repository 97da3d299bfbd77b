// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waymark.federation.transport.GuardedClient;

/// Services with the requests of LibreTranslate: `POST /translate`.
final class LibreTranslate implements MachineTranslator {

    private final JsonService service;
    private final Optional<String> key;

    LibreTranslate(GuardedClient client, URI url, Optional<String> key) {
        this.service = new JsonService(client, url, "/translate");
        this.key = key;
    }

    @Override
    public Answer translate(List<String> texts, String from, String to) {
        var json = JsonService.object();
        var asked = json.putArray("q");
        texts.forEach(asked::add);
        json.put("source", primary(from)).put("target", primary(to)).put("format", "html");
        key.ifPresent(it -> json.put("api_key", it));
        return service.ask(json, Map.of(), texts.size(), answer -> answer.path("translatedText"));
    }

    private static String primary(String tag) {
        return tag.split("-", 2)[0];
    }
}
