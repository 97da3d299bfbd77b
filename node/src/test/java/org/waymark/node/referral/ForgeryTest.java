// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Rfc9421;
import org.waymark.federation.signature.SigningKey;
import org.waymark.node.TestNode;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.http.HttpServer;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.referral.LifeCycle.State;

/// Nodes of ours sign for each other after RFC 9421; what is signed anew here is signed the old
/// way.
///
/// A clinic says yes, and its message is caught on the way: whatever is not word for word what the
/// clinic signed is refused without effect, and the message itself, sent after it, counts.
class ForgeryTest {

    private static final String OTHER = "http://127.0.0.9:9";

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private static Partnered two;
    private static HttpServer nobody;

    @BeforeAll
    static void partner() {
        two = new Partnered();
        nobody = HttpServer.bind("127.0.0.1", 0);
    }

    @AfterAll
    static void close() {
        nobody.close();
        two.close();
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("stale digest", 401, "digest-wrong", it -> swap(it, "Accept", "Reject")),
                forgery("no digest", 401, "digest-missing", it -> without(it, "Content-Digest")),
                forgery("no signature", 401, "signature-missing", it -> without(it, "Signature")),
                forgery(
                        "signature of other words",
                        401,
                        "signature-wrong",
                        it -> signedAgain(swap(it, "Accept", "Reject"), it)),
                forgery(
                        "for another host",
                        401,
                        "host-wrong",
                        it -> it.replaceFirst("(?i)\r\nhost: [^\r]+", "\r\nHost: shelter.example")),
                forgery(
                        "key of another organisation under the clinic's name",
                        401,
                        "signature-wrong",
                        it -> signed(body(it), new SigningKey(clinicKey().id(), shelterKey()))),
                forgery(
                        "the clinic's node speaks for its organisation",
                        403,
                        "signer-not-actor",
                        it -> signed(body(it), nodeKey())),
                forgery(
                        "the receiver answers itself",
                        403,
                        "signer-not-actor",
                        it -> signed(body(it), keysOf(two.nodes.shelter, false))),
                forgery(
                        "the clinic speaks for an actor of another host",
                        403,
                        "signer-not-actor",
                        it ->
                                signed(
                                        elsewhere(body(it), two.nodes.clinic.organizationActor()),
                                        clinicKey())),
                forgery(
                        "the clinic answers with a case of another host",
                        403,
                        "object-of-other-origin",
                        it -> signed(elsewhere(body(it), caseUri(body(it))), clinicKey())),
                forgery(
                        "an activity of another host",
                        403,
                        "id-of-other-origin",
                        it -> signed(elsewhere(body(it), activityUri(body(it))), clinicKey())));
    }

    @Tag("attack:signer-not-actor-organization-inbox")
    @Tag("attack:digest-stale")
    @Tag("attack:digest-missing")
    @Tag("attack:signed-for-other-host")
    @Tag("attack:take-over-other-host-accept")
    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void whatTheClinicDidNotSignHasNoEffectAndWhatItSignedHas(
            String name, int status, String code, UnaryOperator<String> forgery) {
        var referral = two.sent();
        var genuine = answerOnItsWay(referral);
        var rows = rows();
        var before = two.atShelter(referral);

        var refused = post(forgery.apply(genuine));
        two.nodes.shelter.runDue();

        assertThat(refused).as(name).contains("\"" + code + "\"").startsWith("HTTP/1.1 " + status);
        assertThat(rows()).isEqualTo(rows);
        assertThat(two.atShelter(referral)).isEqualTo(before);

        assertThat(post(genuine)).startsWith("HTTP/1.1 202");
        two.nodes.shelter.runDue();
        assertThat(rows()).isEqualTo(rows + 1);
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.ACCEPTED);
    }

    private static Arguments forgery(
            String name, int status, String code, UnaryOperator<String> forgery) {
        return arguments(name, status, code, forgery);
    }

    /// The clinic's Accept as it left the clinic, caught before it arrived.
    private static String answerOnItsWay(ReferralId referral) {
        // What the last forgery kept from arriving goes now, so that the shelter counts as up.
        two.nodes.clock.advance(Duration.ofMinutes(1));
        two.nodes.clinic.runDue();
        // What was caught before arrives first: the shelter seemed down, and is left alone a while.
        two.nodes.clock.advance(Duration.ofMinutes(2));
        two.nodes.settle();
        var shelterPort = two.shelterDoor.target();
        two.shelterDoor.passOnTo(nobody.port());
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.clinic.runDue();
        two.shelterDoor.passOnTo(shelterPort);
        return two.shelterDoor.seen().stream()
                .filter(it -> it.startsWith("POST ") && it.contains("\"Accept\""))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static String body(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    /// The same length, so that the headers still fit.
    private static String swap(String request, String was, String becomes) {
        return request.replace("\"type\":\"" + was + "\"", "\"type\":\"" + becomes + "\"");
    }

    private static String without(String request, String header) {
        return request.replaceFirst("(?i)\r\n" + header + ": [^\r]+", "");
    }

    /// Another body with its right digest, under the old signature.
    private static String signedAgain(String forged, String genuine) {
        var digest =
                new Rfc9421(two.nodes.clock)
                        .sign(clinicKey(), "POST", inbox(), body(forged).getBytes(ISO_8859_1))
                        .get("Content-Digest");
        assertThat(genuine).doesNotContain(digest);
        return forged.replaceFirst(
                "(?i)\r\ncontent-digest: [^\r]+", "\r\nContent-Digest: " + digest);
    }

    private static String elsewhere(String body, URI what) {
        var moved = URI.create(OTHER).resolve(what.getPath());
        return body.replace("\"" + what + "\"", "\"" + moved + "\"");
    }

    private static URI caseUri(String body) {
        var from = body.indexOf(two.nodes.clinic.url() + "/c/");
        return URI.create(body.substring(from, body.indexOf('"', from)));
    }

    private static URI activityUri(String body) {
        var from = body.indexOf(two.nodes.clinic.url() + "/a/");
        return URI.create(body.substring(from, body.indexOf('"', from)));
    }

    private static String signed(String body, SigningKey key) {
        var headers =
                new Cavage(two.nodes.clock).sign(key, "POST", inbox(), body.getBytes(ISO_8859_1));
        return "POST "
                + inbox().getPath()
                + " HTTP/1.1\r\n"
                + headers.entrySet().stream()
                        .map(it -> it.getKey() + ": " + it.getValue() + "\r\n")
                        .collect(Collectors.joining())
                + "Content-Type: application/activity+json\r\nConnection: close\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static URI inbox() {
        return URI.create(two.nodes.shelter.organizationActor() + "/inbox");
    }

    private static SigningKey clinicKey() {
        return keysOf(two.nodes.clinic, false);
    }

    private static java.security.PrivateKey shelterKey() {
        return keysOf(two.nodes.shelter, false).key();
    }

    private static SigningKey nodeKey() {
        return keysOf(two.nodes.clinic, true);
    }

    private static SigningKey keysOf(TestNode node, boolean ofTheNode) {
        var settings = node.settings();
        var master = MasterKey.open(KeyFolder.open(settings.keysDirectory(), settings.data()));
        var actors = new LocalActors(node.domains().baseUrl(), node.domains().organizations());
        return new ActorKeys(node.database(), master, two.nodes.clock)
                .of(ofTheNode ? actors.node() : actors.of(node.organization().id()))
                .rsaSigningKey();
    }

    /// Sends words as they are.
    ///
    /// @return the answer, head and body
    private static String post(String request) {
        try (var socket = new Socket("127.0.0.1", two.shelterDoor.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return answer(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        var length = LENGTH.matcher(head);
        return length.find()
                ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1)
                : head.toString();
    }

    private static long rows() {
        return two.nodes
                .shelter
                .database()
                .read(
                        tx ->
                                tx.find(
                                                "SELECT COUNT(*) AS many FROM inbox_activity",
                                                row -> row.number("many"))
                                        .orElseThrow());
    }
}
