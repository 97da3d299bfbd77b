// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Optional;
import org.waymark.node.account.Right;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingPurge;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.ClosingWish;
import org.waymark.node.peer.Farewell;
import org.waymark.node.peer.Follower;
import org.waymark.node.privacy.Acting;

/// The end of an organisation, step by step, for its command and its page: first no request may be
/// open, then all is told, then partners confirm, at last its address goes.
public final class Closing {

    private final Domains domains;

    public Closing(Domains domains) {
        this.domains = domains;
    }

    /// What there is to lose.
    ///
    /// @param openRequests people wait for an answer to these
    public record Outlook(long openRequests, long listings, long agreements, long followers) {}

    /// Only numbers: nothing of a person is read for it.
    public Outlook outlook(Acting acting) {
        domains.access().require(acting, Right.MANAGE_ORGANIZATION);
        var node = Acting.node(acting.organization());
        return new Outlook(
                domains.referrals().countOpen(node),
                domains.listings().countOpen(node),
                domains.agreements().list(node, acting.organization()).stream()
                        .filter(it -> it.state() != AgreementState.ENDED)
                        .count(),
                domains.followers().list(node, Follower.State.FOLLOWING).size());
    }

    public Optional<Farewell> find(Acting acting) {
        return domains.farewells().find(acting, acting.organization());
    }

    /// What came of wishing that it closes.
    public enum Begun {
        BEGUN,
        /// Nothing was done: people wait for an answer.
        REQUESTS_OPEN,
        /// Nothing was done: a second person there must wish it too.
        WISHED
    }

    /// Who wishes that it closes, while a second person does not.
    public Optional<ClosingWish> wish(Acting acting) {
        return domains.farewells().findWish(acting, acting.organization());
    }

    public boolean dropWish(Acting acting) {
        return domains.farewells().dropWish(acting, acting.organization());
    }

    /// Closes its listings, ends its agreements, and asks every partner to delete its copies, once
    /// everybody wishes it who must.
    public Begun begin(Acting acting) {
        domains.access().require(acting, Right.MANAGE_ORGANIZATION);
        // Whoever was interrupted goes on.
        if (find(acting).isEmpty()) {
            if (outlook(acting).openRequests() > 0) {
                return Begun.REQUESTS_OPEN;
            }
            if (!domains.farewells().wish(acting, acting.organization())) {
                return Begun.WISHED;
            }
        }
        var organization = acting.organization();
        var node = Acting.node(organization);
        // Noted before anything is closed: the wish and the open requests are looked at once more,
        // none can come any more, and whoever is interrupted finds that it has begun.
        var beginning =
                domains.farewells()
                        .begin(
                                acting,
                                organization,
                                tx -> domains.referrals().countOpen(node, tx) == 0);
        switch (beginning) {
            case NOT_WISHED -> {
                return Begun.WISHED;
            }
            case NOT_FREE -> {
                return Begun.REQUESTS_OPEN;
            }
            case BEGUN, BEGUN_BEFORE -> {}
        }
        domains.listings().eachOpen(acting, it -> domains.listings().close(acting, it.id()));
        domains.farewells().endAgreements(acting, organization);
        var asked = asked(acting).stream().map(ListingPurge::partner).collect(toUnmodifiableSet());
        domains.agreements().list(acting, acting.organization()).stream()
                .filter(it -> !it.peer().isHere() && !asked.contains(it.partner()))
                .map(Agreement::peer)
                .distinct()
                .forEach(peer -> domains.purges().ask(acting, peer));
        return Begun.BEGUN;
    }

    /// Whom we asked, and who has confirmed.
    public List<ListingPurge> asked(Acting acting) {
        return domains.purges().list(acting);
    }

    /// What its partners and followers did not take of what was said since it began to close.
    public List<Delivery> notArrived(Acting acting) {
        return find(acting)
                .map(it -> domains.deliveries().failingSince(acting, it.begunAt()))
                .orElse(List.of());
    }

    /// Waits for nobody any more.
    ///
    /// @return false when it does not close: nothing was done
    public boolean finish(Acting acting) {
        if (find(acting).isEmpty()) {
            return false;
        }
        var _ = begin(acting);
        domains.farewells().end(acting, acting.organization());
        return true;
    }
}
