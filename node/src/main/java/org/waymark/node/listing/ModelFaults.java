// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import org.waymark.node.listing.hsds.Fault;
import org.waymark.node.listing.hsds.HsdsModel;
import org.waymark.node.listing.hsds.ModelCheck;

/// What HSDS does not allow in what a publisher keeps.
final class ModelFaults {

    // HSDS wants them; what nobody wrote is published empty.
    private static final List<String> MAY_BE_EMPTY =
            List.of("address_1", "city", "state_province", "postal_code", "country");

    private ModelFaults() {}

    /// Paths begin with the kind of object, such as `service`.
    static List<Fault> of(Aggregate aggregate) {
        var json = aggregate.json().deepCopy();
        for (var address : Document.objects(json, "addresses")) {
            MAY_BE_EMPTY.stream().filter(it -> !address.has(it)).forEach(it -> address.put(it, ""));
        }
        if (!json.has("description")) {
            json.put("description", "");
        }
        return ModelCheck.faults(object(aggregate.type()), json);
    }

    /// Where the record would stand in a data package.
    static String file(Aggregate aggregate) {
        return HsdsModel.get().object(object(aggregate.type())).file();
    }

    private static String object(Aggregate.Type type) {
        return type == Aggregate.Type.TERM ? "taxonomy_term" : Projection.word(type);
    }
}
