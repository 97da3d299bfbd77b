// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// One value of a listing that is another than before.
///
/// @param field its HSDS member, such as `description`
/// @param where which of several, or in which language; may be empty
/// @param before empty when there was none
/// @param after empty when there is none any more
public record FieldChange(String field, String where, String before, String after) {

    static List<FieldChange> between(Snapshot before, Snapshot after) {
        return between(before.document(), after.document());
    }

    static List<FieldChange> between(Document before, Document after) {
        var old = values(Document.parse(before.text()));
        var now = values(Document.parse(after.text()));
        var all = new TreeSet<>(old.keySet());
        all.addAll(now.keySet());
        var changes = new ArrayList<FieldChange>();
        for (var path : all) {
            var was = old.getOrDefault(path, "");
            var is = now.getOrDefault(path, "");
            if (!was.equals(is)) {
                changes.add(of(path, was, is));
            }
        }
        return List.copyOf(changes);
    }

    /// Paths such as `service/translations/ar/name` and `places/0/addresses/0/city`.
    private static FieldChange of(String path, String before, String after) {
        var names = path.split("/");
        var first = names[0].equals("service") ? 1 : 2;
        if (names.length > first + 2 && names[first].equals("translations")) {
            return new FieldChange(names[first + 2], names[first + 1], before, after);
        }
        var where = String.join(" ", List.of(names).subList(first + 1, names.length));
        return new FieldChange(names[first], where, before, after);
    }

    private static TreeMap<String, String> values(JsonNode json) {
        var values = new TreeMap<String, String>();
        collect(json, "", values);
        return values;
    }

    private static void collect(JsonNode json, String path, TreeMap<String, String> values) {
        if (json instanceof ObjectNode object) {
            for (var member : object.properties()) {
                if (!isIdOf(member.getKey())) {
                    collect(member.getValue(), under(path, member.getKey()), values);
                }
            }
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                collect(json.get(i), under(path, Integer.toString(i)), values);
            }
        } else {
            values.put(path, json.asText());
        }
    }

    private static String under(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /// Ids say nothing to a reader.
    private static boolean isIdOf(String member) {
        return member.equals("id") || member.endsWith("_id");
    }
}
