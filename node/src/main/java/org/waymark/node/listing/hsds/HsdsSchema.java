// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON Schemas (2020-12) of the objects of HSDS, made from [HsdsModel].
public final class HsdsSchema {

    private HsdsSchema() {}

    /// @param references what stands before the name of another object in a `$ref`
    public static ObjectNode of(HsdsObject object, String references) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.put("title", object.name());
        var members = schema.putObject("properties");
        for (var member : object.members()) {
            members.set(member.name(), of(member, references));
            if (member.required()) {
                schema.withArray("/required").add(member.name());
            }
        }
        return schema;
    }

    static ObjectNode of(HsdsMember member, String references) {
        var schema = JsonNodeFactory.instance.objectNode();
        return switch (member.type()) {
            // HSDS itself does not say that days and times have a form; a form is what we serve.
            case TEXT, TIME -> schema.put("type", "string");
            case UUID -> schema.put("type", "string").put("format", "uuid");
            case NUMBER -> schema.put("type", "number");
            case DATE -> schema.put("type", "string").put("format", "date");
            case INSTANT -> schema.put("type", "string").put("format", "date-time");
            case URI -> schema.put("type", "string").put("format", "uri");
            case EMAIL -> schema.put("type", "string").put("format", "email");
            case WORD -> {
                member.words().forEach(schema.put("type", "string").withArray("/enum")::add);
                yield schema;
            }
            case OBJECT -> schema.put("$ref", references + member.of());
            case LIST -> {
                schema.put("type", "array")
                        .putObject("items")
                        .put("$ref", references + member.of());
                yield schema;
            }
        };
    }
}
