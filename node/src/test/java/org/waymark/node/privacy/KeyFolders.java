// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.stream.Collectors;

/// Key folders for tests, in a temporary folder of the test.
public final class KeyFolders {

    private KeyFolders() {}

    public static KeyFolder in(Path temporary) {
        return KeyFolder.open(temporary.resolve("keys"), temporary.resolve("data"));
    }

    /// A folder with a new master key, and the case keys on it.
    public static CaseKeys caseKeys(Path temporary, Clock clock) {
        var folder = in(temporary);
        var random = new SecureRandom();
        return new CaseKeys(folder, MasterKey.create(folder, random), clock, random);
    }

    /// Everything that lies below a folder, as one text in which a marker can be looked for.
    static String everythingIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(KeyFolders::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(
                    Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
