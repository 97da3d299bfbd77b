// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.exchange.Inbox.Answer;

class RoomTest {

    private static final int UNKNOWN = -1;

    private final Room room = new Room(8);
    private final List<Integer> received = new ArrayList<>();

    @Test
    void whatDoesNotFitIsAskedToComeBackAndWhatLeavesMakesRoom() {
        var answer = receive(5_000, () -> checkRefused(503, "busy", receive(5_000, () -> {})));

        assertThat(answer).isEqualTo(new Answer.Taken());
        assertThat(receive(5_000, () -> {})).isEqualTo(new Answer.Taken());
    }

    @Test
    void whatWasAskedToComeBackTakesNoRoom() {
        for (int i = 0; i < 100; i++) {
            checkRefused(503, "busy", receive(20_000, () -> {}));
        }

        assertThat(receive(8_000, () -> {})).isEqualTo(new Answer.Taken());
    }

    @Test
    void whatIsAnnouncedTooLargeIsNotRead() {
        var unreadable =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("read");
                    }
                };

        var answer = room.receive(unreadable, StrictJson.MAX_DOCUMENT_BYTES + 1, this::take);

        checkRefused(413, "document-too-large", answer);
    }

    @Test
    void whatIsTooLargeWithoutAnnouncementIsNotReadToItsEnd() throws IOException {
        var large = new ByteArrayInputStream(new byte[3 * StrictJson.MAX_DOCUMENT_BYTES]);

        var answer = new Room(4_096).receive(large, UNKNOWN, this::take);

        checkRefused(413, "document-too-large", answer);
        assertThat(large.available()).isGreaterThan(StrictJson.MAX_DOCUMENT_BYTES);
    }

    private Answer receive(int bytes, Runnable meanwhile) {
        return room.receive(
                new ByteArrayInputStream(new byte[bytes]),
                UNKNOWN,
                body -> {
                    meanwhile.run();
                    return take(body);
                });
    }

    private Answer take(byte[] body) {
        received.add(body.length);
        return new Answer.Taken();
    }

    private static void checkRefused(int status, String code, Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        it -> {
                            assertThat(it.status()).isEqualTo(status);
                            assertThat(it.code()).isEqualTo(code);
                            assertThat(it.comeAfter()).isPositive();
                        });
    }
}
