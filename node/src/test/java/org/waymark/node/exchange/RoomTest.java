// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestClock;
import org.waymark.node.exchange.Inbox.Answer;

class RoomTest {

    private static final int UNKNOWN = -1;

    private final TestClock clock = new TestClock();
    private final Room room = new Room(8, clock);
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

        var answer = new Room(4_096, clock).receive(large, UNKNOWN, this::take);

        checkRefused(413, "document-too-large", answer);
        assertThat(large.available()).isGreaterThan(StrictJson.MAX_DOCUMENT_BYTES);
    }

    @Test
    void whatComesTooSlowlyIsRefusedAndItsRoomIsFree() {
        var trickle = new Slow(20, () -> clock.advance(Duration.ofSeconds(1)), 100);

        checkRefused(408, "body-too-slow", room.receive(trickle, UNKNOWN, this::take));

        assertThat(receive(8_000, () -> {})).isEqualTo(new Answer.Taken());
    }

    @Tag("attack:slow-inbox-bodies")
    @Test
    void slowBodiesGiveWayToTheOthers() {
        var answers = new ArrayList<Answer>();
        var slow =
                new Slow(
                        7,
                        () -> {
                            clock.advance(Duration.ofSeconds(1));
                            answers.add(receive(7_000, () -> {}));
                        });

        var answer = room.receive(slow, UNKNOWN, this::take);

        checkRefused(503, "busy", answer);
        assertThat(answers).contains(new Answer.Taken());
        assertThat(answers.getLast()).isEqualTo(new Answer.Taken());
        assertThat(receive(8_000, () -> {})).isEqualTo(new Answer.Taken());
    }

    @Test
    void whatIsBeingStoredDoesNotGiveWay() {
        var answer =
                receive(
                        5_000,
                        () -> {
                            clock.advance(Duration.ofSeconds(5));
                            checkRefused(503, "busy", receive(5_000, () -> {}));
                        });

        assertThat(answer).isEqualTo(new Answer.Taken());
    }

    @Test
    void bytesThatComeOneByOneTakeTheRoomOfBytes() {
        assertThat(room.receive(new Slow(5, () -> {}, 1), UNKNOWN, this::take))
                .isEqualTo(new Answer.Taken());
        assertThat(room.receive(new Slow(500, () -> {}, 1), UNKNOWN, this::take))
                .isEqualTo(new Answer.Taken());
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

    /// Pieces with something going on between them.
    private static final class Slow extends InputStream {

        private final Runnable between;
        private final int size;
        private int left;

        Slow(int pieces, Runnable between) {
            this(pieces, between, 1_000);
        }

        Slow(int pieces, Runnable between, int size) {
            this.left = pieces;
            this.between = between;
            this.size = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            left--;
            between.run();
            return size;
        }
    }
}
