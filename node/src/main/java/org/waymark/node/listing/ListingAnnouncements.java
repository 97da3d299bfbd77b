// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import org.waymark.federation.inbox.ProofGate;
import org.waymark.federation.inbox.ProofGate.Proven;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Note;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.Trust;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;

/// `Announce` by a partner of a listing of another one, with the listing in it as its owner proved
/// it (FEP-8b32). It is worth what the owner's own word is worth, no more: only a public listing of
/// an owner whose listings we keep, and only a newer version of what we show. Who announced it
/// leaves no trace. One that is only named is not fetched.
public final class ListingAnnouncements {

    private final ListingActivities listings;
    private final Agreements agreements;
    private final ProofGate proofs;
    private final Trust trust;

    public ListingAnnouncements(
            ListingActivities listings, Agreements agreements, ProofGate proofs, Trust trust) {
        this.listings = listings;
        this.agreements = agreements;
        this.proofs = proofs;
        this.trust = trust;
    }

    public Result announced(ReceivedActivity received) {
        if (received.activity().objects().size() != 1
                || !(received.activity().object().orElseThrow()
                        instanceof Reference.Embedded embedded)
                || !(embedded.read().found().orElse(null) instanceof Note note)) {
            return new Result.Refused("object-not-embedded");
        }
        // Before any key is asked for.
        if (note.attributedTo().size() != 1
                || !agreements.copiesFrom(Acting.node(), note.attributedTo().getFirst())) {
            return new Result.Refused("copies-not-wanted");
        }
        if (!isPublic(note)) {
            return new Result.Refused("not-for-everyone");
        }
        return switch (proofs.check(embedded.json())) {
            case Proven.By(var author, _) ->
                    // After the proof, which may have shown that the owner's keys changed.
                    note.attributedTo().equals(List.of(author.id())) && trust.isPartner(author.id())
                            ? listings.proven(author.id(), note)
                            : new Result.Refused("not-the-owner");
            case Proven.Unsigned _ -> new Result.Refused("proof-missing");
            case Proven.Refused(var code) -> new Result.Refused(code);
            case Proven.Unavailable(var code) -> new Result.NotYet(code);
        };
    }

    private static boolean isPublic(Note note) {
        return note.to().contains(Contexts.PUBLIC) || note.cc().contains(Contexts.PUBLIC);
    }
}
