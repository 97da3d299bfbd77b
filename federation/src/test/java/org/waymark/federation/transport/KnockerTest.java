// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Keys;
import org.waymark.federation.Site;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.Scheme;
import org.waymark.federation.signature.Signatures;
import org.waymark.federation.signature.SigningKeys;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Reading;

/// Servers that read signatures in one way only, as there are some.
class KnockerTest {
    private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
    private static final Keys ALICE = Keys.of("https://a.example/o/1");
    private static final SigningKeys KEYS =
            new SigningKeys(ALICE.rsaKey(), Optional.of(ALICE.ed25519Key()));

    private final Map<String, Scheme> remembered = new ConcurrentHashMap<>();
    private final List<Scheme> knocks = new CopyOnWriteArrayList<>();
    private final List<Scheme> kept = new CopyOnWriteArrayList<>();
    private final Set<String> signatures = new HashSet<>();
    private volatile Function<Scheme, Status> server = _ -> Status.ACCEPTED_202;
    private volatile String wanted = "";
    private final Site site =
            new Site(
                    it ->
                            it.any(
                                    (request, response) -> {
                                        Scheme scheme = scheme(request);
                                        knocks.add(scheme);
                                        Status status = server.apply(scheme);
                                        if (status == Status.ACCEPTED_202) {
                                            kept.add(scheme);
                                        }
                                        if (!wanted.isEmpty() && status.code() == 401) {
                                            response.header(
                                                    HeaderNames.create("Accept-Signature"), wanted);
                                        }
                                        response.status(status).send();
                                    }));
    private final Knocker knocker =
            new Knocker(
                    GuardedClient.of(
                            ClientSettings.of(
                                    NetworkRules.allowing(List.of("127.0.0.0/8")), "test"),
                            Clock.systemUTC()),
                    new SchemeMemory() {
                        @Override
                        public Optional<Scheme> find(String authority) {
                            return Optional.ofNullable(remembered.get(authority));
                        }

                        @Override
                        public void remember(String authority, Scheme scheme) {
                            remembered.put(authority, scheme);
                        }
                    });

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void aServerThatTakesTheFirstKnockGetsNoSecond() {
        assertThat(post()).isEqualTo(202);

        assertThat(knocks).containsExactly(Scheme.CAVAGE);
        assertThat(remembered).isEmpty();
    }

    @Test
    void aServerThatAnswers401ToTheFirstKnockGetsASecondAndIsRememberedForIt() {
        server = it -> it == Scheme.CAVAGE ? Status.UNAUTHORIZED_401 : Status.ACCEPTED_202;

        assertThat(post()).isEqualTo(202);
        assertThat(post()).isEqualTo(202);

        assertThat(knocks).containsExactly(Scheme.CAVAGE, Scheme.RFC9421_RSA, Scheme.RFC9421_RSA);
        assertThat(signatures).hasSize(3);
    }

    @Test
    void aServerThatAnswers202AndDropsRfc9421GetsEverythingBecauseCavageComesFirst() {
        // It answers before it verifies, so nobody can learn from its answer.
        for (int i = 0; i < 3; i++) {
            assertThat(post()).isEqualTo(202);
        }

        assertThat(kept).hasSize(3).containsOnly(Scheme.CAVAGE);
    }

    @Test
    void otherRefusalsOfTheOldWayGetASecondKnockToo() {
        for (Status status : List.of(Status.BAD_REQUEST_400, Status.FORBIDDEN_403)) {
            knocks.clear();
            remembered.clear();
            server = it -> it == Scheme.CAVAGE ? status : Status.ACCEPTED_202;

            assertThat(post()).isEqualTo(202);
            assertThat(knocks).containsExactly(Scheme.CAVAGE, Scheme.RFC9421_RSA);
        }
    }

    @Test
    void whatIsRefusedForAnotherReasonIsNotKnockedTwice() {
        for (Status status :
                List.of(
                        Status.NOT_FOUND_404,
                        Status.GONE_410,
                        Status.TOO_MANY_REQUESTS_429,
                        Status.SERVICE_UNAVAILABLE_503)) {
            knocks.clear();
            server = _ -> status;

            assertThat(post()).isEqualTo(status.code());
            assertThat(knocks).containsExactly(Scheme.CAVAGE);
        }
    }

    @Test
    void whoeverRefusesBothWaysHasSaidWhyWithTheFirst() {
        server = it -> it == Scheme.CAVAGE ? Status.FORBIDDEN_403 : Status.UNAUTHORIZED_401;

        assertThat(post()).isEqualTo(403);
        assertThat(knocks).hasSize(2);
        assertThat(remembered).isEmpty();
    }

    @Test
    void aServerThatReadsEd25519GetsIt() {
        remembered.put(authority(), Scheme.RFC9421_ED25519);

        assertThat(post()).isEqualTo(202);

        assertThat(knocks).containsExactly(Scheme.RFC9421_ED25519);
    }

    @Test
    void aServerThatDoesNotReadTheEd25519ItPromisedGetsRsa() {
        remembered.put(authority(), Scheme.RFC9421_ED25519);
        server = it -> it == Scheme.RFC9421_ED25519 ? Status.UNAUTHORIZED_401 : Status.ACCEPTED_202;

        assertThat(post()).isEqualTo(202);

        assertThat(knocks).containsExactly(Scheme.RFC9421_ED25519, Scheme.RFC9421_RSA);
        assertThat(remembered).containsEntry(authority(), Scheme.RFC9421_RSA);
    }

    @Test
    void aServerThatWasSetBackIsFoundOutAgain() {
        remembered.put(authority(), Scheme.RFC9421_RSA);
        server = it -> it == Scheme.CAVAGE ? Status.ACCEPTED_202 : Status.UNAUTHORIZED_401;

        assertThat(post()).isEqualTo(202);

        assertThat(knocks).containsExactly(Scheme.RFC9421_RSA, Scheme.CAVAGE);
        assertThat(remembered).containsEntry(authority(), Scheme.CAVAGE);
    }

    @Test
    void whatAServerAsksForIsDone() {
        wanted = "it=(\"@method\" \"@target-uri\" \"content-digest\");created;alg=\"ed25519\"";
        server = it -> it == Scheme.CAVAGE ? Status.UNAUTHORIZED_401 : Status.ACCEPTED_202;

        assertThat(post()).isEqualTo(202);

        assertThat(knocks).containsExactly(Scheme.CAVAGE, Scheme.RFC9421_ED25519);
    }

    @Test
    void documentsAreAskedForInBothWaysToo() {
        server = it -> it == Scheme.CAVAGE ? Status.UNAUTHORIZED_401 : Status.NOT_FOUND_404;

        knocker.get(site.at("/o/2"), Expected.ACTIVITY, KEYS);

        assertThat(knocks).containsExactly(Scheme.CAVAGE, Scheme.RFC9421_RSA);
    }

    private int post() {
        var answer = knocker.post(site.at("/inbox"), BODY, KEYS);
        return ((Exchange.Answer) answer).status();
    }

    private String authority() {
        return site.at("/").getRawAuthority();
    }

    /// How a request was signed, once it verifies.
    private Scheme scheme(ServerRequest received) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        received.headers().forEach(it -> headers.put(it.name(), List.copyOf(it.allValues())));
        String method = received.prologue().method().text();
        byte[] body = method.equals("POST") ? received.content().as(byte[].class) : new byte[0];
        var request = new Request(method, received.path().rawPath(), Headers.of(headers), body);
        var claim = new Signatures(Clock.systemUTC()).examine(request, "http").orElseThrow();
        signatures.add(claim.signature());
        var verified = claim.verify(key(claim.keyId()));
        assertThat(verified).isInstanceOf(Reading.Read.class);
        return claim.scheme(key(claim.keyId()));
    }

    private static VerificationKey key(URI id) {
        return VerificationKey.listedBy(ALICE.document(), id).orElseThrow();
    }
}
