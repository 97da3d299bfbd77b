// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;

/// The schemas in a description of an interface, formats asserted.
final class DescribedSchemas {

    private static final String ADDRESS = "https://described.example/openapi.json";

    private final JsonSchemaFactory factory;

    DescribedSchemas(String openApi) {
        factory =
                JsonSchemaFactory.getInstance(
                        VersionFlag.V202012,
                        builder ->
                                builder.schemaLoaders(
                                        loaders -> loaders.schemas(Map.of(ADDRESS, openApi))));
    }

    Set<ValidationMessage> validate(String schema, JsonNode json) {
        return factory.getSchema(
                        SchemaLocation.of(ADDRESS + "#/components/schemas/" + schema),
                        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                .validate(
                        json,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }
}
