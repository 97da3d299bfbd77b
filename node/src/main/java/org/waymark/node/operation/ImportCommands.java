// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.listing.intake.MappedImport;
import org.waymark.node.listing.intake.Mapping;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import picocli.CommandLine.Command;
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

        @Option(
                names = "--publisher",
                required = true,
                paramLabel = "SLUG",
                description = "The organisation of this node that publishes them.")
        private String publisher = "";

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

        @Option(
                names = "--language",
                paramLabel = "en",
                description = "Of the texts (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Option(
                names = "--topics",
                paramLabel = "CSV",
                description = "Which service belongs to which pillar: service_id,pillar,strength.")
        private Optional<Path> topics = Optional.empty();

        @Option(names = "--dry-run", description = "Only read, check and report.")
        private boolean dryRun;

        @Option(
                names = "--report",
                paramLabel = "FILE",
                description = "Writes every problem found, as JSON.")
        private Optional<Path> report = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var id = publisher(domains, publisher, terminal);
            if (id.isEmpty()) {
                return 2;
            }
            var tag = Locale.forLanguageTag(language).toLanguageTag();
            if (tag.equals("und")) {
                terminal.error("Not a language tag: " + language);
                return 2;
            }
            return told(
                    domains,
                    id.get(),
                    terminal,
                    dryRun,
                    report,
                    () ->
                            domains.directoryImport()
                                    .run(
                                            Acting.node(id.get()),
                                            terminal.directory().resolve(path),
                                            new HsdsImport.Options(
                                                    id.get(),
                                                    country.map(
                                                            code -> code.toUpperCase(Locale.ROOT)),
                                                    zone,
                                                    tag,
                                                    topics.map(terminal.directory()::resolve),
                                                    dryRun),
                                            terminal));
        }
    }

    static Optional<OrganizationId> publisher(Domains domains, String slug, Terminal terminal) {
        var organization = domains.organizations().findBySlug(slug);
        if (organization.isEmpty()) {
            terminal.error("No organisation here is called " + slug + ".");
        }
        return organization.map(HostedOrganization::id);
    }

    private static int told(
            Domains domains,
            OrganizationId publisher,
            Terminal terminal,
            boolean dryRun,
            Optional<Path> report,
            Supplier<ImportReport> importing) {
        try {
            var done = importing.get();
            done.lines().forEach(terminal::line);
            if (!dryRun && done.changes() > 0) {
                domains.twins().look(Acting.node(publisher));
            }
            if (report.isPresent() && !written(done, report.get(), terminal)) {
                return 1;
            }
            return dryRun && done.hasProblems() ? 3 : 0;
        } catch (UnusablePackageException e) {
            terminal.error(e.getMessage() + " (" + e.code() + ")");
            return 2;
        }
    }

    private static boolean written(ImportReport done, Path report, Terminal terminal) {
        var file = terminal.directory().resolve(report);
        try {
            Files.writeString(file, done.json().toPrettyString());
            terminal.line("The whole report: " + file);
            return true;
        } catch (IOException e) {
            terminal.error("The report cannot be written to " + file);
            return false;
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

        @Option(
                names = "--publisher",
                required = true,
                paramLabel = "SLUG",
                description = "The organisation of this node that publishes them.")
        private String publisher = "";

        @Option(
                names = "--mapping",
                required = true,
                paramLabel = "NAME",
                description = "A mapping that staff of the publisher saved, or a file with one.")
        private String mapping = "";

        @Option(names = "--dry-run", description = "Only read, check and report.")
        private boolean dryRun;

        @Option(
                names = "--report",
                paramLabel = "FILE",
                description = "Writes every problem found, as JSON.")
        private Optional<Path> report = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var id = publisher(domains, publisher, terminal);
            if (id.isEmpty()) {
                return 2;
            }
            var acting = Acting.node(id.get());
            return told(
                    domains,
                    id.get(),
                    terminal,
                    dryRun,
                    report,
                    () ->
                            domains.mappedImport()
                                    .table(
                                            acting,
                                            id.get(),
                                            terminal.directory().resolve(path),
                                            path.getFileName() + "",
                                            domains.mappings()
                                                    .find(acting, mapping)
                                                    .orElseGet(
                                                            () ->
                                                                    Mapping.read(
                                                                            terminal.directory()
                                                                                    .resolve(
                                                                                            mapping))),
                                            dryRun,
                                            terminal));
        }
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

        @Option(
                names = "--publisher",
                required = true,
                paramLabel = "SLUG",
                description = "The organisation of this node that publishes them.")
        private String publisher = "";

        @Option(
                names = "--mapping",
                required = true,
                paramLabel = "FILE",
                description =
                        "A file with the mapping, or one that comes with the node:"
                                + " services-advisor, info-for-refugees.")
        private String mapping = "";

        @Option(names = "--dry-run", description = "Only read, check and report.")
        private boolean dryRun;

        @Option(
                names = "--report",
                paramLabel = "FILE",
                description = "Writes every problem found, as JSON.")
        private Optional<Path> report = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var id = publisher(domains, publisher, terminal);
            if (id.isEmpty()) {
                return 2;
            }
            return told(
                    domains,
                    id.get(),
                    terminal,
                    dryRun,
                    report,
                    () ->
                            domains.mappedImport()
                                    .records(
                                            Acting.node(id.get()),
                                            id.get(),
                                            terminal.directory().resolve(path),
                                            MappedImport.shipped(mapping)
                                                    .orElseGet(
                                                            () ->
                                                                    Mapping.read(
                                                                            terminal.directory()
                                                                                    .resolve(
                                                                                            mapping))),
                                            dryRun,
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

        @Option(
                names = "--publisher",
                required = true,
                paramLabel = "SLUG",
                description = "The organisation of this node that publishes them.")
        private String publisher = "";

        @Option(names = "--stop", description = "Reads it no more; what came stays.")
        private boolean stop;

        @Override
        public int run(Domains domains, Terminal terminal) {
            var id = publisher(domains, publisher, terminal);
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
