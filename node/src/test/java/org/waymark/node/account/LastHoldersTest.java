// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Accounts.Outcome;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// The last two who open the keys, of two organisations of one node, lose their roles in the same
/// moment: one of them stays.
class LastHoldersTest {

    private static final String FIRST = "admin@kitchen.example";
    private static final String DORA = "dora@garden.example";

    static List<List<String>> engines() {
        return Databases.postgresAvailable()
                ? List.of(List.of(), List.of("database.url=" + Databases.newPostgres()))
                : List.of(List.of());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ofTheLastTwoOneStays(List<String> engine) throws Exception {
        var clock = new Holding();
        var settings = new ArrayList<>(engine);
        settings.add("keys.unlock=staff");
        try (var node =
                TestNode.still(clock, "kitchen", "The Kitchen", settings.toArray(String[]::new))) {
            var added =
                    node.domains()
                            .organizations()
                            .add(
                                    Acting.node(),
                                    "The Garden",
                                    "garden",
                                    Optional.empty(),
                                    List.of("en"));
            var garden = ((HostedOrganizations.Outcome.Done) added).organization().id();
            node.person(DORA, garden, Role.CASEWORKER);
            signIn(node, FIRST);
            signIn(node, DORA);
            assertThat(node.domains().keyLock().needsSheet()).isFalse();

            var kitchen = node.organization().id();
            // The first has looked, and has not ended yet, when the second looks.
            var first = inAThread(() -> clock.holding(() -> take(node, FIRST, kitchen)));
            clock.awaitHeld();
            var second = inAThread(() -> take(node, DORA, garden));
            var _ = second.whenComplete((_, _) -> clock.goOn());

            var outcomes = List.of(first.get(1, TimeUnit.MINUTES), second.get(1, TimeUnit.MINUTES));
            assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Done.class);
            assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.LastKeyHolder.class);
            assertThat(node.domains().keyLock().needsSheet()).isFalse();
        }
    }

    private static Outcome take(TestNode node, String email, OrganizationId organization) {
        return node.domains()
                .accounts()
                .takeRoles(
                        Acting.node(), email, organization, Set.of(Role.MANAGER, Role.CASEWORKER));
    }

    private static void signIn(TestNode node, String email) {
        assertThat(
                        node.domains()
                                .sessions()
                                .signIn(email, TestNode.PASSWORD, Optional.empty(), "192.0.2.1"))
                .isInstanceOf(Sessions.Outcome.SignedIn.class);
    }

    private static <T> CompletableFuture<T> inAThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
    }

    /// A clock that keeps one thread waiting when it asks for the time: whoever writes down what
    /// they do asks in the middle of it.
    private static final class Holding extends Clock {

        private final TestClock clock = new TestClock();
        private final AtomicReference<Optional<Thread>> held =
                new AtomicReference<>(Optional.empty());
        private final CountDownLatch isHeld = new CountDownLatch(1);
        private final CountDownLatch mayGo = new CountDownLatch(1);

        <T> T holding(Supplier<T> work) {
            held.set(Optional.of(Thread.currentThread()));
            return work.get();
        }

        void awaitHeld() throws InterruptedException {
            assertThat(isHeld.await(1, TimeUnit.MINUTES)).isTrue();
        }

        void goOn() {
            mayGo.countDown();
        }

        @Override
        public Instant instant() {
            var me = Optional.of(Thread.currentThread());
            if (held.get().equals(me)) {
                held.set(Optional.empty());
                isHeld.countDown();
                try {
                    // 1 s: the other waits for us, as it should.
                    var _ = mayGo.await(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
