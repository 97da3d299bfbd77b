// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark export …`: the directory for other systems.
public final class ExportCommands {

    private ExportCommands() {}

    /// `waymark export hsds`
    @Command(
            name = "hsds",
            description = {
                "Writes the public listings of this node as HSDS 3.1.",
                "With --all everything that is kept, addresses that protect people included: it is"
                        + " not for publication, and the audit says who did it."
            })
    public static final class Hsds implements NodeCommand {

        @Parameters(
                paramLabel = "PATH",
                description = "A new folder or .zip; with --format json a new file.")
        private Path path = Path.of("");

        @Option(
                names = "--publisher",
                paramLabel = "SLUG",
                description = "Only what this organisation publishes.")
        private Optional<String> publisher = Optional.empty();

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "datapackage or json (default: datapackage).")
        private String format = "datapackage";

        @Option(names = "--all", description = "Everything, not only what is public.")
        private boolean all;

        @Override
        public int run(Domains domains, Terminal terminal) {
            Optional<HostedOrganization> organization =
                    publisher.flatMap(domains.organizations()::findBySlug);
            if (publisher.isPresent() && organization.isEmpty()) {
                terminal.error("No organisation here is called " + publisher.get() + ".");
                return 2;
            }
            if (!format.equals("datapackage") && !format.equals("json")) {
                terminal.error("The format is datapackage or json, not " + format + ".");
                return 2;
            }
            var to = terminal.directory().resolve(path);
            if (Files.exists(to)) {
                terminal.error("There is something at " + to + " already.");
                return 2;
            }
            try {
                var id = organization.map(HostedOrganization::id);
                var done =
                        domains.hsdsExport()
                                .run(
                                        id.map(Acting::node).orElseGet(Acting::node),
                                        to,
                                        new HsdsExport.Options(
                                                id,
                                                HsdsExport.Format.valueOf(
                                                        format.toUpperCase(Locale.ROOT)),
                                                all),
                                        terminal);
                terminal.line(
                        all
                                ? "%d records. NOT FOR PUBLICATION: %s"
                                        .formatted(done.records(), to)
                                : "%d services: %s".formatted(done.services(), to));
                return 0;
            } catch (UncheckedIOException e) {
                terminal.error("It cannot be written to " + to);
                return 1;
            }
        }
    }
}
