// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
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
            var organization = domains.organizations().findBySlug(publisher);
            if (organization.isEmpty()) {
                terminal.error("No organisation here is called " + publisher + ".");
                return 2;
            }
            var id = organization.get().id();
            var tag = Locale.forLanguageTag(language).toLanguageTag();
            if (tag.equals("und")) {
                terminal.error("Not a language tag: " + language);
                return 2;
            }
            try {
                var options =
                        new HsdsImport.Options(
                                id,
                                country.map(code -> code.toUpperCase(Locale.ROOT)),
                                zone,
                                tag,
                                topics.map(terminal.directory()::resolve),
                                dryRun);
                var done =
                        domains.directoryImport()
                                .run(
                                        Acting.node(id),
                                        terminal.directory().resolve(path),
                                        options,
                                        terminal);
                done.lines().forEach(terminal::line);
                if (report.isPresent() && !written(done, terminal)) {
                    return 1;
                }
                return dryRun && done.hasProblems() ? 3 : 0;
            } catch (UnusablePackageException e) {
                terminal.error(e.getMessage() + " (" + e.code() + ")");
                return 2;
            }
        }

        private boolean written(ImportReport done, Terminal terminal) {
            var file = terminal.directory().resolve(report.orElseThrow());
            try {
                Files.writeString(file, done.json().toPrettyString());
                terminal.line("The whole report: " + file);
                return true;
            } catch (IOException e) {
                terminal.error("The report cannot be written to " + file);
                return false;
            }
        }
    }
}
