// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;

/// What one side tells the other, whichever way it goes: sealed between nodes, directly within one.
///
/// @param from the actor that says it; known to be true
/// @param version of the referral (from the sender) or the case (from the receiver); grows with
///   each message
/// @param offer the activity that sent the referral; an update does not name it
/// @param caseUri the receiver's case, from the yes on
/// @param activity the activity that carries it; empty within one node
/// @param follows what it builds on
record Message(
        URI referral,
        Kind kind,
        Travelling content,
        URI from,
        Address to,
        long version,
        Optional<URI> offer,
        Optional<URI> caseUri,
        Optional<URI> activity,
        Follows follows) {

    Message(
            URI referral,
            Kind kind,
            Travelling content,
            URI from,
            Address to,
            long version,
            Optional<URI> offer,
            Optional<URI> caseUri,
            Optional<URI> activity) {
        this(
                referral,
                kind,
                content,
                from,
                to,
                version,
                offer,
                caseUri,
                activity,
                Follows.nothing());
    }

    /// Versions that tell crossing messages from answers.
    ///
    /// @param heard the newest of the other side's that was known when it was said
    /// @param after one of our own that must be heard first
    record Follows(Optional<Long> heard, Optional<Long> after) {

        static Follows nothing() {
            return new Follows(Optional.empty(), Optional.empty());
        }

        /// Whether it was said without knowing of something of this version.
        boolean missed(long version) {
            return heard.filter(newest -> newest < version).isPresent();
        }
    }

    /// Who hears it.
    sealed interface Address {
        /// An organisation of this node.
        ///
        /// @param back the other side, for what must be answered at once
        record Here(OrganizationId organization, Optional<Partner> back) implements Address {}

        record There(URI actor, byte[] sealKey) implements Address {}

        /// An organisation without a node, behind a link: nothing travels.
        record Behind() implements Address {}
    }

    /// Which side hears messages of this kind; a cancellation may go both ways.
    boolean mayReach(Side side) {
        return kind.mayReach(side);
    }
}
