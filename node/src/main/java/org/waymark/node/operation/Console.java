// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.PrintStream;
import java.nio.file.Path;

/// The operator's own terminal: answers to standard output, the rest to standard error. The bar of
/// a long step is redrawn in place where somebody watches, and is left out of files and pipes.
public final class Console implements Terminal {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final PrintStream err;
    private final Path directory;
    private final boolean watched;
    private boolean barOpen;

    public Console(PrintStream out, PrintStream err, Path directory, boolean watched) {
        this.out = out;
        this.err = err;
        this.directory = directory;
        this.watched = watched;
    }

    @Override
    public void line(String text) {
        closeBar();
        out.println(text);
        out.flush();
    }

    @Override
    public void error(String text) {
        closeBar();
        err.println(text);
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void step(String what, long done, long total) {
        if (!watched) {
            return;
        }
        var filled = total == 0 ? WIDTH : (int) (WIDTH * Math.min(done, total) / total);
        err.print(
                "\r"
                        + what
                        + " ["
                        + "#".repeat(filled)
                        + ".".repeat(WIDTH - filled)
                        + "] "
                        + done
                        + "/"
                        + total
                        + "  ");
        barOpen = true;
        if (done >= total) {
            closeBar();
        }
    }

    private void closeBar() {
        if (barOpen) {
            err.println();
            barOpen = false;
        }
    }
}
