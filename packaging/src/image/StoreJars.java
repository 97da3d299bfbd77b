// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies jars, storing what is in them uncompressed: the package around them compresses better than each jar does, and a start inflates nothing.
/// Entries keep their order and bytes and get one fixed time. Writes `class-path`, an argument file for `java` with the relative class path: our
/// own jars first, the rest by name.
///
/// Of a signed jar the signature is left out: Java would read and check a digest for each class, keep them all in the heap, and hold the classes
/// outside the AOT cache. Of Bouncy Castle stays what Argon2 needs: Java would otherwise find and start its two security providers.
///
/// Usage: `java StoreJars.java FROM TO`
public final class StoreJars {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final List<String> OURS = List.of("node-", "admin-ui-", "federation-");
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final Pattern BOUNCY_CASTLE = Pattern.compile("META-INF/[^/]+|org/bouncycastle/(asn1|crypto|math|util)/.*");

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
            boolean signed = source.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
            for (ZipEntry entry : source.stream().filter(entry -> isKept(from, entry)).toList()) {
                byte[] bytes;
                try (var in = source.getInputStream(entry)) {
                    bytes = signed && entry.getName().equals(JarFile.MANIFEST_NAME) ? withoutDigests(in) : in.readAllBytes();
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

    private static boolean isKept(Path jar, ZipEntry entry) {
        return !entry.isDirectory()
                && !SIGNATURE.matcher(entry.getName()).matches()
                && (!jar.getFileName().toString().startsWith("bcprov-") || BOUNCY_CASTLE.matcher(entry.getName()).matches());
    }

    private static byte[] withoutDigests(InputStream in) throws IOException {
        var manifest = new Manifest(in);
        manifest.getEntries().clear();
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }
}
