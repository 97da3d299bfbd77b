// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.waymark.node.database.DatabaseInUseException;
import org.waymark.node.database.DerbyLog;
import org.waymark.node.operation.Console;
import org.waymark.node.operation.ControlClient;
import org.waymark.node.operation.LogFormat;
import org.waymark.node.operation.NodeCommand;
import org.waymark.node.operation.RunFile;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.privacy.LockedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or unusable input, 3 found
/// problems.
@Command(
        name = "waymark",
        description = "Runs a Waymark node: a directory of help, and referrals between partners.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        scope = ScopeType.INHERIT)
public final class Main {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The data folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("waymark-data");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "Overrides one setting; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    private final Path directory;

    Main(Path directory) {
        this.directory = directory;
    }

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        LogFormat.install();
        DerbyLog.silence();
        // The launcher changes folder, so it says where the operator stands.
        var directory = Path.of(System.getProperty("waymark.cwd", "")).toAbsolutePath();
        var exit = run(directory, arguments);
        new Ending(Ending.PATIENCE, System.err, Runtime.getRuntime()::halt).watch(exit);
        shutDownDerby();
        System.exit(exit);
    }

    static int run(Path directory, String... arguments) {
        var main = new Main(directory);
        var line = commandLine(main);
        line.setExecutionStrategy(main::execute);
        return line.execute(arguments);
    }

    /// The commands and their options, which a running node parses too.
    static CommandLine commandLine(Main main) {
        var line = new CommandLine(main);
        line.addSubcommand(new InitCommand(main));
        line.addSubcommand(new ServeCommand(main));
        line.addSubcommand(new DemoCommand(main));
        line.addSubcommand(new VersionCommand());
        line.addSubcommand(new UnlockCommand());
        line.addSubcommand("config", group("Shows the settings.", new ConfigShowCommand(main)));
        NodeCommands.addTo(line);
        line.setExecutionExceptionHandler((error, failed, _) -> complain(error, failed));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /// A command that only holds others; called alone, it says so.
    static CommandLine group(String description, Object... commands) {
        var group = new CommandLine(new Group());
        group.getCommandSpec().usageMessage().description(description);
        for (var command : commands) {
            group.addSubcommand(command);
        }
        return group;
    }

    @Command
    static final class Group implements Runnable {

        @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

        @Override
        public void run() {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Name one of the commands below.");
        }
    }

    /// Parses a command line that arrived from outside; used inside a running node.
    static NodeCommand parse(List<String> arguments) {
        var line = commandLine(new Main(Path.of("")));
        var leaf = leafOf(line.parseArgs(arguments.toArray(String[]::new)));
        if (leaf instanceof NodeCommand command) {
            return command;
        }
        throw new UnusableSettingException("That command does not run inside a node");
    }

    NodeSettings settings() {
        return settings(List.of());
    }

    NodeSettings settings(List<String> more) {
        var all = new ArrayList<>(overrides);
        all.addAll(more);
        return NodeSettings.load(data(), System.getenv(), all);
    }

    Path data() {
        return directory.resolve(data).normalize();
    }

    Console console() {
        return new Console(System.out, System.err, directory, System.console() != null);
    }

    private int execute(ParseResult parsed) {
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (leafOf(parsed) instanceof NodeCommand command) {
            return runOnNode(command, parsed.originalArgs());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int runOnNode(NodeCommand command, List<String> arguments) {
        var running = RunFile.find(data());
        if (running.isPresent()) {
            return ControlClient.run(running.get(), arguments, console());
        }
        if (command instanceof WithoutNode it) {
            return it.runWithout(this);
        }
        try (var node = Node.open(UnfinishedInit.refuse(settings()))) {
            return command.run(node.domains(), console());
        }
    }

    private static Object leafOf(ParseResult parsed) {
        var leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf.commandSpec().userObject();
    }

    private static int complain(Exception error, CommandLine failed) {
        var message = String.valueOf(error.getMessage());
        if (error instanceof UnusableSettingException) {
            failed.getErr().println(message);
            return 2;
        }
        if (error instanceof DatabaseInUseException || error instanceof LockedException) {
            failed.getErr().println(message);
            return 1;
        }
        failed.getErr().println(message);
        error.printStackTrace(failed.getErr());
        return 1;
    }

    /// Ends the engine for the whole process; only this class may (architecture, 1). Success is the
    /// error XJ015.
    private static void shutDownDerby() {
        try {
            DriverManager.getConnection("jdbc:derby:;shutdown=true").close();
        } catch (SQLException e) {
            if (!"XJ015".equals(e.getSQLState()) && !"08001".equals(e.getSQLState())) {
                System.err.println("The database engine did not stop cleanly: " + e.getSQLState());
            }
        }
    }
}
