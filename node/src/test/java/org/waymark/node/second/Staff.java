// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.ReferralId;

/// The people at our own node.
final class Staff implements AutoCloseable {

    private static final String WANTED =
            """
            {"listing": "%s", "reason": "needs a bed", "alreadyGiven": "tea",
             "urgency": "three_days",
             "fit": {"interpreterLanguage": "ar", "wishes": ["woman"], "adults": 1,
               "children": 2, "accessNeeds": [], "area": "north"},
             "protection": [], "minorAlone": false,
             "contact": {"preferredName": "Zarquilla", "channel": "call",
               "address": "+49 30 5550177", "phoneOwner": "shared", "language": "ar",
               "ifAnotherAnswers": "the library", "safeTimes": "mornings"},
             "notes": {"name": "Zarquilla Example", "caseNumber": "local", "note": "local"}}
            """;
    private static final String CONSENT =
            """
            {"basis": "consent", "givenBy": "self", "method": "spoken", "language": "ar",
             "interpreter": true, "items": ["need", "fit", "contact"], "givenAt": "%sT00:00:00Z",
             "until": "%s", "mayContact": true, "outcomeBack": true}
            """;
    private static final JsonMapper JSON = new JsonMapper();

    final TestNode node = TestNode.start("shelter", "The Shelter");
    private final HttpClient client = HttpClient.newHttpClient();
    private final String token;
    private final Acting sara;
    private final URI listing;

    Staff() {
        listing =
                node.domains()
                        .listings()
                        .add(
                                node.acting(),
                                Draft.named(Text.of("en", "Beds for families"))
                                        .topics(Set.of(Topic.HOUSING))
                                        .referralPolicy(ReferralPolicy.TAKEN)
                                        .build())
                        .uri();
        var account = node.person("sara@shelter.example", Role.CASEWORKER, Role.EDITOR);
        sara = TestNode.acting(account, Purpose.HELP);
        token =
                node.domains()
                        .tokens()
                        .create(Acting.node(), account, "test")
                        .orElseThrow()
                        .secret()
                        .value();
        for (var duty : Duty.values()) {
            var point =
                    new FocalPoint(
                            duty,
                            "Shift lead",
                            "+49 30 23125 010",
                            "Mon-Fri 9-17",
                            List.of("en", "ar"),
                            LocalDate.now());
            node.domains().focalPoints().replace(node.acting(), node.organization().id(), point);
        }
    }

    Agreement agreement(URI partner) {
        return agreements(partner).orElseThrow();
    }

    Optional<Agreement> agreements(URI partner) {
        return node.domains().agreements().list(node.acting(), node.organization().id()).stream()
                .filter(it -> it.partner().equals(partner))
                .findFirst();
    }

    void offerAgreement(URI partner) {
        until("known", () -> agreements(partner).isPresent());
        var terms = AgreementTerms.shortest(LocalDate.now().plusYears(1));
        node.domains().agreements().offer(node.acting(), agreement(partner).id(), terms);
    }

    boolean knows(URI listing) {
        return node.domains().listings().find(node.acting(), listing).isPresent();
    }

    /// The id of a listing of ours.
    URI listing() {
        return listing;
    }

    /// Writes a referral to a partner's listing and sends it.
    URI sent(URI theirListing) {
        var copy = node.domains().listings().find(node.acting(), theirListing).orElseThrow();
        var uri = draft(WANTED.formatted(copy.id()));
        move(uri, "consent", CONSENT.formatted(LocalDate.now(), LocalDate.now().plusMonths(6)));
        move(uri, "send", "");
        return uri;
    }

    /// Asks another organisation instead, for somebody who was sent here and agreed to that.
    ///
    /// @return the new referral
    URI sentOn(URI uri, URI theirListing) {
        var referrals = node.domains().referrals();
        var to = node.domains().listings().find(sara, theirListing).orElseThrow().id();
        var id = new ReferralId(UUID.fromString(id(uri)));
        var outcome = referrals.successions().onward(sara, id, to);
        assertThat(outcome).isInstanceOf(MoveOutcome.Moved.class);
        var onward = ((MoveOutcome.Moved) outcome).referral();
        assertThat(referrals.send(sara, onward.id())).isInstanceOf(MoveOutcome.Moved.class);
        return onward.uri();
    }

    JsonNode referral(URI uri) {
        return get("/" + id(uri));
    }

    /// What happened to it, by kind.
    List<String> timeline(URI uri) {
        return StreamSupport.stream(referral(uri).path("timeline").spliterator(), false)
                .map(it -> it.path("kind").asText())
                .toList();
    }

    String state(URI uri) {
        return line(uri).map(it -> it.path("state").asText()).orElse("");
    }

    /// What counts because it was said by phone; empty when nothing does.
    String told(URI uri) {
        return line(uri).map(it -> it.path("told").asText("")).orElse("");
    }

    void reaches(URI uri, String state) {
        until(state + " " + uri, () -> state(uri).equals(state));
    }

    private String id(URI uri) {
        return line(uri).orElseThrow().path("id").asText();
    }

    private Optional<JsonNode> line(URI uri) {
        return StreamSupport.stream(get("").path("referrals").spliterator(), false)
                .filter(it -> it.path("uri").asText().equals(uri.toString()))
                .findFirst();
    }

    void move(URI uri, String move, String body) {
        var answer = post("/" + id(uri) + "/" + move, body);
        assertThat(answer.statusCode()).as(move + " " + answer.body()).isEqualTo(204);
    }

    URI draft(String body) {
        var answer = post("", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return URI.create(json(answer).path("referral").path("uri").asText());
    }

    private HttpResponse<String> post(String path, String body) {
        return send(
                request("/api/v1/referrals" + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode get(String path) {
        return json(send(request("/api/v1/referrals" + path)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.url().resolve(path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void until(String what, BooleanSupplier isSo) {
        var until = System.nanoTime() + 10_000_000_000L;
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        node.close();
        client.close();
    }
}
