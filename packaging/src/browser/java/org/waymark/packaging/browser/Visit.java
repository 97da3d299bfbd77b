// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// One person's tab, which notes what the pages ask for and complain about.
final class Visit implements AutoCloseable {

    private static final boolean PHOTOGRAPHS =
            Boolean.getBoolean("waymark.photographs") || Boolean.getBoolean("waymark.long");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final URI address;
    private final Visitor visitor;
    private final BrowserContext context;
    private final Page page;
    private final List<String> foreignRequests = new CopyOnWriteArrayList<>();
    private final AtomicInteger posts = new AtomicInteger();
    private int inputs;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Visit(URI address, Visitor visitor, BrowserContext context) {
        this(address, visitor, context.newPage());
    }

    /// In a tab that is open already.
    Visit(URI address, Visitor visitor, Page page) {
        this.address = address;
        this.visitor = visitor;
        this.context = page.context();
        this.page = page;
        page.onRequest(
                request -> {
                    if (!request.url().startsWith(address.toString())) {
                        foreignRequests.add(request.url());
                    }
                    if (request.method().equals("POST")) {
                        posts.incrementAndGet();
                    }
                });
        page.onConsoleMessage(
                message -> {
                    if (List.of("error", "warning").contains(message.type())) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        page.onRequestFailed(
                request -> {
                    // Going on to the next page ends what the last one still fetched: no fault.
                    if (!"net::ERR_ABORTED".equals(request.failure())) {
                        complaints.add(request.failure() + ": " + request.url());
                    }
                });
        page.onResponse(
                response -> {
                    if (response.status() >= 400) {
                        complaints.add(response.status() + ": " + response.url());
                    }
                });
        page.setDefaultTimeout(10_000); // 10 s: ten times what the slowest page may take
    }

    /// Opens a path of the site.
    Response open(String path) {
        return page.navigate(address.resolve(path).toString());
    }

    Page page() {
        return page;
    }

    String attribute(String selector, String name) {
        return page.locator(selector).first().getAttribute(name);
    }

    String text() {
        return page.locator("body").innerText();
    }

    /// Whether something is wider than the window, so that one has to scroll sideways to read.
    /// Needs a visitor with scripts.
    boolean scrollsSideways() {
        return (boolean)
                page.evaluate(
                        "document.documentElement.scrollWidth >"
                                + " document.documentElement.clientWidth");
    }

    /// Writes into a field: one input.
    void write(String field, String text) {
        page.locator(field).fill(text);
        inputs++;
    }

    /// Takes one from a list: one input.
    void select(String field, String value) {
        page.locator(field).selectOption(value);
        inputs++;
    }

    /// Presses a button or a link: one input.
    void press(Locator what) {
        what.click();
        inputs++;
    }

    /// How many inputs it took so far.
    int inputs() {
        return inputs;
    }

    /// How many forms were sent so far.
    int posts() {
        return posts.get();
    }

    /// Requests to other hosts than the site's own.
    List<String> foreignRequests() {
        return List.copyOf(foreignRequests);
    }

    /// Errors and warnings of the console, failed requests, script errors.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// Keeps a picture of the whole page in `target/screenshots`, where somebody wants to look:
    /// with `-Dwaymark.photographs=true` and in the long run. It takes longer than the visit.
    void photograph(String name) {
        if (!PHOTOGRAPHS) {
            return;
        }
        var file = SCREENSHOTS.resolve(name + "-" + visitor + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
