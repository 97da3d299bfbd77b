// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--password-file`: a password is never an argument, which every user of the machine can see.
public final class PasswordFile {

    @Option(
            names = "--password-file",
            required = true,
            paramLabel = "FILE",
            description = "Holds the password, 12 to 200 characters.")
    private Path file = Path.of("");

    String read(Terminal terminal) {
        return read(terminal.directory(), file);
    }

    /// @throws UnusableSettingException when the file cannot be read
    public static String read(Path directory, Path file) {
        try {
            return Files.readString(directory.resolve(file)).strip();
        } catch (IOException e) {
            throw new UnusableSettingException("The password file " + file + " cannot be read.");
        }
    }
}
