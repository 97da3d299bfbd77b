// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.peer.FocalPoint.Duty;

/// One side's signed copy of an agreement, as it travels: `waymark:Agreement`. The JSON is kept as
/// it was signed.
public record AgreementDocument(ObjectNode json) {

    static final String TYPE = "waymark:Agreement";

    // 2,000 characters: a paragraph; a contract belongs on paper.
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_ENTRIES = 50;

    /// Writes what one side signs.
    ///
    /// @param answers the document that this one countersigns; empty for an offer
    /// @param signatory the organisation that signs
    /// @param other the organisation it signs with
    /// @param sealKey the signatory's X25519 key
    static AgreementDocument write(
            URI id,
            Optional<URI> answers,
            URI signatory,
            URI other,
            AgreementTerms terms,
            List<FocalPoint> focalPoints,
            Multikey sealKey) {
        var json =
                Draft.of(TYPE, id)
                        .set("attributedTo", signatory)
                        .set("waymark:partner", other)
                        .set("waymark:purpose", terms.purpose())
                        .set("waymark:services", texts(terms.services()))
                        .set("waymark:dataGroups", texts(terms.dataGroups()))
                        .set("waymark:retention", terms.retention())
                        .set("waymark:incidentHours", terms.incidentHours())
                        .set("waymark:complaints", terms.complaints())
                        .set("waymark:confidentialityLimits", terms.confidentialityLimits())
                        .set("waymark:dutyToReport", terms.dutyToReport())
                        .set("waymark:endsOn", terms.endsOn().toString())
                        .set("waymark:sealKey", sealKey.multibase())
                        .set("waymark:focalPoints", focalPoints(focalPoints));
        answers.ifPresent(it -> json.set("context", it));
        return new AgreementDocument(json.json());
    }

    /// Reads what a partner signed; empty when anything is missing, too long or of another kind.
    static Optional<AgreementDocument> read(ObjectNode json) {
        var document = new AgreementDocument(json);
        try {
            var terms = document.terms();
            var texts =
                    List.of(
                            terms.purpose(),
                            terms.retention(),
                            terms.complaints(),
                            terms.confidentialityLimits(),
                            terms.dutyToReport());
            var whole =
                    json.path("type").asText().equals(TYPE)
                            && document.id().isAbsolute()
                            && texts.stream().allMatch(it -> it.length() <= MAX_TEXT)
                            && terms.services().size() <= MAX_ENTRIES
                            && terms.dataGroups().size() <= MAX_ENTRIES
                            && document.focalPoints().size() == Duty.values().length
                            && document.sealKey().kind() == Multikey.Kind.X25519;
            return whole ? Optional.of(document) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    public URI id() {
        return URI.create(required(json, "id"));
    }

    /// The document that this one countersigns.
    public Optional<URI> answers() {
        return json.path("context").isTextual()
                ? Optional.of(URI.create(json.path("context").textValue()))
                : Optional.empty();
    }

    public URI signatory() {
        return URI.create(required(json, "attributedTo"));
    }

    public URI partner() {
        return URI.create(required(json, "waymark:partner"));
    }

    public AgreementTerms terms() {
        return new AgreementTerms(
                required(json, "waymark:purpose"),
                texts(json, "waymark:services"),
                texts(json, "waymark:dataGroups"),
                required(json, "waymark:retention"),
                json.path("waymark:incidentHours").asInt(24),
                required(json, "waymark:complaints"),
                required(json, "waymark:confidentialityLimits"),
                required(json, "waymark:dutyToReport"),
                LocalDate.parse(required(json, "waymark:endsOn")));
    }

    public List<FocalPoint> focalPoints() {
        var points = new ArrayList<FocalPoint>();
        for (JsonNode it : json.path("waymark:focalPoints")) {
            points.add(
                    new FocalPoint(
                            Duty.valueOf(required(it, "duty").toUpperCase(Locale.ROOT)),
                            required(it, "role"),
                            required(it, "phone"),
                            it.path("hours").asText(),
                            texts(it, "languages"),
                            LocalDate.parse(required(it, "checkedOn"))));
        }
        return points;
    }

    public Multikey sealKey() {
        return Multikey.read(required(json, "waymark:sealKey")).orElseThrow();
    }

    private static JsonNode focalPoints(List<FocalPoint> points) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var point : points) {
            var it = array.addObject();
            it.put("duty", point.duty().name().toLowerCase(Locale.ROOT));
            it.put("role", point.role());
            it.put("phone", point.phone());
            it.put("hours", point.hours());
            it.set("languages", texts(point.languages()));
            it.put("checkedOn", point.checkedOn().toString());
        }
        return array;
    }

    private static JsonNode texts(List<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> texts(JsonNode node, String member) {
        var texts = new ArrayList<String>();
        node.path(member).forEach(it -> texts.add(it.asText()));
        return texts;
    }

    private static String required(JsonNode node, String member) {
        var value = node.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(member + " is missing");
        }
        return value.textValue();
    }
}
