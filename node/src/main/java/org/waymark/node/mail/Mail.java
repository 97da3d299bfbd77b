// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.Handler;
import org.waymark.node.work.HeldUp;
import org.waymark.node.work.Job;
import org.waymark.node.work.Pace;
import org.waymark.node.work.Places;
import org.waymark.node.work.Work;

/// The mail of a node. What is to be sent is a row of the caller's transaction; it is sent at least
/// once after that commits, or given up with a reason that staff see. Thread-safe.
///
/// While the server is away all letters wait together, and one at a time tries it.
public final class Mail {

    private static final Logger LOG = LoggerFactory.getLogger(Mail.class);
    private static final String WORK = "mail";
    // 2: a mail server of a small office slows down who brings more.
    private static final int AT_ONCE = 2;
    private static final int MOST_SHOWN = 100;

    /// How the server fares.
    ///
    /// @param code why no letter gets through; empty while nothing is known to be wrong
    /// @param waiting letters that are not sent yet
    /// @param failed letters that were given up
    public record Standing(boolean isOn, Optional<String> code, int waiting, int failed) {}

    private record Trouble(String code, int attempts, Instant restsUntil) {}

    private final Database database;
    private final Work work;
    private final Postman postman;
    private final MailSettings settings;
    private final OpenTime openTime;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Map<String, Composer> composers = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Trouble>> trouble =
            new AtomicReference<>(Optional.empty());

    /// @param host the name of this node among hosts, for the server and for the ids of letters
    public Mail(
            Database database,
            Work work,
            MailSettings settings,
            String host,
            OpenTime openTime,
            Clock clock,
            Supplier<UUID> ids) {
        this.openTime = openTime;
        this.database = database;
        this.work = work;
        this.settings = settings;
        this.postman = settings.isOn() ? new SmtpPostman(settings, host, clock) : Postman.off();
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, new Places(AT_ONCE, _ -> pace()), this::run);
    }

    /// Names who writes the letters of a kind. Call before the work starts.
    public void composes(String kind, Composer composer) {
        if (composers.putIfAbsent(kind, composer) != null) {
            throw new IllegalStateException("Two write letters of kind " + kind);
        }
    }

    /// Whether this node sends mail at all. Where it does not, everything else works without.
    public boolean isOn() {
        return settings.isOn();
    }

    /// The address that letters come from.
    public Optional<MailAddress> from() {
        return settings.from();
    }

    /// Sends a letter once the caller's transaction has committed.
    ///
    /// @param reference what it is about, for the [Composer]; at most 255 characters and nothing
    ///   about a person
    /// @return false when this node sends no mail; then nothing is written
    public boolean send(
            Transaction tx,
            String kind,
            String reference,
            UUID owner,
            MailAddress to,
            String language) {
        if (!isOn()) {
            return false;
        }
        if (!composers.containsKey(kind)) {
            throw new IllegalStateException("Nobody writes letters of kind " + kind);
        }
        var now = clock.instant();
        var post = new Post(ids.get(), kind, reference, owner, to, language, now, Optional.empty());
        MailTable.add(tx, post);
        work.schedule(tx, WORK, post.id().toString(), now, "");
        return true;
    }

    /// Takes back what has not gone yet of one kind about one thing.
    public void takeBack(Transaction tx, String kind, String reference) {
        MailTable.remove(tx, kind, reference);
    }

    /// Whether a letter that is being written was not taken back meanwhile; who takes it back now
    /// waits for the caller's transaction.
    public boolean isWanted(Transaction tx, Post post) {
        return MailTable.hold(tx, post.id());
    }

    public Standing standing() {
        var code = trouble.get().map(Trouble::code);
        return database.read(
                tx ->
                        new Standing(
                                isOn(),
                                code,
                                MailTable.countWaiting(tx),
                                MailTable.countFailed(tx)));
    }

    /// What was given up on an organisation's behalf, the newest first.
    public List<Post> failed(UUID owner) {
        return database.read(tx -> MailTable.listFailed(tx, owner, MOST_SHOWN));
    }

    /// Tries again what was given up, and the server too if it rests.
    public void sendAgain(UUID owner) {
        var now = clock.instant();
        database.run(
                tx -> {
                    for (var post : MailTable.listFailed(tx, owner, MOST_SHOWN)) {
                        MailTable.wait(tx, post.id(), now);
                        work.schedule(tx, WORK, post.id().toString(), now, "");
                    }
                });
        trouble.updateAndGet(it -> it.map(one -> new Trouble(one.code(), one.attempts(), now)));
        work.hurry(WORK, "");
    }

    /// Takes what was given up off the list.
    public void forget(UUID owner, UUID id) {
        database.run(
                tx ->
                        MailTable.find(tx, id)
                                .filter(post -> post.owner().equals(owner))
                                .filter(post -> post.failure().isPresent())
                                .ifPresent(post -> MailTable.remove(tx, post.id())));
    }

    /// Sends a letter at once, for whoever wants to know whether it works.
    public Sending tryOut(MailAddress to, Letter letter) {
        var post =
                new Post(
                        ids.get(),
                        "test",
                        "",
                        new UUID(0, 0),
                        to,
                        letter.language().tag(),
                        clock.instant(),
                        Optional.empty());
        return postman.send(post, () -> Optional.of(letter));
    }

    private Pace pace() {
        return trouble.get().map(it -> new Pace(1, it.restsUntil())).orElse(Pace.of(AT_ONCE));
    }

    private Handler.Result run(Job job) {
        var id = UUID.fromString(job.key());
        var found = database.read(tx -> MailTable.find(tx, id));
        if (found.isEmpty() || found.get().failure().isPresent()) {
            return new Handler.Result.Done();
        }
        var post = found.get();
        var composer = composers.get(post.kind());
        if (composer == null) {
            return giveUp(post, (_) -> Optional.empty(), "mail-kind-unknown");
        }
        Sending sending;
        try {
            sending = postman.send(post, () -> composer.compose(post));
        } catch (HeldUp e) {
            throw e;
        } catch (RuntimeException e) {
            // Its class only: what it says may name somebody.
            LOG.error("A letter of kind {} was not written: {}", post.kind(), e.getClass());
            return orLater(job, post, composer, "mail-not-written");
        }
        return switch (sending) {
            case Sending.Sent _ -> {
                trouble.set(Optional.empty());
                sent(post, composer);
                yield new Handler.Result.Done();
            }
            case Sending.Dropped _ -> {
                database.run(tx -> MailTable.remove(tx, id));
                yield new Handler.Result.Done();
            }
            case Sending.Refused(var code) -> {
                trouble.set(Optional.empty());
                yield giveUp(post, composer, code);
            }
            case Sending.Later(var code) -> {
                trouble.set(Optional.empty());
                yield orLater(job, post, composer, code);
            }
            case Sending.NoServer(var code) -> {
                var rests = rest(code);
                yield isTooOld(post)
                        ? giveUp(post, composer, code)
                        : new Handler.Result.Again(rests);
            }
        };
    }

    private Instant rest(String code) {
        var now = clock.instant();
        return trouble.updateAndGet(
                        before -> {
                            var attempts = before.map(Trouble::attempts).orElse(0);
                            var until = now.plus(Patience.withoutServer(attempts));
                            return Optional.of(new Trouble(code, attempts + 1, until));
                        })
                .map(Trouble::restsUntil)
                .orElse(now);
    }

    private boolean isTooOld(Post post) {
        var now = clock.instant();
        return now.isAfter(post.madeAt().plus(Patience.LONGEST))
                && database.read(tx -> openTime.since(tx, post.madeAt(), now))
                                .compareTo(Patience.LONGEST)
                        > 0;
    }

    private Handler.Result orLater(Job job, Post post, Composer composer, String code) {
        return isTooOld(post)
                ? giveUp(post, composer, code)
                : new Handler.Result.Failed(
                        clock.instant().plus(Patience.afterDelay(job.attempts())));
    }

    private void sent(Post post, Composer composer) {
        endWith(post, tx -> MailTable.remove(tx, post.id()), tx -> composer.sent(tx, post));
    }

    private Handler.Result giveUp(Post post, Composer composer, String code) {
        endWith(
                post,
                tx -> MailTable.fail(tx, post.id(), code, clock.instant()),
                tx -> composer.failed(tx, post, code));
        return new Handler.Result.Done();
    }

    /// Both or, where whoever wrote the letter fails, the first alone: it must not go again for it.
    private void endWith(Post post, Consumer<Transaction> end, Consumer<Transaction> told) {
        try {
            database.run(
                    tx -> {
                        end.accept(tx);
                        told.accept(tx);
                    });
        } catch (RuntimeException e) {
            LOG.error("The end of a letter of kind {} was not noted", post.kind(), e);
            database.run(end);
        }
    }
}
