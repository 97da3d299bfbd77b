// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.peer;

import java.util.ArrayList;
import java.util.List;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.exchange.RemoteHost;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.ClosingWish;
import org.waymark.node.peer.Follower;
import org.waymark.node.peer.MovingWish;
import org.waymark.node.peer.PartnerMove;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeerState;
import org.waymark.node.privacy.Purpose;

/// Partners that wait for an answer or cannot be reached, for the start page.
public final class PartnerTasks implements StaffStartPages.Tasks {

    private final Domains domains;

    public PartnerTasks(Domains domains) {
        this.domains = domains;
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.MANAGE_PEERS)) {
            return List.of();
        }
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var tasks = new ArrayList<Task>();
        for (var peer : domains.peers().list(acting)) {
            if (peer.state() == PeerState.ASKED) {
                tasks.add(asked(sheet, peer));
            }
            if (peer.state() == PeerState.ACTIVE) {
                domains.remoteHosts()
                        .find(acting, peer.baseUrl().getRawAuthority())
                        .filter(host -> host.failures() > 0)
                        .ifPresent(host -> tasks.add(trouble(sheet, peer, host)));
            }
        }
        domains.agreements().list(acting, sheet.staff().organization()).stream()
                .filter(
                        agreement ->
                                agreement.state() == AgreementState.RECEIVED
                                        || agreement.changedKey().isPresent())
                .forEach(agreement -> tasks.add(agreement(sheet, agreement)));
        domains.moves().list(acting).stream()
                .filter(move -> move.followedAt().isEmpty())
                .forEach(move -> tasks.add(moved(sheet, move)));
        domains.followers()
                .list(acting, Follower.State.WAITING)
                .forEach(follower -> tasks.add(asksToFollow(sheet, follower)));
        if (sheet.may(Right.MANAGE_ORGANIZATION)) {
            domains.farewells()
                    .findWish(acting, sheet.staff().organization())
                    .filter(wish -> !wish.account().equals(acting.account()))
                    .ifPresent(wish -> tasks.add(closing(sheet, wish)));
            domains.moves()
                    .findWish(acting)
                    .filter(wish -> !wish.account().equals(acting.account()))
                    .ifPresent(wish -> tasks.add(moving(sheet, wish)));
        }
        return tasks;
    }

    private static Task moved(Sheet sheet, PartnerMove move) {
        var page = sheet.page();
        return new Task(
                move.seenAt(),
                "wait",
                "partner",
                page.say("staff.move.waits"),
                page.isolated(move.name()),
                page.ltr(move.target().toString()),
                StaffPartnerPages.LIST);
    }

    private static Task asksToFollow(Sheet sheet, Follower follower) {
        var page = sheet.page();
        return new Task(
                follower.askedAt(),
                "wait",
                "partner",
                page.say("staff.follower.waits"),
                page.say("staff.follower.asks", follower.handle()),
                sheet.when(follower.askedAt()),
                StaffFollowerPages.LIST);
    }

    private static Task closing(Sheet sheet, ClosingWish wish) {
        var page = sheet.page();
        return new Task(
                wish.wishedAt(),
                "danger",
                "alert",
                page.say("staff.ending.wish.waits"),
                page.say("staff.ending.close"),
                page.say("staff.ending.wish.until", sheet.day(wish.until())),
                "/admin/ending");
    }

    private static Task moving(Sheet sheet, MovingWish wish) {
        var page = sheet.page();
        return new Task(
                wish.wishedAt(),
                "danger",
                "alert",
                page.say("staff.ending.wish.waits"),
                page.say("staff.ending.move"),
                page.say("staff.ending.wish.until", sheet.day(wish.until())),
                "/admin/ending");
    }

    private static Task asked(Sheet sheet, Peer peer) {
        var page = sheet.page();
        return new Task(
                peer.changedAt(),
                "wait",
                "partner",
                page.say("staff.peer-state.asked"),
                page.say("staff.peer.asks", peer.name()),
                page.ltr(peer.baseUrl().toString()),
                StaffPartnerPages.LIST + "/" + peer.id().value());
    }

    private static Task trouble(Sheet sheet, Peer peer, RemoteHost host) {
        var page = sheet.page();
        var since = host.reachedAt().or(host::failedAt).orElse(peer.changedAt());
        return new Task(
                since,
                "danger",
                "alert",
                page.say("staff.peer.trouble"),
                page.isolated(peer.name()),
                page.say("staff.peer.unreached", sheet.when(since)),
                StaffPartnerPages.LIST + "/" + peer.id().value());
    }

    private static Task agreement(Sheet sheet, Agreement agreement) {
        var page = sheet.page();
        var changed = agreement.changedKey().isPresent();
        return new Task(
                agreement.changedAt(),
                changed ? "danger" : "wait",
                changed ? "alert" : "partner",
                page.say(
                        changed ? "staff.agreement.key-changed" : "staff.agreement-state.received"),
                page.say("staff.agreement.with", agreement.partnerName()),
                sheet.when(agreement.changedAt()),
                "/admin/agreements/" + agreement.id().value());
    }
}
