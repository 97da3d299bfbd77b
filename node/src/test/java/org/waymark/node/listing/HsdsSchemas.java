// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.Set;

/// The HSDS 3.1 schemas in the shared folder, formats asserted.
final class HsdsSchemas {

    private static final String BASE = "https://hsds.example/schema/";

    private final JsonSchemaFactory factory;

    HsdsSchemas(Path shared) {
        var folder = shared.resolve("hsds/3.1/schema").toUri().toString();
        factory =
                JsonSchemaFactory.getInstance(
                        VersionFlag.V202012,
                        builder ->
                                builder.schemaMappers(mappers -> mappers.mapPrefix(BASE, folder)));
    }

    Set<ValidationMessage> validate(String schema, JsonNode json) {
        return schema(schema).validate(json, HsdsSchemas::assertFormats);
    }

    private JsonSchema schema(String name) {
        return factory.getSchema(
                SchemaLocation.of(BASE + name + ".json"),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    private static void assertFormats(ExecutionContext context) {
        context.getExecutionConfig().setFormatAssertionsEnabled(true);
    }
}
