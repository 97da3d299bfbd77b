// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.waymark.node.account.Secret;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.SecretSeal;

/// The pages that forms were answered with, each for the browser that sent the form. A browser
/// writes what it posted on its disk, beside the page that comes back; so what comes back is an
/// address only, and the page waits here (safety.md 11).
///
/// In memory, for minutes, sealed under a secret in a cookie that ends with the browser: an address
/// from the history opens nothing without it. Thread-safe.
public final class KeptAnswers {

    // 10 min: time to read a page and to come back to it from another.
    static final Duration LONGEST = Duration.ofMinutes(10);

    // 6 MB: some hundred pages, a sixteenth of the heap that we ship.
    static final int MOST_BYTES = 6 << 20;

    private static final String USE = "kept-answer";

    private final Clock clock;
    private final SecureRandom random;
    private final boolean secure;
    private final String cookieName;
    // The eldest first.
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private int bytes;

    public KeptAnswers(BaseUrl baseUrl, Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.secure = baseUrl.secure();
        this.cookieName = (secure ? "__Host-" : "") + "waymark-" + baseUrl.mark() + "-answer";
    }

    /// A page as it would have gone out.
    ///
    /// @param headers those that are the page's own
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /// Where a page waits, and the cookie that opens it.
    record Place(String key, NewCookie cookie) {}

    /// @param browser the hash of its secret
    /// @param packed with a body that is compressed and sealed
    private record Kept(String browser, Answer packed, Instant until) {

        int size() {
            return packed.body().length;
        }
    }

    Place keep(ContainerRequestContext request, Answer answer) {
        var browser = browser(request).filter(this::knows).orElseGet(() -> Secret.random(random));
        return new Place(keep(browser, answer), cookie(browser));
    }

    String keep(Secret browser, Answer answer) {
        var body = SecretSeal.seal(browser.value(), USE, pack(answer.body()));
        var packed = new Answer(answer.status(), answer.headers(), body);
        var key = Secret.random(random).value();
        add(key, new Kept(browser.hash(), packed, clock.instant().plus(LONGEST)));
        return key;
    }

    Optional<Answer> find(ContainerRequestContext request, String key) {
        return browser(request).flatMap(it -> find(it, key));
    }

    Optional<Answer> find(Secret browser, String key) {
        return get(key).filter(it -> it.browser().equals(browser.hash()))
                .map(Kept::packed)
                .map(
                        it ->
                                new Answer(
                                        it.status(),
                                        it.headers(),
                                        unpack(SecretSeal.open(browser.value(), USE, it.body()))));
    }

    /// Quick exit, and whatever else ends what this browser was doing.
    public void forget(ContainerRequestContext request) {
        browser(request).ifPresent(this::forget);
    }

    synchronized void forget(Secret browser) {
        kept.values().removeIf(it -> it.browser().equals(browser.hash()));
        bytes = kept.values().stream().mapToInt(Kept::size).sum();
    }

    /// Lets go of what has had its time.
    synchronized void tidy() {
        var now = clock.instant();
        var eldest = kept.values().iterator();
        while (eldest.hasNext()) {
            var it = eldest.next();
            if (it.until().isAfter(now) && bytes <= MOST_BYTES) {
                return;
            }
            bytes -= it.size();
            eldest.remove();
        }
    }

    private synchronized void add(String key, Kept it) {
        kept.put(key, it);
        bytes += it.size();
        tidy();
    }

    private synchronized Optional<Kept> get(String key) {
        tidy();
        return Optional.ofNullable(kept.get(key));
    }

    private synchronized boolean knows(Secret browser) {
        tidy();
        return kept.values().stream().anyMatch(it -> it.browser().equals(browser.hash()));
    }

    private Optional<Secret> browser(ContainerRequestContext request) {
        return Optional.ofNullable(request.getCookies().get(cookieName))
                .map(Cookie::getValue)
                .flatMap(Secret::parse);
    }

    private NewCookie cookie(Secret browser) {
        return new NewCookie.Builder(cookieName)
                .value(browser.value())
                .path("/")
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static byte[] pack(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] unpack(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
