// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.waymark.node.operation.UnusableSettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark demo`
@Command(
        name = "demo",
        description = {
            "Runs the invented city of Lindmar: a shelter, a legal-advice office and a clinic.",
            "Nothing in it is real; it listens on this machine only. Ctrl-C stops it, and the next"
                    + " start goes on where it was."
        })
final class DemoCommand implements Callable<Integer> {

    private static final int MOST_NODES = 2;

    private final Main main;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "How many nodes the city lives on, 1 or 2 (default: ${DEFAULT-VALUE}).")
    private int nodes = MOST_NODES;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the first node; the next ones follow (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    DemoCommand(Main main) {
        this.main = main;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new UnusableSettingException("--nodes takes 1 or 2, but got " + nodes);
        }
        var demo = new Demo(main.data().resolve("demo"), nodes, port);
        var console = main.console();
        if (!Files.exists(demo.folder())) {
            demo.requireFreePortsToBuild();
            console.line("Building the city of Lindmar. This takes about half a minute.");
            demo.build(console);
        }
        demo.requireSameShape();
        demo.requireFreePorts();
        return serve(demo);
    }

    private int serve(Demo demo) throws InterruptedException {
        var console = main.console();
        var processes = new ArrayList<NodeProcess>();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> processes.forEach(NodeProcess::stop)));
        try {
            for (Path data : demo.dataFolders()) {
                processes.add(NodeProcess.serve(data));
            }
            for (var process : processes) {
                console.line(process.awaitReady());
            }
            demo.logins().forEach(console::line);
            console.line("Press Ctrl-C to stop.");
            return waitForFirstEnd(processes);
        } finally {
            processes.forEach(NodeProcess::stop);
        }
    }

    /// One node that ends takes the demonstration with it, and says so.
    private int waitForFirstEnd(List<NodeProcess> processes) throws InterruptedException {
        while (true) {
            for (var process : processes) {
                if (process.ended(java.time.Duration.ofSeconds(1))) {
                    main.console()
                            .error(
                                    "A node of the demonstration stopped. Its log: "
                                            + process.log());
                    return 1;
                }
            }
        }
    }
}
