// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// Takes in what is no HSDS at all: tables and lists of records, through a [Mapping].
public final class MappedImport {

    private final Intake intake;
    private final ZoneId zone;

    /// @param zone of the hours where a mapping names none
    public MappedImport(Intake intake, ZoneId zone) {
        this.intake = intake;
        this.zone = zone;
    }

    /// Imports a CSV or XLSX file.
    ///
    /// @param name how the file is called in the report
    /// @throws UnusablePackageException when it cannot be read; nothing is changed
    public ImportReport table(
            Acting acting,
            OrganizationId publisher,
            Path file,
            String name,
            Mapping mapping,
            boolean dryRun,
            Progress progress) {
        found(file);
        var options = options(publisher, mapping, dryRun);
        return intake.run(
                acting,
                new TableSource(file, name, mapping, options.language()),
                options,
                progress);
    }

    /// Imports lists of JSON records: a file, or the folder with the files that the mapping names.
    ///
    /// @throws UnusablePackageException when they cannot be read; nothing is changed
    public ImportReport records(
            Acting acting,
            OrganizationId publisher,
            Path path,
            Mapping mapping,
            boolean dryRun,
            Progress progress) {
        found(path);
        var options = options(publisher, mapping, dryRun);
        return intake.run(
                acting, new RecordSource(path, mapping, options.language()), options, progress);
    }

    private static void found(Path path) {
        if (!Files.exists(path)) {
            throw new UnusablePackageException(
                    "package-not-found", "There is no folder or file " + path);
        }
    }

    private Intake.Options options(OrganizationId publisher, Mapping mapping, boolean dryRun) {
        return new Intake.Options(
                publisher,
                mapping.country(),
                mapping.zone().map(MappedImport::zone).orElse(zone),
                mapping.language().orElse("en"),
                Optional.empty(),
                dryRun);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new UnusablePackageException(
                    "mapping-unusable", "The mapping names no time zone: " + name);
        }
    }

    /// A mapping that comes with the node, by name: `services-advisor`, `info-for-refugees`.
    public static Optional<Mapping> shipped(String name) {
        var file = "/listing/mappings/" + name.toLowerCase(Locale.ROOT) + ".json";
        if (!name.matches("[a-z-]+")) {
            return Optional.empty();
        }
        try (InputStream stream = MappedImport.class.getResourceAsStream(file)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(
                            Mapping.parse(
                                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
