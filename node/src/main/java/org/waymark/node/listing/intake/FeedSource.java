// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.Expected;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.UnusablePackageException;

/// Reads the services of an HSDS 3 API page by page, one request after the other, and each service
/// by itself where the list says too little.
final class FeedSource implements Intake.Source {

    /// The other side says that nothing changed.
    static final class Unchanged extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // 2,000 pages of 50: five times the largest directory that we are made for.
    private static final int MOST_PAGES = 2_000;
    private static final int PER_PAGE = 50;
    private static final List<String> ONLY_IN_FULL =
            List.of("service_at_locations", "phones", "schedules", "contacts", "attributes");

    private final GuardedClient client;
    private final URI api;
    private final Optional<Instant> since;
    private final Set<String> known;
    private final Set<String> seen = new HashSet<>();
    private Optional<String> etag;
    private Duration retryAfter = Duration.ZERO;

    /// @param since only what changed after it; empty for everything
    /// @param etag of the same question before
    /// @param known ids that came from there before
    FeedSource(
            GuardedClient client,
            URI api,
            Optional<Instant> since,
            Optional<String> etag,
            Set<String> known) {
        this.client = client;
        this.api = api;
        this.since = since;
        this.etag = etag;
        this.known = known;
    }

    Optional<String> etag() {
        return etag;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    Set<String> seen() {
        return seen;
    }

    @Override
    public void read(Intake.Sink sink) {
        var name = api.getHost();
        sink.report().file(name);
        for (int number = 1; number <= MOST_PAGES; number++) {
            var page = page(number);
            var contents = page.path("contents").isArray() ? page.path("contents") : page;
            if (!contents.isArray()) {
                throw new UnusablePackageException(
                        "feed-malformed", "The API does not answer with a list of services.");
            }
            if (number == 1 && since.isPresent() && contents.isEmpty()) {
                throw new Unchanged();
            }
            for (var service : contents) {
                take(service, sink, name, number);
            }
            if (contents.isEmpty()
                    || !page.isObject()
                    || page.path("last_page").asBoolean()
                    || number >= page.path("total_pages").asInt(number)) {
                break;
            }
        }
        if (since.isEmpty()) {
            known.stream()
                    .filter(id -> !seen.contains(id))
                    .sorted()
                    .forEach(id -> sink.report().note(Problem.REMOVED_AT_SOURCE, name + " " + id));
        }
    }

    private void take(JsonNode service, Intake.Sink sink, String name, int number) {
        var where = name + " page " + number;
        if (!(service instanceof ObjectNode object)) {
            sink.report().row(name);
            sink.report().leftOut(name, Problem.NOT_A_RECORD, where);
            return;
        }
        var id = object.path("id").asText();
        seen.add(id);
        var whole = object;
        if (ONLY_IN_FULL.stream().noneMatch(object::has) && !id.isEmpty()) {
            var answer =
                    get("/services/" + URLEncoder.encode(id, StandardCharsets.UTF_8), Map.of());
            whole = json(answer) instanceof ObjectNode more ? more : object;
        }
        sink.add(Intake.Entity.SERVICE, whole, name, where + " id " + id);
    }

    private JsonNode page(int number) {
        var query = "/services?full=true&per_page=" + PER_PAGE + "&page=" + number;
        if (since.isPresent()) {
            query +=
                    "&modified_after="
                            + URLEncoder.encode(
                                    since.get().truncatedTo(ChronoUnit.SECONDS).toString(),
                                    StandardCharsets.UTF_8);
        }
        var asks = number == 1 && since.isPresent();
        var answer =
                get(
                        query,
                        asks
                                ? etag.map(it -> Map.of("If-None-Match", it)).orElse(Map.of())
                                : Map.of());
        if (answer.status() == 304) {
            throw new Unchanged();
        }
        if (number == 1) {
            etag = answer.headers().first("ETag");
        }
        return json(answer);
    }

    private Exchange.Answer get(String rest, Map<String, String> headers) {
        var base = api.toString().replaceFirst("/+$", "");
        return switch (client.get(URI.create(base + rest), Expected.JSON, headers)) {
            case Exchange.Answer answer when answer.isSuccess() || answer.status() == 304 -> answer;
            case Exchange.Answer answer -> {
                answer.headers()
                        .first("Retry-After")
                        .filter(text -> text.matches("\\d{1,6}"))
                        .ifPresent(text -> retryAfter = Duration.ofSeconds(Long.parseLong(text)));
                throw new UnusablePackageException(
                        "feed-answered-" + answer.status(), "The API answers " + answer.status());
            }
            case Exchange.Refused refused ->
                    throw new UnusablePackageException(refused.code(), "It may not be read.");
            case Exchange.Failed failed ->
                    throw new UnusablePackageException(failed.code(), "It cannot be reached.");
        };
    }

    private static JsonNode json(Exchange.Answer answer) {
        try {
            return JsonSource.JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UnusablePackageException("feed-malformed", "The API answers no JSON.");
        } catch (IOException e) {
            throw new UnusablePackageException("feed-malformed", "The answer cannot be read.");
        }
    }
}
