// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.referral.Message.Follows;
import org.waymark.node.referral.ReferralEvent.Kind;

/// The JSON of a referral's contents, sealed on the wire and encrypted in columns: members named as
/// the records' components, choices in lower case, instants and dates as ISO text. Members we do
/// not know are skipped, missing ones refused.
final class ReferralJson {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .addModule(new SimpleModule().addSerializer(lowerCase()))
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    private ReferralJson() {}

    /// One sealed message: its kind, so that nobody can pass one off as another, and its content.
    record Letter(Kind kind, Travelling content, Follows follows) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record RawLetter(
            Kind kind, JsonNode content, Optional<Long> heard, Optional<Long> after) {}

    static String write(Object content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Content cannot be written", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored content cannot be read", e);
        }
    }

    /// Reads what a program of the organisation itself sent.
    ///
    /// @throws IllegalArgumentException when it is not understood; its message holds nothing of the
    ///   content
    static <T> T parse(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a " + type.getSimpleName(), e);
        }
    }

    static String writeLetter(Kind kind, Travelling content, Follows follows) {
        return write(
                new RawLetter(kind, JSON.valueToTree(content), follows.heard(), follows.after()));
    }

    /// Reads what a partner sealed; empty when we do not know its kind, or it breaks a limit.
    static Optional<Letter> readLetter(String json) {
        try {
            var raw = JSON.readValue(json, RawLetter.class);
            return Optional.of(
                    new Letter(
                            raw.kind(),
                            JSON.treeToValue(raw.content(), raw.kind().content()),
                            new Follows(raw.heard(), raw.after())));
        } catch (JsonProcessingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("rawtypes")
    private static JsonSerializer<Enum> lowerCase() {
        return new JsonSerializer<>() {
            @Override
            public Class<Enum> handledType() {
                return Enum.class;
            }

            @Override
            public void serialize(Enum value, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                out.writeString(value.name().toLowerCase(Locale.ROOT));
            }
        };
    }
}
