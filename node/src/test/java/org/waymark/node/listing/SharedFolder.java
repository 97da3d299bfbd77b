// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder of real directories and HSDS schemas beside the checkout: named by WAYMARK_SHARED or
/// the system property `waymark.shared`, else `shared` in this folder or one above it. It is no
/// part of the project, and tests that need it skip without it.
public final class SharedFolder {

    private SharedFolder() {}

    public static Optional<Path> find() {
        var named =
                Optional.ofNullable(System.getProperty("waymark.shared"))
                        .or(() -> Optional.ofNullable(System.getenv("WAYMARK_SHARED")))
                        .map(Path::of);
        return named.or(
                        () ->
                                Stream.iterate(
                                                Path.of("").toAbsolutePath(),
                                                folder -> folder != null,
                                                Path::getParent)
                                        .map(folder -> folder.resolve("shared"))
                                        .filter(folder -> Files.isDirectory(folder.resolve("hsds")))
                                        .findFirst())
                .filter(Files::isDirectory);
    }
}
