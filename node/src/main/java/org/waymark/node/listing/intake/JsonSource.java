// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Intake.Entity;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.UnusablePackageException;

/// Reads HSDS 3 JSON one object at a time: one object, a list, a page of an API, several lists by
/// name, or one object per line.
final class JsonSource implements Intake.Source {

    static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, Entity> LISTS =
            Map.of(
                    "services", Entity.SERVICE,
                    "organizations", Entity.ORGANIZATION,
                    "locations", Entity.LOCATION,
                    "contacts", Entity.CONTACT,
                    "programs", Entity.PROGRAM,
                    "taxonomies", Entity.TAXONOMY,
                    "taxonomy_terms", Entity.TAXONOMY_TERM);
    private static final Map<String, Entity> RECORDS =
            Map.of(
                    "service", Entity.SERVICE,
                    "organization", Entity.ORGANIZATION,
                    "location", Entity.LOCATION,
                    "contact", Entity.CONTACT,
                    "program", Entity.PROGRAM,
                    "taxonomy", Entity.TAXONOMY,
                    "term", Entity.TAXONOMY_TERM);
    private static final Set<String> OF_ORGANIZATIONS =
            Set.of("services", "website", "legal_status", "tax_id", "organization_identifiers");
    private static final Set<String> OF_LOCATIONS =
            Set.of("location_type", "addresses", "latitude", "transportation");
    private static final Set<String> OF_TERMS =
            Set.of("taxonomy_detail", "parent_id", "term_uri", "taxonomy");

    interface Opening {
        InputStream open() throws IOException;
    }

    private final Opening opening;
    private final String name;
    private final Exported exported;
    private boolean isAsKept;

    /// What becomes of records as an export of everything has them: they are taken word by word,
    /// with how widely they were seen, for the operator only, because it takes two of the staff
    /// otherwise; and only where the export says that it is one.
    enum Exported {
        /// Like what anybody wrote.
        AS_ANYBODYS,
        AS_KEPT_IF_IT_SAYS_SO,
        AS_KEPT
    }

    JsonSource(Opening opening, String name) {
        this(opening, name, Exported.AS_ANYBODYS);
    }

    JsonSource(Opening opening, String name, Exported exported) {
        this.opening = opening;
        this.name = name;
        this.exported = exported;
        this.isAsKept = exported == Exported.AS_KEPT;
    }

    @Override
    public void read(Intake.Sink sink) {
        sink.report().file(name);
        var number = new int[1];
        try (var stream = new PartStream(opening.open(), name);
                var parser = JSON.createParser(stream)) {
            var something = false;
            while (parser.nextToken() != null) {
                something = true;
                stream.begin();
                top(parser, stream, sink, number);
            }
            if (!something) {
                throw unusable("it is empty");
            }
        } catch (JsonProcessingException e) {
            throw unusable(
                    "it is broken in line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw unusable("it cannot be read");
        }
    }

    private UnusablePackageException unusable(String why) {
        return new UnusablePackageException("file-unreadable", name + " is no HSDS JSON: " + why);
    }

    private void top(JsonParser parser, PartStream stream, Intake.Sink sink, int[] number)
            throws IOException {
        switch (parser.currentToken()) {
            case START_ARRAY -> each(parser, stream, "", sink, number);
            case START_OBJECT -> object(parser, stream, sink, number);
            default -> throw unusable("it is neither a list nor an object");
        }
    }

    /// A list by name is read element by element; anything else belongs to the object itself.
    private void object(JsonParser parser, PartStream stream, Intake.Sink sink, int[] number)
            throws IOException {
        var own = JSON.createObjectNode();
        var lists = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var member = parser.currentName();
            parser.nextToken();
            var isList =
                    parser.currentToken() == JsonToken.START_ARRAY
                            && (member.equals("contents")
                                    || member.equals("records")
                                    || (LISTS.containsKey(member) && !own.has("name")));
            if (isList) {
                lists = true;
                isAsKept |=
                        exported == Exported.AS_KEPT_IF_IT_SAYS_SO
                                && HsdsExport.isOfEverything(own);
                each(parser, stream, member, sink, number);
                stream.begin();
            } else {
                own.set(member, JSON.readTree(parser));
            }
        }
        if (!lists) {
            take(own, "", sink, ++number[0]);
        }
    }

    private void each(
            JsonParser parser, PartStream stream, String list, Intake.Sink sink, int[] number)
            throws IOException {
        stream.begin();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw unusable("its end is missing");
            }
            JsonNode element = JSON.readTree(parser);
            take(element, list, sink, ++number[0]);
            stream.begin();
        }
    }

    private void take(JsonNode element, String list, Intake.Sink sink, int number) {
        var where = name + " object " + number;
        if (!(element instanceof ObjectNode object)) {
            sink.report().row(name);
            sink.report().leftOut(name, Problem.NOT_A_RECORD, where);
            return;
        }
        if (object.path("document") instanceof ObjectNode document && object.has("type")) {
            record(object, document, sink, where);
            return;
        }
        if (object.path("service") instanceof ObjectNode service) {
            // A service at a location, with its service in it.
            object.remove("service");
            service.withArray("/service_at_locations").add(object);
            sink.add(Entity.SERVICE, service, name, where);
            return;
        }
        sink.add(LISTS.getOrDefault(list, kind(object)), object, name, where);
    }

    /// A record of an export of everything.
    private void record(ObjectNode record, ObjectNode document, Intake.Sink sink, String where) {
        var entity = RECORDS.get(record.path("type").asText());
        if (entity == null) {
            sink.report().row(name);
            sink.report().leftOut(name, Problem.NOT_A_RECORD, where);
            return;
        }
        var ruling = record.path("ruling") instanceof ObjectNode it ? it : JSON.createObjectNode();
        if (isAsKept) {
            var sha256 = record.path("sha256").asText();
            sink.addExported(entity, document, sha256, ruling, name, where);
        } else {
            document.setAll(ruling);
            sink.add(entity, document, name, where);
        }
    }

    private static Entity kind(ObjectNode object) {
        if (object.has("organization") || object.has("organization_id") || object.has("status")) {
            return Entity.SERVICE;
        }
        if (hasOne(object, OF_ORGANIZATIONS)) {
            return Entity.ORGANIZATION;
        }
        if (hasOne(object, OF_LOCATIONS)) {
            return Entity.LOCATION;
        }
        return hasOne(object, OF_TERMS) ? Entity.TAXONOMY_TERM : Entity.SERVICE;
    }

    private static boolean hasOne(ObjectNode object, Set<String> members) {
        return members.stream().anyMatch(object::has);
    }
}
