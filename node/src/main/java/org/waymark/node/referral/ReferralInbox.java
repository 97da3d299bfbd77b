// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.ActivityHandler;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.SealedBodies;
import org.waymark.node.listing.Listings;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Sealing;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.Partners.Partner;

/// Takes in what other nodes say about referrals. Their bodies lie under a case's key from the
/// first write; a packet is opened once, its content kept under the case's key, and the packet
/// dropped with the body.
public final class ReferralInbox implements ActivityHandler, SealedBodies {

    /// What routes to it: these activities about a referral, and `Update` of a case.
    public static final List<String> TYPES =
            List.of(
                    "Offer",
                    "Read",
                    "TentativeReject",
                    "TentativeAccept",
                    "Accept",
                    "Reject",
                    "Update",
                    "Undo",
                    "Delete");

    public static final String REFERRAL = ReferralActivities.REFERRAL;
    public static final String CASE = ReferralActivities.CASE;

    private final Database database;
    private final Partners partners;
    private final LocalActors actors;
    private final Sealing sealing;
    private final CaseKeys keys;
    private final Listings listings;
    private final Arrivals arrivals;
    private final Erasures erasures;
    private final ReferralTable table = new ReferralTable();

    ReferralInbox(
            Database database,
            Partners partners,
            LocalActors actors,
            Sealing sealing,
            CaseKeys keys,
            Listings listings,
            Arrivals arrivals,
            Erasures erasures) {
        this.database = database;
        this.partners = partners;
        this.actors = actors;
        this.sealing = sealing;
        this.keys = keys;
        this.listings = listings;
        this.arrivals = arrivals;
        this.erasures = erasures;
    }

    @Override
    public Fate fateOf(Activity activity, OrganizationId receiver) {
        return ReferralActivities.referralOf(activity)
                .map(referral -> fateOf(activity, referral, receiver))
                .orElseGet(Fate.Refused::new);
    }

    private Fate fateOf(Activity activity, URI referral, OrganizationId receiver) {
        var known =
                database.read(tx -> table.list(tx, referral)).stream()
                        .filter(it -> it.organization().equals(receiver))
                        .filter(it -> it.partner().equals(activity.actor()))
                        .findFirst();
        if (known.isPresent()) {
            return fateOf(activity, known.get());
        }
        var fresh = Arrivals.caseOf(referral, receiver);
        if (activity instanceof Activity.Offer) {
            if (partners.inForce(receiver, activity.actor()).isEmpty()) {
                return new Fate.Refused();
            }
            return keys.ensure(fresh) ? new Fate.StoredUnder(fresh) : new Fate.Dropped();
        }
        // Its Offer may wait to be processed; then only the keys are there.
        return keys.holds(fresh, CaseKeys.Part.CASE)
                ? new Fate.StoredUnder(fresh)
                : new Fate.Refused();
    }

    private Fate fateOf(Activity activity, Referral ours) {
        if (keys.holds(ours.caseId(), CaseKeys.Part.CASE)) {
            return new Fate.StoredUnder(ours.caseId());
        }
        // Erased and open at once: the rows are an older copy of themselves. That it is over must
        // reach them, and says nothing about the person.
        return ours.state().isOpen() && takesBack(activity)
                ? new Fate.StoredUnder(erasures.noticeKey())
                : new Fate.Dropped();
    }

    private static boolean takesBack(Activity activity) {
        return activity instanceof Activity.Undo || activity instanceof Activity.Delete;
    }

    @Override
    public Result handle(ReceivedActivity received) {
        if (received.receiver().isEmpty()) {
            return new Result.Refused("referral-in-shared-inbox");
        }
        var receiver = received.receiver().get();
        var activity = received.activity();
        var back =
                partners.find(receiver, activity.actor()) instanceof Found.Ready(var partner)
                        ? Optional.of(partner)
                        : Optional.<Partner>empty();
        var reading =
                ReferralActivities.read(
                        activity, receiver, actors.of(receiver).id(), back, sealing);
        return switch (reading) {
            case ReferralActivities.Reading.Refused(var code) -> new Result.Refused(code);
            // Their copy may be older than our caution. Nothing of it is kept: a form would have
            // collected what nobody may write down (safety.md 9).
            case ReferralActivities.Reading.Understood(var message)
                    when isForPhoneOnly(message, receiver) ->
                    new Result.Refused("protection-by-phone");
            case ReferralActivities.Reading.Understood(var message) ->
                    switch (database.write(tx -> arrivals.take(tx, message, receiver, back))) {
                        case APPLIED, WITHOUT_EFFECT -> new Result.Done();
                        case TOO_EARLY -> new Result.NotYet("referral-not-there-yet");
                        case NOT_THEIRS -> new Result.Refused("referral-not-theirs");
                    };
        };
    }

    private boolean isForPhoneOnly(Message message, OrganizationId receiver) {
        return message.content() instanceof Travelling.FirstStep step
                && listings.find(Acting.node(receiver), step.need().service())
                        .filter(PhoneOnly::covers)
                        .isPresent();
    }
}
