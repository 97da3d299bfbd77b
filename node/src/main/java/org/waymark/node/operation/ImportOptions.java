// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What all `import` commands that read listings from files have: for whom, whether to write, and
/// how they tell what came of it.
final class ImportOptions {

    @Mixin private final PublisherOption publisher = new PublisherOption();

    @Option(names = "--dry-run", description = "Only read, check and report.")
    private boolean dryRun;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes every problem found, as JSON.")
    private Optional<Path> report = Optional.empty();

    boolean isDry() {
        return dryRun;
    }

    /// @return the exit code: 2 for what cannot be read, 3 where a dry run found problems
    int run(Domains domains, Terminal terminal, Function<OrganizationId, ImportReport> importing) {
        var id = publisher.find(domains, terminal);
        if (id.isEmpty()) {
            return 2;
        }
        try {
            var done = importing.apply(id.get());
            done.lines().forEach(terminal::line);
            if (!dryRun && done.changes() > 0) {
                domains.twins().look(Acting.node(id.get()));
            }
            if (report.isPresent() && !written(done, report.get(), terminal)) {
                return 1;
            }
            return dryRun && done.hasProblems() ? 3 : 0;
        } catch (UnusablePackageException e) {
            return refused(e, terminal);
        }
    }

    static int refused(UnusablePackageException e, Terminal terminal) {
        terminal.error(e.getMessage() + " (" + e.code() + ")");
        return 2;
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
}
