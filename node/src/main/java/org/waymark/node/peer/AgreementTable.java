// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.Agreement.Pinned;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `agreement`.
final class AgreementTable {

    private static final String COLUMNS =
            "id, organization, partner, peer_id, partner_name, their_follow, our_follow, copies,"
                    + " state, document, offer, our_document, their_document, signed_by,"
                    + " in_force_since, ends_on, pinned_signer, pinned_key, changed_key,"
                    + " changed_at";

    private AgreementTable() {}

    static void add(Transaction tx, Agreement it) {
        tx.update(
                "INSERT INTO agreement ("
                        + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                it.id().value(),
                it.organization().value(),
                it.partner(),
                it.peer().value(),
                it.partnerName(),
                it.theirFollow(),
                it.ourFollow(),
                it.copies(),
                it.state(),
                it.document(),
                it.offer(),
                it.ours().map(AgreementTable::text),
                it.theirs().map(AgreementTable::text),
                it.signedBy().map(AccountId::value),
                it.inForceSince(),
                it.endsOn(),
                it.pinned().map(pinned -> pinned.signer().multibase()),
                it.pinned().map(pinned -> pinned.key().multibase()),
                it.changedKey().map(Multikey::multibase),
                it.changedAt());
    }

    static void replace(Transaction tx, Agreement it) {
        tx.update("DELETE FROM agreement WHERE id = ?", it.id().value());
        add(tx, it);
    }

    /// The same, unless somebody changed it since the caller read it; for those who cannot begin at
    /// the peer.
    ///
    /// @return what stands there now
    static Agreement replace(Transaction tx, Agreement read, Agreement it) {
        var isAsRead =
                tx.update(
                                "DELETE FROM agreement WHERE id = ? AND state = ? AND changed_at = ?",
                                read.id().value(),
                                read.state(),
                                read.changedAt())
                        == 1;
        if (isAsRead) {
            add(tx, it);
            return it;
        }
        return find(tx, read.id()).orElse(read);
    }

    static Optional<Agreement> find(Transaction tx, AgreementId id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM agreement WHERE id = ?",
                AgreementTable::agreement,
                id.value());
    }

    static Optional<Agreement> find(Transaction tx, OrganizationId organization, URI partner) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM agreement WHERE organization = ? AND partner = ?",
                AgreementTable::agreement,
                organization.value(),
                partner);
    }

    static List<Agreement> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM agreement WHERE organization = ? ORDER BY partner_name, partner",
                AgreementTable::agreement,
                organization.value());
    }

    /// Those with partners whose ids lie below the base URL of a server.
    static List<Agreement> listBelow(Transaction tx, OrganizationId organization, URI baseUrl) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM agreement WHERE organization = ? AND partner > ? AND partner < ?"
                        + " ORDER BY partner",
                AgreementTable::agreement,
                organization.value(),
                baseUrl + "/",
                // The character that comes next after the slash, in the order of code points.
                baseUrl + "0");
    }

    static List<Agreement> listOf(Transaction tx, PeerId peer) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM agreement WHERE peer_id = ? ORDER BY partner",
                AgreementTable::agreement,
                peer.value());
    }

    static List<Agreement> listWith(Transaction tx, URI partner) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM agreement WHERE partner = ? ORDER BY organization",
                AgreementTable::agreement,
                partner);
    }

    static List<Agreement> listSigned(Transaction tx) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM agreement WHERE state = ? ORDER BY organization, partner",
                AgreementTable::agreement,
                AgreementState.IN_FORCE);
    }

    /// The partners whose listings come to anyone here.
    static List<URI> listCopied(Transaction tx) {
        return tx.list(
                "SELECT DISTINCT partner FROM agreement WHERE copies = ? ORDER BY partner",
                row -> row.uri("partner"),
                Copies.ON);
    }

    static boolean isCopied(Transaction tx, URI partner) {
        return !tx.list(
                        "SELECT id FROM agreement WHERE partner = ? AND copies = ?",
                        row -> row.uuid("id"),
                        partner,
                        Copies.ON)
                .isEmpty();
    }

    private static String text(AgreementDocument document) {
        return new String(StrictJson.write(document.json()), StandardCharsets.UTF_8);
    }

    private static AgreementDocument document(String text) {
        ObjectNode json = StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        return new AgreementDocument(json);
    }

    private static Multikey key(String multibase) {
        return Multikey.read(multibase).orElseThrow();
    }

    private static Agreement agreement(Row row) {
        return new Agreement(
                new AgreementId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                row.uri("partner"),
                new PeerId(row.uuid("peer_id")),
                row.text("partner_name"),
                row.optionalUri("their_follow"),
                row.optionalUri("our_follow"),
                row.enumOf("copies", Copies.class),
                row.enumOf("state", AgreementState.class),
                row.optionalUri("document"),
                row.optionalUri("offer"),
                row.optionalText("our_document").map(AgreementTable::document),
                row.optionalText("their_document").map(AgreementTable::document),
                row.optionalUuid("signed_by").map(AccountId::new),
                row.optionalInstant("in_force_since"),
                row.optionalDate("ends_on"),
                row.optionalText("pinned_signer")
                        .map(signer -> new Pinned(key(signer), key(row.text("pinned_key")))),
                row.optionalText("changed_key").map(AgreementTable::key),
                row.instant("changed_at"));
    }
}
