// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.SafeZip;
import org.waymark.node.listing.UnusablePackageException;

/// The files of a data package, in a folder or a zip, known by their names wherever they lie.
final class PackageFiles implements AutoCloseable {

    /// Which kind of package it is.
    enum Version {
        /// For `HsdsImport`.
        ONE,
        LATER
    }

    // What only one of them has.
    private static final Set<String> OF_THREE =
            Set.of(
                    "addresses",
                    "address",
                    "attributes",
                    "attribute",
                    "cost_options",
                    "cost_option",
                    "accessibility",
                    "service_capacity",
                    "organization_identifiers",
                    "units",
                    "url",
                    // of 2.0 and later
                    "schedules",
                    "schedule",
                    "service_attributes",
                    "service_attribute",
                    "taxonomy_terms",
                    "taxonomy_term");

    /// A row: its cells by column, those without anything left out.
    record Line(long number, ObjectNode object) {}

    private final Path path;
    private final Optional<SafeZip> zip;
    private final List<String> files;

    private PackageFiles(Path path, Optional<SafeZip> zip, List<String> files) {
        this.path = path;
        this.zip = zip;
        this.files = home(files);
    }

    /// @throws UnusablePackageException when there is nothing to read
    static PackageFiles open(Path path) {
        if (Files.isDirectory(path)) {
            try (var below = Files.walk(path, 2)) {
                return new PackageFiles(
                        path,
                        Optional.empty(),
                        below.filter(Files::isRegularFile)
                                .map(it -> path.relativize(it).toString().replace('\\', '/'))
                                .toList());
            } catch (IOException e) {
                throw new UnusablePackageException(
                        "package-unreadable", path + " cannot be read: " + e.getMessage());
            }
        }
        var zip = SafeZip.open(path);
        return new PackageFiles(path, Optional.of(zip), zip.names());
    }

    /// The files beside services.csv: what others derived from a package lies elsewhere.
    private static List<String> home(List<String> all) {
        var home =
                all.stream()
                        .filter(name -> !name.contains("__MACOSX"))
                        .filter(name -> base(name).matches("services?"))
                        .map(PackageFiles::folder)
                        .min(Comparator.comparing(String::length));
        return all.stream()
                .filter(name -> home.filter(folder(name)::equals).isPresent())
                .sorted()
                .toList();
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /// The name of a table's file without folder and ending, in small letters.
    static String base(String name) {
        var file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        var dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    Version version() {
        return csv().stream().anyMatch(name -> OF_THREE.contains(base(name)))
                ? Version.LATER
                : Version.ONE;
    }

    List<String> csv() {
        return Stream.of(files)
                .flatMap(List::stream)
                .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".csv"))
                .toList();
    }

    /// A file of this name, wherever it lies.
    Optional<String> find(String name) {
        return files.stream()
                .filter(it -> it.substring(it.lastIndexOf('/') + 1).equals(name))
                .findFirst();
    }

    /// The text of a file that may be missing.
    Optional<String> text(String name) {
        return files.stream()
                .filter(it -> it.endsWith(name))
                .findFirst()
                .map(
                        it -> {
                            try (var stream = open(it)) {
                                return new String(
                                        stream.readNBytes(4 << 20), StandardCharsets.UTF_8);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /// Hands over the rows of a file.
    void rows(String name, ImportReport report, Consumer<Line> line) {
        try (var stream = open(name)) {
            TableFile.csv(
                    stream, name, report, row -> line.accept(new Line(row.number(), row.object())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream open(String name) throws IOException {
        return zip.isPresent()
                ? zip.get().read(name)
                : new BufferedInputStream(Files.newInputStream(path.resolve(name)));
    }

    @Override
    public void close() {
        zip.ifPresent(SafeZip::close);
    }
}
