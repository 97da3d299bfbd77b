// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.discovery;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.Expected;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.vocabulary.Reading;

/// Finds the actor behind an address (RFC 7033). One redirect is followed, checked like a first
/// request; many sites keep their accounts on another host than their name.
public final class WebFingerLookup {

    /// What came of looking.
    public sealed interface Outcome {
        /// There is an account or an address, and this is what its server says of it.
        record Found(WebFinger webFinger) implements Outcome {}

        /// The host knows no such name.
        record NotFound() implements Outcome {}

        /// What it says cannot be accepted.
        record Refused(String code) implements Outcome {}

        /// It could not be asked now.
        record Failed(String code) implements Outcome {}
    }

    private final GuardedClient client;

    public WebFingerLookup(GuardedClient client) {
        this.client = client;
    }

    /// Looks up `name@host`.
    public Outcome find(Account account) {
        return find(client.schemeFor(account.host()) + "://" + account.host(), account.uri());
    }

    /// Looks up the actor of a whole server by its base URL (FEP-d556).
    public Outcome findServer(URI baseUrl) {
        return find(baseUrl.getScheme() + "://" + baseUrl.getRawAuthority(), baseUrl.toString());
    }

    private Outcome find(String origin, String resource) {
        String query = URLEncoder.encode(resource, StandardCharsets.UTF_8);
        return address(origin + "/.well-known/webfinger?resource=" + query)
                .map(it -> ask(it, true))
                .orElseGet(() -> new Outcome.Refused("address-malformed"));
    }

    private Outcome ask(URI address, boolean mayRedirect) {
        return switch (client.get(address, Expected.JRD)) {
            case Exchange.Refused(String code) -> new Outcome.Refused(code);
            case Exchange.Failed(String code) -> new Outcome.Failed(code);
            case Exchange.Answer answer ->
                    switch (answer.status()) {
                        case 200 -> read(answer.body());
                        case 404, 410 -> new Outcome.NotFound();
                        case 301, 302, 303, 307, 308 ->
                                mayRedirect
                                        ? redirected(address, answer)
                                        : new Outcome.Refused("redirected-twice");
                        default -> new Outcome.Failed("status-" + answer.status());
                    };
        };
    }

    private Outcome redirected(URI address, Exchange.Answer answer) {
        return answer.headers()
                .first("Location")
                .flatMap(WebFingerLookup::address)
                .map(address::resolve)
                .map(it -> ask(it, false))
                .orElseGet(() -> new Outcome.Refused("address-malformed"));
    }

    private static Outcome read(byte[] body) {
        return switch (WebFinger.read(body)) {
            case Reading.Read<WebFinger>(WebFinger webFinger) -> new Outcome.Found(webFinger);
            case Reading.Refused<WebFinger>(String code) -> new Outcome.Refused(code);
        };
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
