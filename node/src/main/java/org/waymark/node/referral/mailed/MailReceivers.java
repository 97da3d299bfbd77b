// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// The organisations without a node that ours may ask, as staff enter them. One is asked only while
/// an agreement on paper is in force and somebody has phoned within six months to make sure that
/// the mailbox is theirs (safety.md 16).
public final class MailReceivers {

    private static final String PATH = "/mailed/";

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public MailReceivers(
            Database database,
            Access access,
            Audit audit,
            BaseUrl baseUrl,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.ids = ids;
    }

    public List<MailReceiver> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> MailReceiverTable.list(tx, acting.organization()));
    }

    public Optional<MailReceiver> find(Acting acting, UUID id) {
        access.require(acting, Right.SEE_PARTNERS);
        return own(acting, id);
    }

    /// Enters who runs a listing of ours, or changes it. A new mailbox has to be confirmed anew.
    ///
    /// @return empty when we run it ourselves, or it is not ours
    public Optional<MailReceiver> put(
            Acting acting, Listing listing, MailAddress mailbox, String phone, String language) {
        access.require(acting, Right.SIGN_AGREEMENTS);
        var provider = listing.provider();
        if (provider.id().equals(acting.organization().value())) {
            return Optional.empty();
        }
        return database.write(
                tx -> {
                    var before =
                            MailReceiverTable.findByProvider(
                                    tx, acting.organization(), provider.id());
                    var same = before.filter(it -> it.mailbox().equals(mailbox));
                    var receiver =
                            new MailReceiver(
                                    before.map(MailReceiver::id).orElseGet(ids),
                                    acting.organization(),
                                    provider.id(),
                                    provider.name(),
                                    mailbox,
                                    phone,
                                    language,
                                    before.flatMap(MailReceiver::agreedUntil),
                                    same.flatMap(MailReceiver::confirmedAt),
                                    same.map(MailReceiver::confirmedWith).orElse(""));
                    MailReceiverTable.put(tx, receiver);
                    audit.record(tx, acting, "mail-receiver-put", receiver.id().toString());
                    return Optional.of(receiver);
                });
    }

    /// Somebody phoned them, and the mailbox is theirs.
    ///
    /// @param asked the mailbox that they were asked about
    /// @param with whom they spoke to, as a role, never a name
    /// @return false when another mailbox was entered meanwhile
    public boolean confirm(Acting acting, UUID id, MailAddress asked, String with) {
        return change(
                acting,
                id,
                "mail-receiver-confirm",
                it -> it.mailbox().equals(asked),
                it ->
                        new MailReceiver(
                                it.id(),
                                it.organization(),
                                it.provider(),
                                it.name(),
                                it.mailbox(),
                                it.phone(),
                                it.language(),
                                it.agreedUntil(),
                                Optional.of(clock.instant()),
                                with));
    }

    /// The agreement on paper is signed by both, until a day; empty: it is over.
    public void agree(Acting acting, UUID id, Optional<LocalDate> until) {
        change(
                acting,
                id,
                "mail-receiver-agree",
                _ -> true,
                it ->
                        new MailReceiver(
                                it.id(),
                                it.organization(),
                                it.provider(),
                                it.name(),
                                it.mailbox(),
                                it.phone(),
                                it.language(),
                                until,
                                it.confirmedAt(),
                                it.confirmedWith()));
    }

    private boolean change(
            Acting acting,
            UUID id,
            String action,
            Predicate<MailReceiver> condition,
            UnaryOperator<MailReceiver> change) {
        access.require(acting, Right.SIGN_AGREEMENTS);
        return database.write(
                tx -> {
                    var found =
                            MailReceiverTable.find(tx, id)
                                    .filter(it -> it.organization().equals(acting.organization()))
                                    .filter(condition);
                    found.ifPresent(
                            it -> {
                                MailReceiverTable.put(tx, change.apply(it));
                                audit.record(tx, acting, action, id.toString());
                            });
                    return found.isPresent();
                });
    }

    private Optional<MailReceiver> own(Acting acting, UUID id) {
        return database.read(tx -> MailReceiverTable.find(tx, id))
                .filter(it -> it.organization().equals(acting.organization()));
    }

    /// By the address that referrals know it by.
    Optional<MailReceiver> find(OrganizationId ours, URI partner) {
        return idOf(partner)
                .flatMap(id -> database.read(tx -> MailReceiverTable.find(tx, id)))
                .filter(it -> it.organization().equals(ours));
    }

    /// Whoever runs the listing, if it may be asked at all.
    Optional<MailReceiver> findByProvider(OrganizationId ours, UUID provider) {
        return database.read(tx -> MailReceiverTable.findByProvider(tx, ours, provider));
    }

    boolean holds(URI partner) {
        return idOf(partner).isPresent();
    }

    /// It is no page: a name only.
    URI address(MailReceiver receiver) {
        return baseUrl.resolve(PATH + receiver.id());
    }

    private Optional<UUID> idOf(URI partner) {
        var prefix = baseUrl.resolve(PATH).toString();
        try {
            return Optional.of(partner.toString())
                    .filter(text -> text.startsWith(prefix))
                    .map(text -> UUID.fromString(text.substring(prefix.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
