// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The system's Chromium, told to call nobody.
final class Chromium implements AutoCloseable {

    private static final List<String> ARGUMENTS =
            List.of(
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium open() {
        var playwright = playwright();
        var options =
                new BrowserType.LaunchOptions()
                        .setExecutablePath(program())
                        .setChromiumSandbox(false)
                        .setArgs(ARGUMENTS);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    private static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions()
                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /// A visit with a profile that stays on the disk, as on a shared computer; it is closed, and so
    /// written, when this returns.
    static void visitKeeping(Path profile, Consumer<Page> visit) {
        var options =
                new BrowserType.LaunchPersistentContextOptions()
                        .setExecutablePath(program())
                        .setChromiumSandbox(false)
                        .setArgs(ARGUMENTS);
        try (var playwright = playwright();
                var kept = playwright.chromium().launchPersistentContext(profile, options)) {
            visit.accept(kept.pages().getFirst());
        }
    }

    /// A new person's browser on the site at `address`: no cookies, no history.
    Visit visit(URI address, Visitor visitor) {
        return new Visit(address, visitor, browser.newContext(visitor.options()));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /// `-Dwaymark.chromium`, else where distributions put it.
    private static Path program() {
        var named = System.getProperty("waymark.chromium", "");
        return Stream.of(named, "/usr/bin/chromium", "/usr/bin/chromium-browser")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No Chromium: install it, or name it by"
                                                + " -Dwaymark.chromium"));
    }
}
