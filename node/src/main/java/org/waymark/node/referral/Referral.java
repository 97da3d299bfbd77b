// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.State;

/// One organisation asking another to help a person, as one side keeps it. Nothing here is about
/// the person; that lies under the keys of the case, see [OpenedReferral].
///
/// @param uri `/r/{uuid}` at the sender
/// @param organization the side that keeps this row
/// @param partner the other side's actor
/// @param listing what was asked for, as this node keeps it
/// @param state what both sides' own messages made of it
/// @param told what the receiver said by phone and has not confirmed yet
/// @param offer the activity that sent it
/// @param caseUri `/c/{uuid}` at the receiver, from the yes on
/// @param ownVersion version of what this side publishes about it: the referral, or the case
/// @param seenVersion newest version seen from the other side
/// @param contactSentAt when step 2 went, or came
public record Referral(
        ReferralId id,
        URI uri,
        Side side,
        OrganizationId organization,
        URI partner,
        String partnerName,
        CaseId caseId,
        Optional<ListingId> listing,
        State state,
        Optional<State> told,
        Urgency urgency,
        Optional<Instant> respondBy,
        Optional<URI> offer,
        Optional<URI> caseUri,
        long ownVersion,
        long seenVersion,
        Instant createdAt,
        Optional<Instant> sentAt,
        Instant changedAt,
        Optional<Instant> contactSentAt) {

    /// What counts now: what was told by phone, until the receiver's own answer replaces it.
    public State effectiveState() {
        return told.orElse(state);
    }

    /// What screens say.
    public LifeCycle.Word word() {
        return effectiveState().word();
    }

    /// Since when an answer is overdue. A flag for people; nothing happens by itself.
    public Optional<Instant> noAnswerSince(Instant now) {
        var awaited = effectiveState() == State.SENT || effectiveState() == State.RECEIVED;
        return respondBy.filter(limit -> awaited && now.isAfter(limit));
    }

    /// Whether the yes is there and step 2 has not gone yet.
    public boolean contactWaits() {
        return contactSentAt.isEmpty() && state.isTaken();
    }

    /// What staff of this side can do now, for buttons.
    public Set<Move> moves() {
        return LifeCycle.movesFrom(state, side.party());
    }

    /// By a message of either side, which also settles what was told by phone.
    Referral moved(State to, Instant now) {
        return with(
                edit -> {
                    edit.state = to;
                    edit.told = LifeCycle.toldAfter(to, told);
                    edit.changedAt = now;
                });
    }

    /// The other side said where we are already.
    Referral settled() {
        return with(edit -> edit.told = LifeCycle.toldAfter(state, told));
    }

    /// By what the receiver said on the phone.
    Referral told(State to, Instant now) {
        return with(
                edit -> {
                    edit.told = Optional.of(to);
                    edit.changedAt = now;
                });
    }

    Referral withCase(Optional<URI> newCaseUri) {
        return with(edit -> edit.caseUri = newCaseUri);
    }

    Referral nextVersion(Instant now) {
        // Grows even when the clock stands still or goes back (architecture, 8).
        return with(edit -> edit.ownVersion = Math.max(ownVersion + 1, now.toEpochMilli()));
    }

    Referral withOwnVersion(long version) {
        return with(edit -> edit.ownVersion = version);
    }

    /// What the other side lost of it, we have to do again.
    ///
    /// @param theirVersion the newest that they know to have said
    /// @param theirCase the case they know of
    Referral forgottenThere(
            long theirVersion, Optional<URI> theirCase, boolean contactIsForgotten) {
        return with(
                edit -> {
                    edit.seenVersion = theirVersion;
                    edit.caseUri = side == Side.SENDER ? theirCase : caseUri;
                    edit.contactSentAt = contactIsForgotten ? Optional.empty() : contactSentAt;
                });
    }

    Referral seen(long version) {
        return with(edit -> edit.seenVersion = version);
    }

    Referral sent(URI offerActivity, Instant answerBy, Instant now) {
        return with(
                edit -> {
                    edit.offer = Optional.of(offerActivity);
                    edit.respondBy = Optional.of(answerBy);
                    edit.sentAt = Optional.of(now);
                });
    }

    Referral contactWent(Instant now) {
        return with(
                edit -> {
                    edit.contactSentAt = Optional.of(now);
                    edit.changedAt = now;
                });
    }

    private Referral with(Consumer<Edit> change) {
        var edit = new Edit(this);
        change.accept(edit);
        return new Referral(
                id,
                uri,
                side,
                organization,
                partner,
                partnerName,
                caseId,
                listing,
                edit.state,
                edit.told,
                urgency,
                edit.respondBy,
                edit.offer,
                edit.caseUri,
                edit.ownVersion,
                edit.seenVersion,
                createdAt,
                edit.sentAt,
                edit.changedAt,
                edit.contactSentAt);
    }

    /// What changes in a referral's life; everything else stays as it was written first.
    private static final class Edit {
        private State state;
        private Optional<State> told;
        private Optional<Instant> respondBy;
        private Optional<URI> offer;
        private Optional<URI> caseUri;
        private long ownVersion;
        private long seenVersion;
        private Optional<Instant> sentAt;
        private Instant changedAt;
        private Optional<Instant> contactSentAt;

        Edit(Referral from) {
            state = from.state;
            told = from.told;
            respondBy = from.respondBy;
            offer = from.offer;
            caseUri = from.caseUri;
            ownVersion = from.ownVersion;
            seenVersion = from.seenVersion;
            sentAt = from.sentAt;
            changedAt = from.changedAt;
            contactSentAt = from.contactSentAt;
        }
    }
}
