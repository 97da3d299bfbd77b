// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.Relay;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;

/// A genuine request, copied on its way and sent again word by word.
class ReplayTest {

    @Tag("attack:replay-after-a-minute")
    @Tag("attack:replay-after-restart")
    @Test
    void isRefusedAMinuteLaterAndAfterARestart() throws IOException {
        var clock = new TestClock();
        try (var door = new Relay();
                var node = TestNode.behind(door, clock, "shelter", "The Shelter");
                var stranger = new OtherServer(clock)) {
            var inbox = node.url().resolve("/inbox");
            var follow =
                    Draft.activity("Follow", stranger.at("/a/1"), stranger.actor())
                            .set("object", node.actor())
                            .document();
            assertThat(stranger.post(inbox, follow)).isEqualTo(202);
            var copy =
                    door.seen().stream()
                            .filter(it -> it.startsWith("POST /inbox "))
                            .findFirst()
                            .orElseThrow();

            clock.advance(Duration.ofMinutes(1));
            assertThat(status(door, copy)).isEqualTo(401);

            node.stop();
            node.startAgain();
            assertThat(status(door, copy)).isEqualTo(401);

            // The same activity in a request of its own is what honest senders do.
            assertThat(stranger.post(inbox, follow)).isEqualTo(202);
        }
    }

    private static int status(Relay door, String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
        }
    }
}
