// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A HSDS 1.1 tabular data package, in a folder or a zip. The paths in its `datapackage.json` may
/// be wrong: a file is known by its name.
final class HsdsPackage implements AutoCloseable {

    /// One CSV file.
    ///
    /// @param table what it holds; empty when we do not know it
    record Resource(String name, Optional<PackageTable> table) {}

    // Names that only later versions have.
    private static final List<String> LATER =
            List.of(
                    "schedules.csv",
                    "schedule.csv",
                    "addresses.csv",
                    "cost_options.csv",
                    "attributes.csv",
                    "taxonomy_terms.csv");

    private final Path path;
    private final @Nullable SafeZip zip;
    private final List<Resource> resources;

    private HsdsPackage(Path path, @Nullable SafeZip zip, List<String> files) {
        this.path = path;
        this.zip = zip;
        this.resources =
                files.stream()
                        .map(file -> new Resource(file, PackageTable.named(baseName(file))))
                        .sorted(
                                Comparator.<Resource, Integer>comparing(
                                                it ->
                                                        it.table()
                                                                .map(Enum::ordinal)
                                                                .orElse(Integer.MAX_VALUE))
                                        .thenComparing(Resource::name))
                        .toList();
    }

    static HsdsPackage open(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return checked(new HsdsPackage(path, null, filesIn(path)));
            }
            if (!Files.isRegularFile(path)) {
                throw new UnusablePackageException(
                        "package-not-found", "There is no folder or file " + path);
            }
            if (startsWith(path, "PK")) {
                var zip = SafeZip.open(path);
                return checked(new HsdsPackage(path, zip, csvOnly(zip.names().stream())));
            }
        } catch (IOException e) {
            throw new UnusablePackageException(
                    "package-unreadable", path + " cannot be read: " + e.getMessage());
        }
        throw new UnusablePackageException(
                "package-not-supported",
                path
                        + " is neither a folder nor a zip. Supported is a HSDS 1.1 tabular data"
                        + " package: datapackage.json and CSV files.");
    }

    private static HsdsPackage checked(HsdsPackage opened) {
        var names = opened.resources.stream().map(it -> fileName(it.name())).toList();
        if (LATER.stream().anyMatch(names::contains)) {
            opened.close();
            throw new UnusablePackageException(
                    "package-version-not-supported",
                    "This is a package of HSDS 2.0 or later. Supported is HSDS 1.1 (tables such as"
                            + " regular_schedules and physical_addresses).");
        }
        if (opened.resources.stream()
                .noneMatch(it -> it.table().equals(Optional.of(PackageTable.SERVICE)))) {
            opened.close();
            throw new UnusablePackageException(
                    "package-without-services",
                    "There is no services.csv in " + opened.path + " or a folder below it.");
        }
        return opened;
    }

    private static boolean startsWith(Path path, String magic) throws IOException {
        try (var stream = Files.newInputStream(path)) {
            return new String(stream.readNBytes(magic.length()), StandardCharsets.ISO_8859_1)
                    .equals(magic);
        }
    }

    /// The files of the package itself: of its folder, else of the first folder below that has
    /// them. What others derived from it lies elsewhere and is no part of it.
    private static List<String> filesIn(Path folder) throws IOException {
        try (var below = Files.walk(folder, 2)) {
            return csvOnly(
                    below.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/')));
        }
    }

    private static List<String> csvOnly(Stream<String> names) {
        var files =
                names.filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".csv"))
                        .filter(name -> !name.contains("__MACOSX"))
                        .sorted()
                        .toList();
        var home =
                files.stream()
                        .filter(
                                name ->
                                        PackageTable.named(baseName(name))
                                                .equals(Optional.of(PackageTable.SERVICE)))
                        .map(HsdsPackage::folderOf)
                        .min(Comparator.comparing(String::length));
        return files.stream().filter(name -> home.equals(Optional.of(folderOf(name)))).toList();
    }

    private static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static String baseName(String name) {
        var file = fileName(name);
        return file.substring(0, file.length() - ".csv".length());
    }

    List<Resource> resources() {
        return resources;
    }

    /// The year that the package says it was made in, if it says so.
    Optional<Integer> year() {
        try (var stream = description()) {
            var json = Document.JSON.readTree(stream);
            return Stream.of("last_modified", "created", "last_updated", "updated")
                    .map(member -> json.path(member).asText())
                    .filter(text -> text.matches("\\d{4}-.*|\\d{4}"))
                    .map(text -> Integer.valueOf(text.substring(0, 4)))
                    .findFirst();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream description() throws IOException {
        if (zip != null) {
            return zip.read("datapackage.json");
        }
        var file = path.resolve("datapackage.json");
        return Files.exists(file) ? Files.newInputStream(file) : InputStream.nullInputStream();
    }

    /// Hands over the rows of a file one by one.
    void read(Resource resource, ImportReport report, Consumer<NamedCsvRecord> row) {
        read(open(resource), resource.name(), report, row);
    }

    /// Hands over the rows of any CSV file one by one.
    static void read(
            InputStream stream, String name, ImportReport report, Consumer<NamedCsvRecord> row) {
        try (stream) {
            var text = CsvText.of(stream, name, report);
            try (var rows = text.rows().ofNamedCsvRecord(text.text())) {
                rows.forEach(row);
            }
        } catch (CsvParseException e) {
            throw UnusablePackageException.from(e, name + " is not a CSV file: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream open(Resource resource) {
        try {
            if (zip != null) {
                return zip.read(resource.name());
            }
            return new BufferedInputStream(Files.newInputStream(path.resolve(resource.name())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (zip != null) {
            zip.close();
        }
    }
}
