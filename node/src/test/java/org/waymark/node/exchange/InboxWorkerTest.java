// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.InboxTable.State;
import org.waymark.node.exchange.InboxTable.Stored;
import org.waymark.node.privacy.KeyFolders;
import org.waymark.node.work.Work;

@ParameterizedClass
@MethodSource("databases")
class InboxWorkerTest {

    private static final URI CLINIC = URI.create("https://clinic.example/actor");

    @Parameter Database database;

    private final TestClock clock = new TestClock();
    private final List<String> handled = new ArrayList<>();
    private Work work;

    static List<Database> databases() {
        return Databases.all();
    }

    @BeforeEach
    void wire(@TempDir Path folder) {
        work = new Work(database, clock);
        new InboxWorker(
                database,
                work,
                (_, subject) -> Optional.of(received -> handle(subject, received)),
                (_, _) -> new SealedBodies.Fate.Refused(),
                KeyFolders.caseKeys(folder, clock),
                clock);
    }

    @AfterParameterizedClassInvocation
    static void close(Database database) {
        database.close();
    }

    @Tag("attack:poison-activity")
    @Test
    void aPoisonActivityIsSetAsideAndHoldsUpNoOther() {
        var poison = arrive("poison");
        var good = arrive("good");

        for (int attempt = 0; attempt < 10; attempt++) {
            work.runDue();
            clock.advance(Duration.ofHours(1));
        }

        assertThat(handled).containsExactly("good");
        assertThat(stored(good).state()).isEqualTo(State.DONE);
        assertThat(stored(poison).state()).isEqualTo(State.FAILED);
        assertThat(stored(poison).body()).isPresent();
    }

    @Test
    void anEarlyActivityIsHeldAndTakenWhenItsTimeHasCome() {
        var early = arrive("early");
        work.runDue();
        assertThat(stored(early).code()).contains("too-early");

        handled.add("what it waited for");
        clock.advance(Duration.ofSeconds(3));
        work.runDue();

        assertThat(stored(early).state()).isEqualTo(State.DONE);
    }

    @Test
    void anEarlyActivityIsRefusedAfterAnHour() {
        var early = arrive("early");
        for (int minute = 0; minute < 120; minute++) {
            work.runDue();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(stored(early).state()).isEqualTo(State.REFUSED);
        assertThat(stored(early).code()).contains("too-early");
    }

    @Test
    void theBodyGoesWhenItHasBeenHandled() {
        var good = arrive("good");
        work.runDue();

        assertThat(stored(good).body()).isEmpty();
    }

    private Result handle(String subject, ReceivedActivity received) {
        return switch (subject) {
            case "poison" -> throw new IllegalStateException("poison");
            case "early" -> handled.isEmpty() ? new Result.NotYet("too-early") : new Result.Done();
            default -> {
                handled.add(received.subject());
                yield new Result.Done();
            }
        };
    }

    private UUID arrive(String subject) {
        var id = UUID.randomUUID();
        var activity =
                Draft.activity("Create", CLINIC.resolve("/a/" + id), CLINIC)
                        .set("object", CLINIC.resolve("/s/1"));
        database.run(
                tx -> {
                    InboxTable.add(
                            tx,
                            new Stored(
                                    id,
                                    CLINIC.resolve("/a/" + id),
                                    "Create",
                                    subject,
                                    CLINIC,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(activity.bytes()),
                                    clock.instant(),
                                    State.WAITING,
                                    Optional.empty()),
                            "");
                    work.schedule(tx, Inbox.WORK, id.toString(), clock.instant(), "");
                });
        return id;
    }

    private Stored stored(UUID id) {
        return database.read(tx -> InboxTable.find(tx, id)).orElseThrow();
    }
}
