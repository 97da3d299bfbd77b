// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.operation.PasswordFile;
import org.waymark.node.operation.RunFile;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.privacy.Unlocking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark init`
@Command(
        name = "init",
        description =
                "Makes a new node: its database, its keys, its first organisation and account.")
final class InitCommand implements Runnable {

    private final Main main;

    @Option(
            names = "--organization",
            required = true,
            paramLabel = "NAME",
            description = "The first organisation of the node; it can be renamed.")
    private String organization = "";

    @Option(
            names = "--slug",
            paramLabel = "SLUG",
            description = "Short name for addresses (default: made from NAME).")
    private Optional<String> slug = Optional.empty();

    @Option(
            names = "--base-url",
            required = true,
            paramLabel = "URL",
            description = "The public address, for ever: every id begins with it.")
    private String baseUrl = "";

    @Option(
            names = "--admin",
            required = true,
            paramLabel = "EMAIL",
            description = "Who signs in first: administrator and manager.")
    private String admin = "";

    @Option(
            names = "--admin-password-file",
            required = true,
            paramLabel = "FILE",
            description = "Holds the password, 12 to 200 characters.")
    private Path passwordFile = Path.of("");

    @Option(
            names = "--languages",
            paramLabel = "en,ar,fr",
            description = "Of the public site (default: all that are shipped).")
    private Optional<String> languages = Optional.empty();

    @Option(
            names = "--country",
            paramLabel = "DE",
            description = "Two letters (ISO 3166-1): whose emergency numbers are shown.")
    private Optional<String> country = Optional.empty();

    @Option(
            names = "--unlock",
            paramLabel = "staff",
            description =
                    "Could someone take this computer? With staff, what is about people opens only"
                            + " while somebody who works with requests is signed in; with service"
                            + " (the default) the node opens it by itself.")
    private Optional<String> unlock = Optional.empty();

    InitCommand(Main main) {
        this.main = main;
    }

    @Override
    public void run() {
        if (RunFile.find(main.data()).isPresent()) {
            throw new UnusableSettingException(
                    "A node runs on this data folder. init needs a stopped node.");
        }
        var founding =
                new Founding(
                        baseUrl,
                        organization,
                        slug.orElseGet(() -> HostedOrganization.slugOf(organization)),
                        admin,
                        PasswordFile.read(main.console().directory(), passwordFile));
        founding.check();
        unlock.ifPresent(InitCommand::checkWord);
        Founding.writeSettings(main.data(), languages, country, unlock);
        var settings = main.settings();
        if (unlock.filter(it -> !it.equals(word(settings.unlocking()))).isPresent()) {
            // Settings that were there stay as they are.
            throw new UnusableSettingException(
                    main.data().resolve("waymark.conf")
                            + " is there already and says keys.unlock = "
                            + word(settings.unlocking())
                            + ". Write keys.unlock = "
                            + unlock.get()
                            + " into it, or leave out --unlock.");
        }
        try (var unfinished = UnfinishedInit.begin(settings)) {
            unfinished
                    .putAside()
                    .forEach(
                            it ->
                                    main.console()
                                            .line("What an interrupted init left lies in " + it));
            found(founding, settings);
            unfinished.end();
        }
    }

    private static void checkWord(String word) {
        if (Arrays.stream(Unlocking.values()).map(InitCommand::word).noneMatch(word::equals)) {
            throw new UnusableSettingException("--unlock is staff or service, not " + word + ".");
        }
    }

    private static String word(Unlocking unlocking) {
        return unlocking.name().toLowerCase(Locale.ROOT);
    }

    private void found(Founding founding, NodeSettings settings) {
        founding.found(settings);
        if (unlock.isEmpty()) {
            main.console()
                    .line(
                            "Could someone take this computer? Then set keys.unlock = staff in"
                                    + " waymark.conf: docs/how-to/lock-the-keys.md");
        }
        main.console().line("The node at " + founding.baseUrl() + " is ready to serve.");
        main.console()
                .line(
                        "Its keys lie in "
                                + settings.keysDirectory()
                                + ". Whoever has them can read everything; without them nobody can."
                                + " Print the sheet below and keep it in a safe place, away from"
                                + " this machine. It is shown only now.");
        main.console().line("");
        main.console().line(Node.recoverySheet(settings, founding.baseUrl()));
        main.console().line(Node.createRecoveryKey(settings));
    }
}
