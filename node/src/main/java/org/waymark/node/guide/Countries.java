// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The country files: those in `DATA/countries`, which the operator checked, before those that came
/// with the program.
public final class Countries {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final Path folder;

    /// @param folder `countries` in the data folder; need not exist
    public Countries(Path folder) {
        this.folder = folder;
    }

    /// @param code ISO 3166-1 alpha-2, in capitals
    /// @throws UncheckedIOException if there is a file and it cannot be understood; the message
    ///   names it
    public Optional<Country> find(String code) {
        if (!code.matches("[A-Z]{2}")) {
            return Optional.empty();
        }
        var name = code + ".json";
        var own = folder.resolve(name);
        try (var file = Files.exists(own) ? Files.newInputStream(own) : shipped(name)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(JSON.readValue(file, Country.class));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The country file " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable InputStream shipped(String name) {
        return Countries.class.getResourceAsStream("/countries/" + name);
    }
}
