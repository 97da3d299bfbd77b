// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.listing.ListingPostTable.Roundup;
import org.waymark.node.listing.ListingSender.News;
import org.waymark.node.listing.SharedListing.State;
import org.waymark.node.peer.Followers;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Shows the followers of an organisation its public listings as posts: a new one, one that reads
/// otherwise now, one that went. Many at once become a single post. What is not public is never
/// spoken of here.
public final class FollowerPosts {

    private static final String ROUNDUP = "listing-roundup";

    // More at once is an import or a mass edit, and nobody wants to scroll through it.
    private static final int MOST_POSTS = 20;

    // 10 min: an import commits batch after batch; one post after the last is enough.
    private static final Duration ROUNDUP_AFTER = Duration.ofMinutes(10);
    // 1 day between two of them, however often somebody imports.
    private static final Duration BETWEEN_ROUNDUPS = Duration.ofDays(1);

    // What changes without a reader of the post noticing.
    private static final List<String> UNSEEN =
            List.of("updated", Contexts.VERSION, "waymark:verified", "hsdsService", "proof");

    private final Database database;
    private final Work work;
    private final Outbox outbox;
    private final LocalActors actors;
    private final Followers followers;
    private final RoundupNote roundups;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public FollowerPosts(
            Database database,
            Work work,
            Outbox outbox,
            LocalActors actors,
            Followers followers,
            RoundupNote roundups,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.outbox = outbox;
        this.actors = actors;
        this.followers = followers;
        this.roundups = roundups;
        this.clock = clock;
        this.ids = ids;
        work.handle(ROUNDUP, job -> postRoundup(new OrganizationId(UUID.fromString(job.key()))));
    }

    /// Tells of what changed together.
    void tell(Transaction tx, OrganizationId publisher, List<News> news, ListingNote notes) {
        var receivers = followers.receivers(Acting.node(), tx, publisher);
        var goneAtOnce = news.stream().filter(it -> !isPublic(it)).count() > MOST_POSTS;
        for (var gone : news) {
            if (!isPublic(gone)) {
                takeBack(tx, publisher, gone, receivers, goneAtOnce);
            }
        }
        if (receivers.isEmpty()) {
            return;
        }
        var posts =
                news.stream()
                        .filter(FollowerPosts::isPublic)
                        .map(it -> post(tx, publisher, it, notes))
                        .filter(it -> !it.isKnown())
                        .toList();
        var roundup = ListingPostTable.findOpen(tx, publisher);
        if (posts.size() > MOST_POSTS) {
            fold(tx, publisher, posts.size());
        } else if (roundup.isPresent()) {
            var fresh = posts.stream().filter(Post::isNew).toList();
            ListingPostTable.count(tx, roundup.get(), fresh.size());
            posts.stream().filter(it -> !it.isNew()).forEach(it -> send(tx, it, receivers));
        } else {
            posts.forEach(it -> send(tx, it, receivers));
        }
    }

    /// One listing as followers would read it.
    ///
    /// @param before the mark of what they read last; empty when they were shown nothing
    private record Post(
            OrganizationId publisher, News news, ObjectNode note, String mark, String before) {

        boolean isKnown() {
            return mark.equals(before);
        }

        boolean isNew() {
            return before.isEmpty();
        }
    }

    private Post post(Transaction tx, OrganizationId publisher, News news, ListingNote notes) {
        var since = news.shared().publicSince().orElse(news.shared().changedAt());
        var note = notes.toAll(news.row(), actors.of(publisher).id(), since).json();
        var seen = note.deepCopy();
        seen.remove(UNSEEN);
        var before = ListingPostTable.find(tx, news.row().id()).orElse("");
        return new Post(publisher, news, note, Document.of(seen).hash(), before);
    }

    private void send(Transaction tx, Post post, List<URI> receivers) {
        ListingPostTable.put(tx, post.news().row().id(), post.mark());
        toAll(
                tx,
                post.publisher(),
                post.isNew() ? "Create" : "Update",
                post.note(),
                post.news().row().uri(),
                receivers);
    }

    /// Also what was never a post, when it is one thing: somebody may have found it by its address.
    private void takeBack(
            Transaction tx,
            OrganizationId publisher,
            News news,
            List<URI> receivers,
            boolean onlyPosts) {
        var posted = ListingPostTable.find(tx, news.row().id()).isPresent();
        var wasPublic = news.before().filter(it -> it.state() == State.PUBLIC).isPresent();
        ListingPostTable.remove(tx, news.row().id());
        if (!receivers.isEmpty() && (posted || wasPublic && !onlyPosts)) {
            var tombstone =
                    ListingNote.tombstone(
                            news.row().uri(), news.shared().changedAt(), news.row().version());
            toAll(tx, publisher, "Delete", tombstone.json(), news.row().uri(), receivers);
        }
    }

    private void fold(Transaction tx, OrganizationId publisher, int changes) {
        var open = ListingPostTable.findOpen(tx, publisher);
        if (open.isPresent()) {
            ListingPostTable.count(tx, open.get(), changes);
        } else {
            ListingPostTable.open(tx, new Roundup(ids.get(), publisher, changes, Optional.empty()));
        }
        var now = clock.instant();
        var quiet = now.plus(ROUNDUP_AFTER);
        var due =
                ListingPostTable.lastPosted(tx, publisher)
                        .map(last -> later(last.plus(BETWEEN_ROUNDUPS), quiet))
                        .orElse(quiet);
        work.schedule(tx, ROUNDUP, publisher.toString(), due, "");
    }

    private Handler.Result postRoundup(OrganizationId publisher) {
        database.run(
                tx ->
                        ListingPostTable.findOpen(tx, publisher)
                                .ifPresent(
                                        roundup -> {
                                            var now = clock.instant();
                                            ListingPostTable.setPosted(tx, roundup, now);
                                            var note = roundups.of(roundup, now);
                                            toAll(
                                                    tx,
                                                    publisher,
                                                    "Create",
                                                    note.json(),
                                                    roundups.address(roundup),
                                                    followers.receivers(
                                                            Acting.node(), tx, publisher));
                                        }));
        return new Handler.Result.Done();
    }

    private void toAll(
            Transaction tx,
            OrganizationId publisher,
            String verb,
            ObjectNode object,
            URI orderKey,
            List<URI> receivers) {
        var sender = actors.of(publisher);
        var activity =
                Draft.activity(verb, actors.activity(ids.get()), sender.id())
                        .set("object", object)
                        .to(Contexts.PUBLIC)
                        .cc(sender.below("/followers"))
                        .document();
        outbox.sendToAll(tx, sender, receivers, Activity.read(activity).orElseThrow(), orderKey);
    }

    private static boolean isPublic(News news) {
        return news.shared().state() == State.PUBLIC;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
