// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.Keys;
import org.waymark.federation.Site;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;

class AttemptTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    private static final Keys ALICE = Keys.of("https://a.example/o/1");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void everySuccessIsDelivered(int status) {
        assertThat(attempt(status, "")).isEqualTo(new Attempt.Delivered(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 408, 413, 429, 500, 502, 503})
    void everyOtherStatusButGoneIsTriedAgain(int status) {
        assertThat(attempt(status, ""))
                .isEqualTo(new Attempt.Postponed("status-" + status, Duration.ZERO));
    }

    @Test
    void goneIsGone() {
        assertThat(attempt(410, "")).isEqualTo(new Attempt.Gone());
    }

    @Test
    void readsRetryAfterInBothForms() {
        assertThat(attempt(503, "120"))
                .isEqualTo(new Attempt.Postponed("status-503", Duration.ofMinutes(2)));
        assertThat(attempt(429, "Tue, 03 Feb 2026 04:06:06 GMT"))
                .isEqualTo(new Attempt.Postponed("status-429", Duration.ofMinutes(1)));
        for (String nonsense :
                List.of("soon", "-5", "99999999999", "Tue, 03 Feb 2026 04:00:00 GMT")) {
            assertThat(attempt(503, nonsense))
                    .isEqualTo(new Attempt.Postponed("status-503", Duration.ZERO));
        }
    }

    @Test
    void aPrivateInboxIsPostponedWithItsReason() {
        var guarded = GuardedClient.of(ClientSettings.of(NetworkRules.publicOnly(), "test"), CLOCK);

        assertThat(
                        Attempt.make(
                                guarded,
                                URI.create("https://10.0.0.1/inbox"),
                                new byte[] {1},
                                ALICE.rsaKey(),
                                CLOCK))
                .isEqualTo(new Attempt.Postponed("address-not-allowed", Duration.ZERO));
    }

    @Test
    void onlyPublicActivitiesGoToSharedInboxes() {
        URI bob = URI.create("https://b.example/o/1");
        URI carol = URI.create("https://b.example/o/2");
        var actors = List.of(actor(bob), actor(carol));
        var draft = Draft.activity("Create", URI.create("https://a.example/a/1"), ALICE.actor());

        Audience open =
                Audience.of(new Activity.Create(draft.to(Contexts.PUBLIC).cc(bob, carol).json()));
        Audience closed =
                Audience.of(new Activity.Create(draft.to(bob, ALICE.actor()).cc(carol).json()));

        assertThat(open.recipients()).containsExactlyInAnyOrder(bob, carol);
        assertThat(open.inboxes(actors)).containsExactly(URI.create("https://b.example/inbox"));
        assertThat(closed.recipients()).containsExactlyInAnyOrder(bob, carol);
        assertThat(closed.inboxes(actors))
                .containsExactly(URI.create(bob + "/inbox"), URI.create(carol + "/inbox"));
    }

    private static Actor actor(URI id) {
        return new Actor(
                Draft.of("Organization", id)
                        .set("inbox", URI.create(id + "/inbox"))
                        .set(
                                "endpoints",
                                Draft.anonymous("x")
                                        .set("sharedInbox", URI.create("https://b.example/inbox")))
                        .json());
    }

    private static Attempt attempt(int status, String retryAfter) {
        try (var site =
                new Site(
                        it ->
                                it.post(
                                        "/inbox",
                                        (request, response) -> {
                                            request.content().as(byte[].class);
                                            if (!retryAfter.isEmpty()) {
                                                response.header(
                                                        HeaderNames.RETRY_AFTER, retryAfter);
                                            }
                                            response.status(Status.create(status)).send();
                                        }))) {
            var rules = NetworkRules.allowing(List.of("127.0.0.0/8"));
            return Attempt.make(
                    GuardedClient.of(ClientSettings.of(rules, "test"), CLOCK),
                    site.at("/inbox"),
                    "{}".getBytes(StandardCharsets.UTF_8),
                    ALICE.rsaKey(),
                    CLOCK);
        }
    }
}
