// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that is measured.
final class Program implements AutoCloseable {
    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /// Starts it and waits for a line on its standard output that begins like this.
    static Program start(String ready, Path log, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        var program = new Program(builder.start());
        var lines = program.process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ready)) {
                Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(_ -> {}));
                return program;
            }
        }
        throw new IOException(command.getFirst() + " never became ready:\n" + Files.readString(log));
    }

    /// Milliseconds of processor time so far; the kernel counts in hundredths of a second.
    long cpu() throws IOException {
        var fields = Files.readString(Path.of("/proc", pid(), "stat")).replaceFirst("(?s).*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    /// Resident memory in MB.
    long resident() throws IOException {
        var line = Files.readAllLines(Path.of("/proc", pid(), "status")).stream()
                .filter(row -> row.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
