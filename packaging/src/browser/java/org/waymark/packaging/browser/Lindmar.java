// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.waymark.packaging.PackagedNode;

/// The demonstration as `try.sh` runs it: two nodes, three organisations, a past.
final class Lindmar implements AutoCloseable {

    private static final long BUILD_SECONDS = 240; // 30 s is usual, on a machine that does nothing else

    /// One line of what the demonstration prints.
    record Login(URI node, String organization, String email, String password) {}

    private final Process process;
    private final Path folder;
    private final List<Login> logins;

    private Lindmar(Process process, Path folder, List<Login> logins) {
        this.process = process;
        this.folder = folder;
        this.logins = logins;
    }

    static Lindmar build(Path folder) {
        try {
            var builder =
                    new ProcessBuilder(
                            PackagedNode.IMAGE.resolve("bin/waymark").toString(),
                            "demo",
                            "--data",
                            folder.resolve("demo").toString(),
                            "--port",
                            String.valueOf(twoFreePorts()));
            builder.environment().keySet().removeIf(name -> name.startsWith("WAYMARK_"));
            var process = builder.redirectErrorStream(true).start();
            return new Lindmar(process, folder, readLogins(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The caseworker of an organisation.
    Login caseworker(String organization) {
        return login(organization, "caseworker");
    }

    /// The manager of an organisation.
    Login manager(String organization) {
        return login(organization, "manager");
    }

    private Login login(String organization, String role) {
        return logins.stream()
                .filter(login -> login.organization().equals(organization))
                .filter(login -> login.email().startsWith(role + "@"))
                .findFirst()
                .orElseThrow();
    }

    /// The node that hosts an organisation.
    URI node(String organization) {
        return caseworker(organization).node();
    }

    /// The demonstration ends its nodes when it is told to end.
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.toHandle().destroyForcibly();
                throw new IllegalStateException("The demonstration does not end when it is told to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tell();
        }
    }

    /// What its nodes had to complain of, for whoever reads why a test failed.
    private void tell() {
        try (var files = Files.walk(folder)) {
            for (var log : files.filter(it -> it.endsWith("serve.log")).toList()) {
                System.out.printf("%s:%n%s%n", folder.relativize(log), Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Login> readLogins(Process process) {
        var complete = new CompletableFuture<List<Login>>();
        var said = new StringBuffer();
        Thread.ofVirtual()
                .start(
                        () -> {
                            var logins = new ArrayList<Login>();
                            var node = URI.create("http://unknown.example/");
                            for (var line : (Iterable<String>) process.inputReader().lines()::iterator) {
                                said.append(line).append('\n');
                                if (line.startsWith("http://")) {
                                    node = URI.create(line.strip()).resolve("/");
                                } else if (line.startsWith("  ")) {
                                    logins.add(login(node, line.strip()));
                                } else if (line.startsWith("Press Ctrl-C")) {
                                    complete.complete(List.copyOf(logins));
                                }
                            }
                            complete.completeExceptionally(new IllegalStateException("It ended"));
                        });
        try {
            return complete.get(BUILD_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.toHandle().destroyForcibly();
            throw new IllegalStateException("The demonstration did not start:\n" + said, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// `Harbour House: manager@harbour-house.example  6698e1564d195e69`
    private static Login login(URI node, String line) {
        var parts = line.split(": | +(?=\\S+$)");
        return new Login(node, parts[0], parts[1].strip(), parts[2].strip());
    }

    /// The second node listens beside the first.
    private static int twoFreePorts() throws IOException {
        for (int port = 18_080; port < 19_000; port += 10) {
            try (var first = new ServerSocket(port);
                    var second = new ServerSocket(port + 1)) {
                return first.getLocalPort();
            } catch (IOException e) {
                // Taken; the next pair may be free.
            }
        }
        throw new IOException("No two free ports side by side from 18080 to 19000");
    }
}
