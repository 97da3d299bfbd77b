// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Scratch;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// Takes in a HSDS directory of any version: a folder or zip of CSV files, or JSON.
public final class DirectoryImport {

    private final HsdsImport ofVersionOne;
    private final Intake intake;
    private final Path scratch;

    /// @param scratch where rows may be put aside while it runs
    public DirectoryImport(HsdsImport ofVersionOne, Intake intake, Path scratch) {
        this.ofVersionOne = ofVersionOne;
        this.intake = intake;
        this.scratch = scratch;
    }

    /// Imports a folder, a zip or a JSON file.
    ///
    /// @throws UnusablePackageException when it cannot be read as a directory; nothing is changed
    public ImportReport run(
            Acting acting, Path path, HsdsImport.Options options, Progress progress) {
        if (!Files.exists(path)) {
            throw new UnusablePackageException(
                    "package-not-found", "There is no folder or file " + path);
        }
        if (isJson(path)) {
            var source =
                    new JsonSource(
                            () -> new BufferedInputStream(Files.newInputStream(path)),
                            path.getFileName() + "",
                            acting.isNode()
                                    ? JsonSource.Exported.AS_KEPT_IF_IT_SAYS_SO
                                    : JsonSource.Exported.AS_ANYBODYS);
            return intake.run(acting, source, plain(options), progress);
        }
        try (var files = PackageFiles.open(path)) {
            // Others may have a file of this name, too.
            var records = files.find(HsdsExport.RECORDS).filter(_ -> isOfEverything(files));
            if (records.isPresent()) {
                var name = records.get();
                var exported =
                        acting.isNode()
                                ? JsonSource.Exported.AS_KEPT
                                : JsonSource.Exported.AS_ANYBODYS;
                var source = new JsonSource(() -> files.open(name), name, exported);
                return intake.run(acting, source, plain(options), progress);
            }
            if (files.version() == PackageFiles.Version.LATER) {
                try (var rows = new Scratch(scratch)) {
                    return intake.run(
                            acting, new TabularSource(files, rows), plain(options), progress);
                }
            }
        }
        return ofVersionOne.run(acting, path, options, progress);
    }

    /// Whether a file says itself what is in it: JSON, or a package with a table of services. Any
    /// other is a table whose columns need a meaning.
    ///
    /// @throws UnusablePackageException when it is a zip of neither
    static boolean isDirectory(Path path) {
        if (isJson(path)) {
            return true;
        }
        try (var stream = Files.newInputStream(path)) {
            var isZip =
                    new String(stream.readNBytes(2), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .equals("PK");
            if (!isZip) {
                return false;
            }
        } catch (IOException e) {
            throw new UnusablePackageException("package-unreadable", path + " cannot be read");
        }
        try (var files = PackageFiles.open(path)) {
            return !files.csv().isEmpty();
        }
    }

    private static boolean isOfEverything(PackageFiles files) {
        return files.text("datapackage.json").map(DirectoryImport::isOfEverything).orElse(false);
    }

    private static boolean isOfEverything(String about) {
        try {
            return HsdsExport.isOfEverything(JsonSource.JSON.readTree(about));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Intake.Options plain(HsdsImport.Options options) {
        return new Intake.Options(
                options.publisher(),
                options.country(),
                options.zone(),
                options.language(),
                java.util.Optional.empty(),
                options.dryRun());
    }

    private static boolean isJson(Path path) {
        if (Files.isDirectory(path)) {
            return false;
        }
        var name = (path.getFileName() + "").toLowerCase(Locale.ROOT);
        if (name.endsWith(".json") || name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return true;
        }
        try (var stream = Files.newInputStream(path)) {
            var first =
                    new String(stream.readNBytes(2), java.nio.charset.StandardCharsets.UTF_8)
                            .strip();
            return first.startsWith("{") || first.startsWith("[");
        } catch (IOException e) {
            throw new UnusablePackageException("package-unreadable", path + " cannot be read");
        }
    }
}
