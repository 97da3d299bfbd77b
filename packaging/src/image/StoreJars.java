// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies jars, storing what is in them uncompressed: the package around them compresses better than each jar does, and a start inflates nothing.
/// Entries keep their order and bytes (the manifest with its sealing too) and get one fixed time. Writes `class-path`, an argument file for
/// `java` with the relative class path: our own jars first, the rest by name.
///
/// Usage: `java StoreJars.java FROM TO`
public final class StoreJars {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final List<String> OURS = List.of("node-", "admin-ui-", "federation-");

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        List<String> names;
        try (var files = Files.list(from)) {
            names = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")).sorted().toList();
        }
        for (String name : names) {
            store(from.resolve(name), to.resolve(name));
        }
        Files.writeString(to.resolve("class-path"), "-cp " + String.join(":", oursFirst(names)) + "\n");
    }

    private static List<String> oursFirst(List<String> names) {
        List<String> ordered = new ArrayList<>();
        for (String prefix : OURS) {
            names.stream().filter(name -> name.startsWith(prefix)).forEach(ordered::add);
        }
        names.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
        return ordered;
    }

    private static void store(Path from, Path to) throws IOException {
        try (var source = new ZipFile(from.toFile());
                var stored = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry : source.stream().filter(entry -> !entry.isDirectory()).toList()) {
                byte[] bytes;
                try (var in = source.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                var checksum = new CRC32();
                checksum.update(bytes);
                var copy = new ZipEntry(entry.getName());
                copy.setMethod(ZipEntry.STORED);
                copy.setSize(bytes.length);
                copy.setCrc(checksum.getValue());
                copy.setTimeLocal(TIME);
                stored.putNextEntry(copy);
                stored.write(bytes);
                stored.closeEntry();
            }
        }
    }
}
