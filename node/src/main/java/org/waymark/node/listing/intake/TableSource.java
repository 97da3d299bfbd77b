// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.waymark.node.listing.Intake;

/// Reads a table through a mapping, one service from each row.
final class TableSource implements Intake.Source {

    private final Path file;
    private final String name;
    private final Mapping mapping;
    private final String base;

    TableSource(Path file, String name, Mapping mapping, String base) {
        this.file = file;
        this.name = name;
        this.mapping = mapping;
        this.base = base;
    }

    @Override
    public void read(Intake.Sink sink) {
        sink.report().file(name);
        var mapper = new RecordMapper(mapping, base, Map.of(), sink.report());
        TableFile.read(
                file,
                name,
                sink.report(),
                row -> {
                    var where = name + " line " + row.number();
                    var json = row.object();
                    if (!json.isEmpty()) {
                        sink.add(
                                Intake.Entity.SERVICE,
                                mapper.service(Map.<String, JsonNode>of(base, json), where),
                                name,
                                where);
                    }
                });
    }
}
