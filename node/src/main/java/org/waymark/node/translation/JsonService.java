// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.node.translation.MachineTranslator.Answer;

/// Asks a service one question in JSON and reads its list of texts.
record JsonService(GuardedClient client, URI url, String path) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    Answer ask(
            ObjectNode question,
            Map<String, String> headers,
            int texts,
            UnaryOperator<JsonNode> list) {
        var target = URI.create(url.toString().replaceAll("/+$", "") + path);
        try {
            return switch (client.ask(target, JSON.writeValueAsBytes(question), headers)) {
                case Exchange.Answer answer when !answer.isSuccess() ->
                        new Answer.Failed("service-refused");
                case Exchange.Answer answer ->
                        read(list.apply(JSON.readTree(answer.body())), texts);
                case Exchange.Refused _ -> new Answer.Failed("service-refused");
                case Exchange.Failed _ -> new Answer.Failed("service-unreachable");
            };
        } catch (IOException e) {
            return new Answer.Failed("answer-malformed");
        }
    }

    private static Answer read(JsonNode list, int wanted) {
        List<String> texts = new ArrayList<>();
        list.forEach(it -> texts.add(it.asText()));
        return texts.size() == wanted
                ? new Answer.Done(texts)
                : new Answer.Failed("answer-malformed");
    }
}
