// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.Agreement.Pinned;
import org.waymark.node.privacy.AccountId;

/// An agreement about to become another one: what is not set stays.
final class AgreementChange {

    private final Agreement before;
    private final Instant now;
    private Optional<URI> theirFollow;
    private Optional<URI> ourFollow;
    private Copies copies;
    private AgreementState state;
    private Optional<URI> document;
    private Optional<URI> offer;
    private Optional<AgreementDocument> ours;
    private Optional<AgreementDocument> theirs;
    private Optional<AccountId> signedBy;
    private Optional<Instant> inForceSince;
    private Optional<LocalDate> endsOn;
    private Optional<Pinned> pinned;
    private Optional<Multikey> changedKey;

    AgreementChange(Agreement before, Instant now) {
        this.before = before;
        this.now = now;
        this.theirFollow = before.theirFollow();
        this.ourFollow = before.ourFollow();
        this.copies = before.copies();
        this.state = before.state();
        this.document = before.document();
        this.offer = before.offer();
        this.ours = before.ours();
        this.theirs = before.theirs();
        this.signedBy = before.signedBy();
        this.inForceSince = before.inForceSince();
        this.endsOn = before.endsOn();
        this.pinned = before.pinned();
        this.changedKey = before.changedKey();
    }

    AgreementChange theirFollow(Optional<URI> follow) {
        theirFollow = follow;
        return this;
    }

    AgreementChange copies(Copies wanted, Optional<URI> follow) {
        copies = wanted;
        ourFollow = follow;
        return this;
    }

    /// Back to listings only; what was signed goes.
    AgreementChange listingsOnly() {
        state = AgreementState.LISTINGS;
        document = Optional.empty();
        offer = Optional.empty();
        ours = Optional.empty();
        theirs = Optional.empty();
        signedBy = Optional.empty();
        return this;
    }

    AgreementChange offered(AgreementDocument signed, URI activity, AccountId account) {
        listingsOnly();
        state = AgreementState.OFFERED;
        document = Optional.of(signed.id());
        offer = Optional.of(activity);
        ours = Optional.of(signed);
        signedBy = Optional.of(account);
        return this;
    }

    AgreementChange received(AgreementDocument signed, URI activity) {
        listingsOnly();
        state = AgreementState.RECEIVED;
        document = Optional.of(signed.id());
        offer = Optional.of(activity);
        theirs = Optional.of(signed);
        return this;
    }

    AgreementChange signed(AgreementDocument signed, AccountId account) {
        ours = Optional.of(signed);
        signedBy = Optional.of(account);
        return this;
    }

    AgreementChange countersigned(AgreementDocument signed) {
        theirs = Optional.of(signed);
        return this;
    }

    /// From now on in force: their keys are pinned as they stand in what they signed.
    AgreementChange inForce(Multikey signer) {
        inForceHere();
        pinned = theirs.map(signed -> new Pinned(signer, signed.sealKey()));
        return this;
    }

    /// The same between two organisations of this node, which need no keys of each other.
    AgreementChange inForceHere() {
        state = AgreementState.IN_FORCE;
        inForceSince = Optional.of(now);
        endsOn = theirs.map(signed -> signed.terms().endsOn());
        pinned = Optional.empty();
        changedKey = Optional.empty();
        return this;
    }

    AgreementChange keyChanged(Multikey key) {
        changedKey = Optional.of(key);
        return this;
    }

    AgreementChange keyConfirmed() {
        pinned = changedKey.flatMap(key -> pinned.map(it -> with(it, key)));
        changedKey = Optional.empty();
        return this;
    }

    private static Pinned with(Pinned before, Multikey key) {
        return key.kind() == Multikey.Kind.ED25519
                ? new Pinned(key, before.key())
                : new Pinned(before.signer(), key);
    }

    AgreementChange keyUnchanged() {
        changedKey = Optional.empty();
        return this;
    }

    AgreementChange ended() {
        state = AgreementState.ENDED;
        copies = Copies.OFF;
        ourFollow = Optional.empty();
        theirFollow = Optional.empty();
        // Who begins anew relies on whatever keys the partner has then.
        pinned = Optional.empty();
        changedKey = Optional.empty();
        return this;
    }

    AgreementChange reopened() {
        return listingsOnly();
    }

    Agreement made() {
        return new Agreement(
                before.id(),
                before.organization(),
                before.partner(),
                before.peer(),
                before.partnerName(),
                theirFollow,
                ourFollow,
                copies,
                state,
                document,
                offer,
                ours,
                theirs,
                signedBy,
                inForceSince,
                endsOn,
                pinned,
                changedKey,
                now);
    }
}
