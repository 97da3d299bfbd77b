// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.intake.MappedImport;
import org.waymark.node.listing.intake.Mapping;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark import …`: directories that other systems exported.
public final class ImportCommands {

    private ImportCommands() {}

    /// `waymark import hsds`
    @Command(
            name = "hsds",
            description = {
                "Imports a HSDS directory: a data package of 1.1, 2.0 or 3.x (a folder or zip of CSV"
                        + " files), or JSON of 3.x.",
                "Run it again after it was stopped; a second run of the same package changes"
                        + " nothing."
            })
    public static final class Hsds implements NodeCommand {

        @Parameters(paramLabel = "PATH", description = "The folder, the zip or the JSON file.")
        private Path path = Path.of("");

        @Mixin private final ImportOptions options = new ImportOptions();

        @Option(
                names = "--country",
                paramLabel = "US",
                description = "For addresses that name no country.")
        private Optional<String> country = Optional.empty();

        @Option(
                names = "--zone",
                paramLabel = "America/New_York",
                description = "Of the opening hours (default: this machine's).")
        private ZoneId zone = ZoneId.systemDefault();

        @Mixin private final LanguageOption language = new LanguageOption();

        @Option(
                names = "--topics",
                paramLabel = "CSV",
                description = "Which service belongs to which pillar: service_id,pillar,strength.")
        private Optional<Path> topics = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var tag = language.tag(terminal);
            if (tag.isEmpty()) {
                return 2;
            }
            return options.run(
                    domains,
                    terminal,
                    id ->
                            domains.directoryImport()
                                    .run(
                                            Acting.node(id),
                                            terminal.directory().resolve(path),
                                            new HsdsImport.Options(
                                                    id,
                                                    country.map(
                                                            code -> code.toUpperCase(Locale.ROOT)),
                                                    zone,
                                                    tag.get(),
                                                    topics.map(terminal.directory()::resolve),
                                                    options.isDry()),
                                            terminal));
        }
    }

    /// `waymark import table`
    @Command(
            name = "table",
            description = {
                "Imports a table (CSV or XLSX) through a mapping that says what its columns mean."
            })
    public static final class Spreadsheet implements NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The table.")
        private Path path = Path.of("");

        @Mixin private final ImportOptions options = new ImportOptions();

        @Option(
                names = "--mapping",
                required = true,
                paramLabel = "NAME",
                description = "A mapping that staff of the publisher saved, or a file with one.")
        private String mapping = "";

        @Override
        public int run(Domains domains, Terminal terminal) {
            return options.run(
                    domains,
                    terminal,
                    id -> {
                        var acting = Acting.node(id);
                        return domains.mappedImport()
                                .table(
                                        acting,
                                        id,
                                        terminal.directory().resolve(path),
                                        path.getFileName() + "",
                                        domains.mappings()
                                                .find(acting, mapping)
                                                .orElseGet(() -> ofFile(terminal, mapping)),
                                        options.isDry(),
                                        terminal);
                    });
        }
    }

    private static Mapping ofFile(Terminal terminal, String name) {
        return Mapping.read(terminal.directory().resolve(name));
    }

    /// `waymark import records`
    @Command(
            name = "records",
            description = {
                "Imports lists of JSON records of any shape through a mapping, one file for each"
                        + " language if need be."
            })
    public static final class Records implements NodeCommand {

        @Parameters(
                paramLabel = "PATH",
                description = "The file, or the folder with the files that the mapping names.")
        private Path path = Path.of("");

        @Mixin private final ImportOptions options = new ImportOptions();

        @Option(
                names = "--mapping",
                required = true,
                paramLabel = "FILE",
                description =
                        "A file with the mapping, or one that comes with the node:"
                                + " services-advisor, info-for-refugees.")
        private String mapping = "";

        @Override
        public int run(Domains domains, Terminal terminal) {
            return options.run(
                    domains,
                    terminal,
                    id ->
                            domains.mappedImport()
                                    .records(
                                            Acting.node(id),
                                            id,
                                            terminal.directory().resolve(path),
                                            MappedImport.shipped(mapping)
                                                    .orElseGet(() -> ofFile(terminal, mapping)),
                                            options.isDry(),
                                            terminal));
        }
    }

    /// `waymark import feed`
    @Command(
            name = "feed",
            description = {
                "Takes in the listings of another HSDS API (3.x), now and every day from then on.",
                "Without an address: shows the feeds of the publisher."
            })
    public static final class Feed implements NodeCommand {

        @Parameters(
                paramLabel = "URL",
                arity = "0..1",
                description = "Where the API begins; /services stands below it.")
        private Optional<URI> url = Optional.empty();

        @Mixin private final PublisherOption publisher = new PublisherOption();

        @Option(names = "--stop", description = "Reads it no more; what came stays.")
        private boolean stop;

        @Override
        public int run(Domains domains, Terminal terminal) {
            var id = publisher.find(domains, terminal);
            if (id.isEmpty()) {
                return 2;
            }
            var acting = Acting.node(id.get());
            if (url.isPresent()) {
                if (stop) {
                    if (!domains.feeds().remove(acting, url.get())) {
                        terminal.error("No feed is read from " + url.get() + ".");
                        return 2;
                    }
                } else if (!domains.feeds().add(acting, url.get())) {
                    terminal.error("Not an address of an API: " + url.get());
                    return 2;
                }
            }
            for (var feed : domains.feeds().list(acting)) {
                terminal.line(feed.url() + "  " + feed.state());
            }
            return 0;
        }
    }
}
