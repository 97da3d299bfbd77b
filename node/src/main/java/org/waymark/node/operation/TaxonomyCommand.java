// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Taxonomies;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark import taxonomy`
@Command(
        name = "taxonomy",
        description = {
            "Loads a taxonomy, or a newer version of it: CSV or JSON with id, name and parent_id,"
                    + " such as taxonomy.csv of Open Eligibility or taxonomy_terms.csv of HSDS.",
            "Terms that are above themselves, or whose parent is missing, stand at the top and"
                    + " are named. What is no longer in the file stays."
        })
public final class TaxonomyCommand implements NodeCommand {

    // Several times the largest in use.
    private static final long LARGEST = 20_000_000;

    @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.")
    private Path path = Path.of("");

    @Mixin private final PublisherOption publisher = new PublisherOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the taxonomy (default: the one in the file).")
    private Optional<String> name = Optional.empty();

    @Mixin private final LanguageOption language = new LanguageOption();

    @Override
    public int run(Domains domains, Terminal terminal) {
        var id = publisher.find(domains, terminal);
        var tag = language.tag(terminal);
        if (id.isEmpty() || tag.isEmpty()) {
            return 2;
        }
        var file = terminal.directory().resolve(path);
        try {
            if (Files.size(file) > LARGEST) {
                terminal.error(file + " is larger than 20 MB.");
                return 2;
            }
            tell(
                    domains.taxonomies()
                            .load(
                                    Acting.node(id.get()),
                                    name.orElse(""),
                                    tag.get(),
                                    Files.readString(file)),
                    terminal);
            return 0;
        } catch (IOException e) {
            terminal.error(file + " cannot be read as text in UTF-8.");
            return 2;
        } catch (UnusablePackageException e) {
            return ImportOptions.refused(e, terminal);
        }
    }

    private static void tell(Taxonomies.Loaded loaded, Terminal terminal) {
        terminal.line(
                "%s: %d terms, %d new or changed"
                        .formatted(loaded.name(), loaded.terms(), loaded.changed()));
        loaded.cyclic().forEach(it -> terminal.line("Above itself: " + it));
        loaded.naming().forEach(it -> terminal.line("Names a hidden house, not taken: " + it));
        loaded.orphans().forEach(it -> terminal.line("Its parent is missing: " + it));
        loaded.repeated().forEach(it -> terminal.line("Came twice, the first counts: " + it));
    }
}
