// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.waymark.node.account.Account.Membership;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// Signing in and out, and who a session belongs to. Sessions are rows, so they survive a restart
/// and end everywhere at once.
public final class Sessions {

    // 2 h: longer than a conversation, shorter than a forgotten browser. 12 h: one working day.
    static final Duration IDLE = Duration.ofHours(2);
    static final Duration ABSOLUTE = Duration.ofHours(12);
    // 1 min: how exact "last used" is; each page writing a row would be a write per click.
    private static final Duration GRAIN = Duration.ofMinutes(1);

    // 1 min: shows when and how long somebody guessed, in 1,440 lines a day at most.
    private static final Duration FAILURES_APART = Duration.ofMinutes(1);

    // No more entries than accounts.
    private final Map<AccountId, Instant> failureNoted = new ConcurrentHashMap<>();
    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final SlowDown slowDown;
    private final Optional<KeyHolders> holders;

    public Sessions(
            Database database, Access access, Audit audit, Clock clock, SecureRandom random) {
        this(database, access, audit, clock, random, Optional.empty());
    }

    public Sessions(
            Database database,
            Access access,
            Audit audit,
            Clock clock,
            SecureRandom random,
            Optional<KeyHolders> holders) {
        this.holders = holders;
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.slowDown = new SlowDown(clock);
    }

    /// What came of an attempt to sign in.
    public sealed interface Outcome {
        /// @param session for the session cookie
        /// @param device for the cookie that lets this device in while others guess
        record SignedIn(Secret session, Secret device) implements Outcome {}

        /// Address or password is wrong, or the person works for no organisation; which of these is
        /// not told.
        record Refused() implements Outcome {}

        /// Too many wrong tries from here; nothing was checked.
        record TooSoon(Duration pause) implements Outcome {}

        /// Too many sign-ins wait; nothing was checked.
        record Busy() implements Outcome {}
    }

    /// @param device what the device cookie holds, if it was sent
    /// @param client the network address the request came from
    public Outcome signIn(String email, String password, Optional<Secret> device, String client) {
        var address = Account.normal(email);
        var known = device.filter(secret -> isKnown(secret, address));
        var from = known.map(Secret::hash).orElse(client);
        var wait = slowDown.waitFor(address, from);
        if (wait.isPresent()) {
            return new Outcome.TooSoon(wait.get());
        }
        final Optional<AccountId> account;
        try {
            account =
                    known.isPresent()
                            ? access.authenticate(address, password)
                            : access.authenticateStranger(address, password);
        } catch (Passwords.Busy e) {
            return new Outcome.Busy();
        }
        var opened = account.flatMap(id -> open(id, known));
        if (opened.isEmpty()) {
            slowDown.failed(address, from);
            database.run(tx -> recordFailure(tx, address));
            return new Outcome.Refused();
        }
        slowDown.succeeded(address, from);
        holders.ifPresent(it -> it.signedIn(account.get(), password));
        return opened.get();
    }

    /// Names whose account was tried, never what was typed. One line a minute for each account, and
    /// one for all that are none: anybody can fail as often as they like.
    private void recordFailure(Transaction tx, String email) {
        var account = AccountTable.findByEmail(tx, email).map(AccountTable.Stored::id);
        if (!isDue(account.orElse(Acting.node().account()))) {
            return;
        }
        var organization =
                account.flatMap(it -> AccountTable.memberships(tx, it).stream().findFirst())
                        .map(Membership::organization);
        audit.record(
                tx,
                organization.map(Acting::node).orElseGet(Acting::node),
                "sign-in-failed",
                account.orElse(Acting.node().account()).value().toString());
    }

    private boolean isDue(AccountId account) {
        var now = clock.instant();
        var due = new AtomicBoolean();
        failureNoted.compute(
                account,
                (_, last) -> {
                    // A clock that was set back must not silence it.
                    due.set(
                            last == null
                                    || last.isAfter(now)
                                    || !now.isBefore(last.plus(FAILURES_APART)));
                    return due.get() ? now : last;
                });
        return due.get();
    }

    /// What came of giving oneself a new password.
    public sealed interface PasswordOutcome {
        /// Every session and token of this person ended, this one too.
        record Changed() implements PasswordOutcome {}

        /// The current password is not that.
        record Refused() implements PasswordOutcome {}

        /// The new one is shorter or longer than allowed.
        record NotAcceptable(int min, int max) implements PasswordOutcome {}

        /// Too many wrong tries; nothing was checked.
        record TooSoon(Duration pause) implements PasswordOutcome {}

        /// Too many sign-ins wait; nothing was checked.
        record Busy() implements PasswordOutcome {}
    }

    /// Gives oneself a new password. Whoever knew the old one, or sits at an open session, is out.
    public PasswordOutcome changePassword(Acting acting, String current, String fresh) {
        if (!Accounts.isAcceptable(fresh)) {
            return new PasswordOutcome.NotAcceptable(Accounts.MIN_PASSWORD, Accounts.MAX_PASSWORD);
        }
        var account = database.read(tx -> AccountTable.find(tx, acting.account())).orElseThrow();
        var from = "own password";
        var wait = slowDown.waitFor(account.email(), from);
        if (wait.isPresent()) {
            return new PasswordOutcome.TooSoon(wait.get());
        }
        try {
            if (access.authenticate(account.email(), current).isEmpty()) {
                slowDown.failed(account.email(), from);
                database.run(tx -> recordFailure(tx, account.email()));
                return new PasswordOutcome.Refused();
            }
        } catch (Passwords.Busy e) {
            return new PasswordOutcome.Busy();
        }
        slowDown.succeeded(account.email(), from);
        var hash = access.hashOf(fresh);
        var file = holders.flatMap(it -> it.passwordComes(account.id(), fresh));
        database.run(
                tx -> {
                    Accounts.replacePassword(tx, account.id(), hash);
                    audit.record(
                            tx, acting, "account-change-password", account.id().value().toString());
                });
        holders.ifPresent(it -> it.passwordStands(account.id(), file));
        return new PasswordOutcome.Changed();
    }

    /// When a session ends, if it is not used any more.
    static Instant endOf(SessionTable.Session session) {
        var idle = session.usedAt().plus(IDLE);
        var absolute = session.openedAt().plus(ABSOLUTE);
        return idle.isBefore(absolute) ? idle : absolute;
    }

    private boolean isKnown(Secret device, String email) {
        return database.read(tx -> SessionTable.knowsDevice(tx, device.hash(), email));
    }

    private Optional<Outcome> open(AccountId account, Optional<Secret> known) {
        var session = Secret.random(random);
        var device = known.orElseGet(() -> Secret.random(random));
        var now = clock.instant();
        return database.write(
                tx -> {
                    var memberships = AccountTable.memberships(tx, account);
                    if (memberships.isEmpty()) {
                        return Optional.empty();
                    }
                    var organization = memberships.getFirst().organization();
                    SessionTable.removeOpenedBefore(tx, now.minus(ABSOLUTE));
                    SessionTable.add(
                            tx,
                            new SessionTable.Session(
                                    session.hash(), account, organization, now, now));
                    if (known.isEmpty()) {
                        SessionTable.rememberDevice(tx, device.hash(), account, now);
                    } else {
                        SessionTable.deviceUsed(tx, device.hash(), now);
                    }
                    audit.record(
                            tx,
                            new Acting(account, organization, Purpose.ADMINISTRATION),
                            "signed-in",
                            account.value().toString());
                    return Optional.of(new Outcome.SignedIn(session, device));
                });
    }

    /// Whose session this is; empty when it ended, was never one of ours, or the person no longer
    /// works for that organisation. Using it keeps it alive.
    public Optional<Staff> find(String cookie) {
        return Secret.parse(cookie).flatMap(this::find);
    }

    private Optional<Staff> find(Secret secret) {
        var now = clock.instant();
        var found = database.read(tx -> SessionTable.find(tx, secret.hash()));
        var alive =
                found.filter(session -> session.usedAt().plus(IDLE).isAfter(now))
                        .filter(session -> session.openedAt().plus(ABSOLUTE).isAfter(now));
        if (alive.isEmpty()) {
            return Optional.empty();
        }
        var session = alive.get();
        if (session.usedAt().plus(GRAIN).isBefore(now)) {
            database.run(tx -> SessionTable.used(tx, secret.hash(), now));
        }
        return access.staff(session.account(), session.organization(), Optional.of(secret));
    }

    public void signOut(Staff staff) {
        staff.session()
                .ifPresent(
                        secret ->
                                database.run(
                                        tx -> {
                                            SessionTable.remove(tx, secret.hash());
                                            record(tx, staff, staff.organization(), "signed-out");
                                        }));
        holders.ifPresent(KeyHolders::lookAgain);
    }

    /// The organisations this person may work for, the one joined first leading.
    public List<OrganizationId> organizations(Staff staff) {
        return database.read(
                tx ->
                        AccountTable.find(tx, staff.account())
                                .map(stored -> AccountTable.withRoles(tx, stored).organizations())
                                .orElse(List.of()));
    }

    /// Goes on in the same session for another organisation the person works for; anything else
    /// changes nothing.
    public void switchTo(Staff staff, OrganizationId organization) {
        var session = staff.session();
        if (session.isPresent()
                && access.staff(staff.account(), organization, session).isPresent()) {
            database.run(
                    tx -> {
                        SessionTable.moveTo(tx, session.get().hash(), organization);
                        record(tx, staff, organization, "organization-switched");
                    });
        }
    }

    private void record(Transaction tx, Staff staff, OrganizationId organization, String action) {
        audit.record(
                tx,
                new Acting(staff.account(), organization, Purpose.ADMINISTRATION),
                action,
                staff.account().value().toString());
    }

    /// A secret for someone who is not signed in yet, so that the sign-in form too can carry a form
    /// token.
    public Secret visitor() {
        return Secret.random(random);
    }
}
