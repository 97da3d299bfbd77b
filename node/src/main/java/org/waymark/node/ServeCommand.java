// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark serve`
@Command(name = "serve", description = "Serves the node until it is told to stop (Ctrl-C, TERM).")
final class ServeCommand implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    // 85 s: less than the 90 s after which systemd kills what does not stop.
    private static final Duration LONGEST_STOP = Duration.ofSeconds(85);

    private final Main main;

    @Option(names = "--port", paramLabel = "N", description = "The same as --set http.port=N.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description = "Stops when standard input ends: with the program that started it.")
    private boolean untilInputEnds;

    ServeCommand(Main main) {
        this.main = main;
    }

    @Override
    public void run() {
        var overrides = new ArrayList<String>();
        port.ifPresent(number -> overrides.add("http.port=" + number));
        var stopped = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stopped, ended)));
        try (var node = Node.open(UnfinishedInit.refuse(main.settings(overrides)))) {
            node.warnings().forEach(LOG::warn);
            node.start();
            if (untilInputEnds) {
                Thread.ofPlatform().daemon().start(() -> awaitEndOfInput(stopped));
            }
            main.console().line("Waymark is ready at " + node.domains().baseUrl());
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private static void awaitEndOfInput(CountDownLatch stopped) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debug("Standard input broke, which is an end, too", e);
        }
        stopped.countDown();
    }

    /// The process may end only when the node has.
    private static void stopAndWait(CountDownLatch stopped, CountDownLatch ended) {
        stopped.countDown();
        try {
            if (!ended.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("The node did not stop; the process ends without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
