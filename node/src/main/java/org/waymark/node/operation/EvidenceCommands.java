// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import org.waymark.node.evidence.Period;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark evidence …`: what the work came to, in numbers.
public final class EvidenceCommands {

    private EvidenceCommands() {}

    /// `waymark evidence export`
    @Command(
            name = "export",
            description = {
                "Writes the counts of an organisation as CSV: what was asked, answered and helped.",
                "published hides numbers of 1 to 4 and what would lead back to them, and leaves out"
                        + " services for people in danger; activities is the same as a report of"
                        + " who does what where (3W to 5W) with HXL tags; both are of half a"
                        + " calendar year that is over, since two files of other spans would"
                        + " together tell of single people. inside is exact and not for"
                        + " publication."
            })
    public static final class Export implements NodeCommand {

        @Parameters(index = "0", paramLabel = "SLUG", description = "The organisation.")
        private String slug = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "A new file.")
        private Path file = Path.of("");

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "published, activities or inside (default: published).")
        private String kind = "published";

        @Option(
                names = "--from",
                paramLabel = "MONTH",
                description =
                        "The first month, as 2026-01 (default: a year ago; for others the last half"
                                + " of a calendar year).")
        private Optional<String> from = Optional.empty();

        @Option(
                names = "--to",
                paramLabel = "MONTH",
                description =
                        "The last month (default: this one; for others the end of that half).")
        private Optional<String> to = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var organization = domains.organizations().findBySlug(slug);
            if (organization.isEmpty()) {
                terminal.error("No organisation here is called " + slug + ".");
                return 2;
            }
            var path = terminal.directory().resolve(file);
            if (Files.exists(path)) {
                terminal.error("There is something at " + path + " already.");
                return 2;
            }
            var acting = Acting.node(organization.get().id());
            try {
                var usual =
                        kind.equals("inside")
                                ? domains.evidence().lastYear()
                                : domains.evidence().forOthers().getFirst();
                var period =
                        new Period(
                                from.map(YearMonth::parse).orElse(usual.first()),
                                to.map(YearMonth::parse).orElse(usual.last()));
                var files = domains.evidenceFiles();
                var text =
                        switch (kind) {
                            case "published" -> files.published(acting, period);
                            case "activities" -> files.activities(acting, period);
                            case "inside" -> files.inside(acting, period);
                            default -> throw new IllegalArgumentException("no such kind");
                        };
                Files.createFile(
                        path,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                Files.writeString(path, text, StandardOpenOption.TRUNCATE_EXISTING);
                terminal.line(
                        (kind.equals("inside") ? "NOT FOR PUBLICATION: " : "Written: ") + path);
                return 0;
            } catch (DateTimeException | IllegalArgumentException e) {
                terminal.error(
                        "The kind is published, activities or inside; months are written as"
                                + " 2026-01, at most 36 of them. What is for others is of half a"
                                + " calendar year that is over, as --from 2025-07 --to 2025-12.");
                return 2;
            } catch (IOException e) {
                terminal.error("It cannot be written to " + path);
                return 1;
            }
        }
    }
}
