// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// What one of our organisations and one partner organisation agreed. There is at most one for each
/// pair.
///
/// @param peer where the partner lives; [PeerId#HERE] when on this node
/// @param theirFollow their `Follow` of our listings, once accepted
/// @param ourFollow our `Follow` of theirs
/// @param copies whether their listings come to us
/// @param document the address of what was or is to be signed, minted by whoever offered it
/// @param ours what we signed
/// @param theirs what they signed
/// @param pinned the keys our people rely on, from the moment both had signed
/// @param changedKey a new sealing key that nobody vouched for; nothing is sent until a person
///   compared it by phone
public record Agreement(
        AgreementId id,
        OrganizationId organization,
        URI partner,
        PeerId peer,
        String partnerName,
        Optional<URI> theirFollow,
        Optional<URI> ourFollow,
        Copies copies,
        AgreementState state,
        Optional<URI> document,
        Optional<URI> offer,
        Optional<AgreementDocument> ours,
        Optional<AgreementDocument> theirs,
        Optional<AccountId> signedBy,
        Optional<Instant> inForceSince,
        Optional<LocalDate> endsOn,
        Optional<Pinned> pinned,
        Optional<Multikey> changedKey,
        Instant changedAt) {

    /// Whether copies of the partner's listings come to us.
    public enum Copies {
        OFF,
        ASKED,
        ON
    }

    /// @param signer their Ed25519 key, which announces new sealing keys
    /// @param key their X25519 key, to which referrals are sealed
    public record Pinned(Multikey signer, Multikey key) {}

    /// An agreement about listings only, before any copy was asked for.
    static Agreement about(
            AgreementId id, OrganizationId organization, PeerOrganization partner, Instant now) {
        return new Agreement(
                id,
                organization,
                partner.actor(),
                partner.peer(),
                partner.name(),
                Optional.empty(),
                Optional.empty(),
                Copies.OFF,
                AgreementState.LISTINGS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    /// Whether referrals may travel on that day.
    public boolean inForce(LocalDate today) {
        return state == AgreementState.IN_FORCE
                && endsOn.filter(it -> !today.isAfter(it)).isPresent();
    }

    /// Whether the partner receives our listings as they change.
    public boolean sharesListings() {
        return state != AgreementState.ENDED && theirFollow.isPresent();
    }

    /// The terms on the table or in force.
    public Optional<AgreementTerms> terms() {
        return (state == AgreementState.OFFERED ? ours : theirs).map(AgreementDocument::terms);
    }

    /// Whether the partner signs with a new key that nobody vouched for: nothing it says is taken
    /// until a person compared it by phone.
    public boolean hasNewSigner() {
        return changedKey.filter(it -> it.kind() == Multikey.Kind.ED25519).isPresent();
    }

    AgreementChange change(Instant now) {
        return new AgreementChange(this, now);
    }
}
