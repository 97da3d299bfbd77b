// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.waymark.node.account.Account.Membership;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// The people who work here, kept by administrators.
public final class Accounts {

    // Length beats composition rules (OWASP ASVS 5.0, 6.2); the upper limit keeps hashing cheap.
    static final int MIN_PASSWORD = 12;
    static final int MAX_PASSWORD = 200;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Optional<KeyHolders> holders;

    public Accounts(
            Database database, Access access, Audit audit, Clock clock, Supplier<UUID> ids) {
        this(database, access, audit, clock, ids, Optional.empty());
    }

    public Accounts(
            Database database,
            Access access,
            Audit audit,
            Clock clock,
            Supplier<UUID> ids,
            Optional<KeyHolders> holders) {
        this.holders = holders;
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /// What came of changing an account.
    public sealed interface Outcome {
        record Done(Account account) implements Outcome {}

        /// The address is no mail address.
        record NotAnAddress(String email) implements Outcome {}

        /// The password is shorter or longer than allowed.
        record PasswordRefused(int min, int max) implements Outcome {}

        record NotFound(String email) implements Outcome {}

        /// Nobody would be left who gives and takes roles there.
        record LastAdministrator(String email) implements Outcome {}

        /// They read complaints, or would. Only the operator changes who does and what else they
        /// are, because a complaint may be about an administrator.
        record OperatorOnly(String email) implements Outcome {}

        /// Nobody would be left whose password opens the keys.
        record LastKeyHolder(String email) implements Outcome {}
    }

    /// What [#add] would refuse these for, before anything is written; empty when nothing.
    public static Optional<Outcome> refusal(String email, String password) {
        if (!Account.isEmail(Account.normal(email))) {
            return Optional.of(new Outcome.NotAnAddress(email));
        }
        return isAcceptable(password)
                ? Optional.empty()
                : Optional.of(new Outcome.PasswordRefused(MIN_PASSWORD, MAX_PASSWORD));
    }

    /// Adds a person to the organisation; one who has an account already gets the roles on top and
    /// keeps their password. Repeating is safe. Whoever reads complaints gets roles from the
    /// operator only, wherever they read them: one that handles requests would end it.
    public Outcome add(
            Acting acting,
            String email,
            String password,
            OrganizationId organization,
            Set<Role> roles) {
        access.require(acting, organization, Right.MANAGE_ACCOUNTS);
        var refusal = refusal(email, password);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var address = Account.normal(email);
        var hash = access.hashOf(password);
        var recorded = acting.isNode() ? Acting.node(organization) : acting;
        var isNew = new AtomicBoolean();
        var outcome =
                database.write(
                        tx -> {
                            var known = AccountTable.findByEmail(tx, address);
                            if (!acting.isNode()
                                    && (roles.contains(Role.OMBUDSPERSON)
                                            || known.filter(it -> readsComplaints(tx, it))
                                                    .isPresent())) {
                                return new Outcome.OperatorOnly(email);
                            }
                            isNew.set(known.isEmpty());
                            var stored = known.orElseGet(() -> insert(tx, recorded, address, hash));
                            var has = AccountTable.memberships(tx, stored.id());
                            roles.stream()
                                    .sorted()
                                    .map(role -> new Membership(organization, role))
                                    .filter(membership -> !has.contains(membership))
                                    .forEach(it -> giveRole(tx, recorded, stored.id(), it));
                            return new Outcome.Done(
                                    seenBy(acting, AccountTable.withRoles(tx, stored)));
                        });
        if (isNew.get() && outcome instanceof Outcome.Done(var account)) {
            wrapFor(account, password);
        }
        return outcome;
    }

    /// Gives roles to somebody else who works for the organisation acted for. Repeating is safe.
    /// Whoever reads complaints, or would, gets them from the operator only.
    public Outcome giveRoles(Acting acting, String email, Set<Role> roles) {
        var organization = acting.organization();
        access.require(acting, organization, Right.MANAGE_ACCOUNTS);
        var address = Account.normal(email);
        return database.write(
                tx -> {
                    HostedOrganizationTable.lock(tx, organization);
                    var person =
                            AccountTable.findByEmail(tx, address)
                                    .map(it -> AccountTable.withRoles(tx, it))
                                    .filter(it -> !it.rolesIn(organization).isEmpty());
                    if (person.isEmpty()) {
                        return new Outcome.NotFound(email);
                    }
                    if (!acting.isNode()
                            && (person.get().id().equals(acting.account())
                                    || roles.contains(Role.OMBUDSPERSON)
                                    || readsComplaints(person.get()))) {
                        return new Outcome.OperatorOnly(email);
                    }
                    roles.stream()
                            .sorted()
                            .filter(it -> !person.get().rolesIn(organization).contains(it))
                            .forEach(
                                    it ->
                                            giveRole(
                                                    tx,
                                                    acting,
                                                    person.get().id(),
                                                    new Membership(organization, it)));
                    var stored = AccountTable.find(tx, person.get().id()).orElseThrow();
                    return new Outcome.Done(seenBy(acting, AccountTable.withRoles(tx, stored)));
                });
    }

    private void giveRole(Transaction tx, Acting acting, AccountId account, Membership membership) {
        AccountTable.addRole(tx, account, membership, clock.instant());
        var action = "account-role-add-" + membership.role().word();
        audit.record(tx, acting, action, account.value().toString());
    }

    private AccountTable.Stored insert(Transaction tx, Acting acting, String email, String hash) {
        var stored =
                new AccountTable.Stored(new AccountId(ids.get()), email, hash, clock.instant());
        AccountTable.add(tx, stored);
        audit.record(tx, acting, "account-add", stored.id().value().toString());
        return stored;
    }

    /// Takes roles from a person. Who has none left in the organisation is signed out there and
    /// their tokens end; who has none anywhere is forgotten, address and all. Repeating is safe.
    /// Whoever reads complaints loses roles to the operator only.
    public Outcome takeRoles(
            Acting acting, String email, OrganizationId organization, Set<Role> roles) {
        access.require(acting, organization, Right.MANAGE_ACCOUNTS);
        var address = Account.normal(email);
        var recorded = acting.isNode() ? Acting.node(organization) : acting;
        var outcome =
                database.write(
                        tx -> {
                            holders.ifPresent(it -> it.takeTurn(tx));
                            // Two who take each other's at once: one of them comes second.
                            HostedOrganizationTable.lock(tx, organization);
                            var person =
                                    AccountTable.findByEmail(tx, address)
                                            .map(it -> AccountTable.withRoles(tx, it))
                                            .filter(it -> !it.rolesIn(organization).isEmpty());
                            if (person.isEmpty()) {
                                return new Outcome.NotFound(email);
                            }
                            if (!acting.isNode() && readsComplaints(person.get())) {
                                return new Outcome.OperatorOnly(email);
                            }
                            var taken =
                                    person.get().rolesIn(organization).stream()
                                            .filter(roles::contains)
                                            .sorted()
                                            .toList();
                            if (taken.contains(Role.ADMINISTRATOR)
                                    && !haveOthers(
                                            tx, organization, person.get(), Role.ADMINISTRATOR)) {
                                return new Outcome.LastAdministrator(email);
                            }
                            if (leavesNoHolder(tx, person.get(), organization, taken)) {
                                return new Outcome.LastKeyHolder(email);
                            }
                            taken.forEach(
                                    it ->
                                            takeRole(
                                                    tx,
                                                    recorded,
                                                    person.get().id(),
                                                    organization,
                                                    it));
                            return new Outcome.Done(
                                    seenBy(
                                            acting,
                                            leave(tx, recorded, person.get(), organization)));
                        });
        if (outcome instanceof Outcome.Done) {
            holders.ifPresent(KeyHolders::changed);
        }
        return outcome;
    }

    private boolean leavesNoHolder(
            Transaction tx, Account person, OrganizationId organization, List<Role> taken) {
        if (holders.filter(it -> it.isLast(tx, person.id())).isEmpty()) {
            return false;
        }
        return AccountTable.memberships(tx, person.id()).stream()
                .filter(
                        it ->
                                !(it.organization().equals(organization)
                                        && taken.contains(it.role())))
                .noneMatch(it -> KeyHolders.holds(it.role()));
    }

    private static boolean readsComplaints(Transaction tx, AccountTable.Stored stored) {
        return readsComplaints(AccountTable.withRoles(tx, stored));
    }

    /// Anywhere: complaints are the whole node's.
    private static boolean readsComplaints(Account account) {
        return account.memberships().stream().anyMatch(it -> it.role() == Role.OMBUDSPERSON);
    }

    private static boolean haveOthers(
            Transaction tx, OrganizationId organization, Account person, Role role) {
        return AccountTable.list(tx).stream()
                .filter(it -> !it.id().equals(person.id()))
                .map(it -> AccountTable.withRoles(tx, it))
                .anyMatch(it -> it.rolesIn(organization).contains(role));
    }

    private void takeRole(
            Transaction tx,
            Acting acting,
            AccountId account,
            OrganizationId organization,
            Role role) {
        AccountTable.removeRole(tx, account, new Membership(organization, role));
        audit.record(tx, acting, "account-role-take-" + role.word(), account.value().toString());
    }

    private Account leave(
            Transaction tx, Acting acting, Account before, OrganizationId organization) {
        var left =
                new Account(
                        before.id(),
                        before.email(),
                        before.createdAt(),
                        AccountTable.memberships(tx, before.id()));
        if (left.rolesIn(organization).isEmpty()) {
            SessionTable.removeAll(tx, left.id(), organization);
            ApiTokenTable.removeAll(tx, left.id(), organization);
        }
        if (left.memberships().isEmpty()) {
            SessionTable.removeAll(tx, left.id());
            ApiTokenTable.removeAll(tx, left.id());
            AccountTable.remove(tx, left.id());
            audit.record(tx, acting, "account-remove", left.id().value().toString());
        }
        return left;
    }

    /// Gives a new password and ends every session and token: whoever knew the old one is out.
    /// Whoever reads complaints gets one from the operator only.
    public Outcome resetPassword(Acting acting, String email, String password) {
        if (!isAcceptable(password)) {
            return new Outcome.PasswordRefused(MIN_PASSWORD, MAX_PASSWORD);
        }
        if (!acting.isNode()
                && findWhole(acting, email).filter(Accounts::readsComplaints).isPresent()) {
            return new Outcome.OperatorOnly(email);
        }
        var hash = access.hashOf(password);
        var found = findWhole(acting, email);
        var file = Optional.<String>empty();
        if (found.isPresent()) {
            var account = found.get().id();
            requireOwn(acting, found.get());
            if (holders.filter(it -> !it.passwordGoes(account)).isPresent()) {
                return new Outcome.LastKeyHolder(email);
            }
            file = holders.flatMap(it -> it.passwordComes(account, password));
        }
        var outcome =
                change(
                        acting,
                        "account-reset-password",
                        email,
                        (tx, account) -> replacePassword(tx, account, hash));
        if (holders.isPresent() && outcome instanceof Outcome.Done(var account)) {
            holders.get().passwordStands(account.id(), file);
        }
        return outcome;
    }

    /// The keys open by this password of theirs from now on, if they may and can.
    private void wrapFor(Account account, String password) {
        holders.ifPresent(
                it -> it.passwordStands(account.id(), it.passwordComes(account.id(), password)));
    }

    /// Every session and token ends with the old one.
    static void replacePassword(Transaction tx, AccountId account, String hash) {
        AccountTable.replacePassword(tx, account, hash);
        SessionTable.removeAll(tx, account);
        ApiTokenTable.removeAll(tx, account);
    }

    /// Ends every session of a person, for a lost or stolen device.
    public Outcome revokeSessions(Acting acting, String email) {
        var outcome = change(acting, "account-revoke-sessions", email, SessionTable::removeAll);
        holders.ifPresent(KeyHolders::lookAgain);
        return outcome;
    }

    private interface Change {
        void apply(Transaction tx, AccountId account);
    }

    private Outcome change(Acting acting, String action, String email, Change change) {
        var found = findWhole(acting, email);
        if (found.isEmpty()) {
            return new Outcome.NotFound(email);
        }
        requireOwn(acting, found.get());
        var account = found.get().id();
        database.run(
                tx -> {
                    change.apply(tx, account);
                    audit.record(tx, acting, action, account.value().toString());
                });
        return new Outcome.Done(found.get());
    }

    /// Else one organisation's administrator could take over a person of another.
    private static void requireOwn(Acting acting, Account account) {
        if (!acting.isNode() && !account.organizations().equals(List.of(acting.organization()))) {
            throw new Access.Denied(Right.MANAGE_ACCOUNTS);
        }
    }

    private Optional<Account> findWhole(Acting acting, String email) {
        var address = Account.normal(email);
        return whole(acting).stream().filter(it -> it.email().equals(address)).findFirst();
    }

    /// The person with this address, if they work for the organisation acted for; the node sees
    /// all.
    public Optional<Account> find(Acting acting, String email) {
        var address = Account.normal(email);
        return list(acting).stream().filter(one -> one.email().equals(address)).findFirst();
    }

    /// The addresses of those who work for the organisation acted for, so that colleagues know who
    /// changed a listing.
    public Map<AccountId, String> colleagues(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> AccountTable.emailsIn(tx, acting.organization()));
    }

    /// The people of the organisation acted for, with their roles in it; the node sees all.
    public List<Account> list(Acting acting) {
        return whole(acting).stream().map(it -> seenBy(acting, it)).toList();
    }

    /// Where else somebody works is no business of this organisation.
    private static Account seenBy(Acting acting, Account account) {
        if (acting.isNode()) {
            return account;
        }
        return new Account(
                account.id(),
                account.email(),
                account.createdAt(),
                account.memberships().stream()
                        .filter(it -> it.organization().equals(acting.organization()))
                        .toList());
    }

    private List<Account> whole(Acting acting) {
        access.require(acting, Right.MANAGE_ACCOUNTS);
        return everybody().stream()
                .filter(one -> acting.isNode() || !one.rolesIn(acting.organization()).isEmpty())
                .toList();
    }

    private List<Account> everybody() {
        Function<Transaction, List<Account>> all =
                tx ->
                        AccountTable.list(tx).stream()
                                .map(stored -> AccountTable.withRoles(tx, stored))
                                .toList();
        return database.read(all);
    }

    /// When somebody of an organisation last signed in, or got their account; for the node itself.
    public Optional<Instant> lastSeen(Acting acting, OrganizationId organization) {
        access.requireNode(acting);
        // A clock that ran ahead must not make a node look well kept.
        var now = clock.instant();
        var signedIn = database.read(tx -> SessionTable.lastSignIn(tx, organization, now));
        return Stream.concat(
                        signedIn.stream(),
                        everybody().stream()
                                .filter(it -> !it.rolesIn(organization).isEmpty())
                                .map(Account::createdAt)
                                .filter(it -> !it.isAfter(now)))
                .max(Comparator.naturalOrder());
    }

    static boolean isAcceptable(String password) {
        var length = password.codePointCount(0, password.length());
        return length >= MIN_PASSWORD && length <= MAX_PASSWORD;
    }
}
