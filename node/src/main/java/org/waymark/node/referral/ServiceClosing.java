// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ClosingDuties;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.Step;

/// The referrals to a service that closes: each is declined with that reason, or ended as agreed.
public final class ServiceClosing implements ClosingDuties {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Referrals referrals;
    private final ReferralTable table = new ReferralTable();

    public ServiceClosing(Database database, Access access, Audit audit, Referrals referrals) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.referrals = referrals;
    }

    @Override
    public int count(Acting acting, ListingId listing) {
        access.require(acting, acting.organization(), Right.SEE_LISTINGS);
        return find(acting, listing).size();
    }

    @Override
    public boolean mayDecide(Acting acting) {
        return access.may(acting, Right.WORK_ON_REFERRALS);
    }

    @Override
    public List<Duty> list(Acting acting, ListingId listing) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return find(acting, listing).stream().map(ServiceClosing::duty).toList();
    }

    private List<Referral> find(Acting acting, ListingId listing) {
        return database.read(
                tx -> table.listOpenOf(tx, acting.organization(), listing, Side.RECEIVER));
    }

    @Override
    public Set<UUID> open(Acting acting, Transaction tx, ListingId listing) {
        return table.listOpenOf(tx, acting.organization(), listing, Side.RECEIVER).stream()
                .map(it -> it.id().value())
                .collect(toUnmodifiableSet());
    }

    private static Duty duty(Referral referral) {
        var choices = EnumSet.noneOf(Decision.class);
        if (canDecline(referral)) {
            choices.add(Decision.DECLINE);
        }
        if (!referral.state().isUnanswered()) {
            choices.add(Decision.FINISH);
        }
        return new Duty(
                referral.id().value(),
                referral.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "/admin/referrals/" + referral.id(),
                choices);
    }

    private static boolean canDecline(Referral referral) {
        return LifeCycle.step(referral.state(), Move.DECLINE, Party.RECEIVER) instanceof Step.To;
    }

    @Override
    public boolean decide(Acting acting, UUID duty, Decision decision) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return switch (decision) {
            case FINISH -> {
                // Nothing else tells later who promised it.
                database.run(
                        tx -> audit.record(tx, acting, "referral-finish-agreed", duty.toString()));
                yield true;
            }
            case DECLINE ->
                    switch (referrals.decline(
                            acting,
                            new ReferralId(duty),
                            new Travelling.Refusal(
                                    Travelling.Reason.SERVICE_CLOSED, "", List.of()))) {
                        case MoveOutcome.Moved _, MoveOutcome.AlreadyThere _ -> true;
                        case MoveOutcome.NotFound _,
                                MoveOutcome.NotAllowed _,
                                MoveOutcome.Refused _ ->
                                false;
                    };
        };
    }
}
