// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
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
        return contactSentAt.isEmpty()
                && (state == State.ACCEPTED
                        || state == State.IN_PROGRESS
                        || state == State.ON_HOLD);
    }

    /// What staff of this side can do now, for buttons.
    public java.util.Set<Move> moves() {
        return LifeCycle.movesFrom(state, side.party());
    }
}
