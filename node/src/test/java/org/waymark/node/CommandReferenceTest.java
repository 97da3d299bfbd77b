// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `docs/reference/command-line.md` says what the program says. What stands below its mark is
/// written by this test when it runs with `-Dwaymark.rewrite=true`; look at the difference before
/// you commit it.
class CommandReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/reference/command-line.md");
    private static final String MARK = "## The commands\n";

    /// Said once for all, above the mark.
    private static final Set<String> SHARED = Set.of("--help", "--version", "--data", "--set");

    @Test
    void theReferenceIsWhatTheProgramSays() throws IOException {
        var written = Files.readString(REFERENCE);
        var above = written.substring(0, written.indexOf(MARK) + MARK.length());
        var told = above + commands().stream().map(this::section).collect(Collectors.joining());
        if (Boolean.getBoolean("waymark.rewrite")) {
            Files.writeString(REFERENCE, told);
        }

        assertThat(REFERENCE).hasContent(told);
    }

    @Test
    void theReferenceNamesWhatEveryCommandTakes() throws IOException {
        assertThat(Files.readString(REFERENCE)).contains(SHARED);
    }

    @Test
    void everyCommandAndEveryOptionSaysWhatItIsFor() {
        for (var command : commands()) {
            assertThat(command.usageMessage().description())
                    .as(command.qualifiedName())
                    .isNotEmpty();
            for (var argument : arguments(command)) {
                assertThat(words(argument))
                        .as(command.qualifiedName() + " " + name(argument))
                        .isNotBlank();
            }
        }
    }

    /// Those that do something, in the order of the help.
    private static List<CommandSpec> commands() {
        var found = new ArrayList<CommandSpec>();
        collect(Main.commandLine(new Main(Path.of(""))), found);
        assertThat(found).hasSizeGreaterThan(10);
        return found;
    }

    private static void collect(CommandLine line, List<CommandSpec> found) {
        if (line.getSubcommands().isEmpty()) {
            found.add(line.getCommandSpec());
        }
        line.getSubcommands().values().forEach(one -> collect(one, found));
    }

    private String section(CommandSpec command) {
        var text = new StringBuilder("\n### " + command.qualifiedName() + "\n");
        text.append(String.join(" ", command.usageMessage().description())).append('\n');
        var arguments = arguments(command);
        if (!arguments.isEmpty()) {
            text.append("\n| option | needed | what it says |\n|---|---|---|\n");
        }
        for (var argument : arguments) {
            text.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(
                                    name(argument),
                                    argument.required() ? "yes" : "",
                                    words(argument)));
        }
        return text.toString();
    }

    private static List<ArgSpec> arguments(CommandSpec command) {
        var all = new ArrayList<ArgSpec>(command.positionalParameters());
        command.options().stream()
                .filter(option -> !option.hidden() && !SHARED.contains(option.longestName()))
                .forEach(all::add);
        return all;
    }

    private static String name(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        return option.arity().max() == 0
                ? option.longestName()
                : option.longestName() + " " + option.paramLabel();
    }

    /// The description with its default and its choices, as the help shows it.
    private static String words(ArgSpec argument) {
        var words = String.join(" ", argument.description());
        var choices = argument.completionCandidates();
        return words.replace("${DEFAULT-VALUE}", String.valueOf(argument.initialValue()))
                .replace(
                        "${COMPLETION-CANDIDATES}",
                        choices == null ? "" : String.join(", ", choices));
    }
}
