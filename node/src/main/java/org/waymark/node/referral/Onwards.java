// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Tells who sent a person to us whom we asked instead, and how far that came: the name and one
/// word, nothing more. When the person stops, whom we asked instead hears of that.
final class Onwards {

    private static final String WORK = "referral-onward";
    private static final String STOP = "referral-onward-stop";

    /// Stops one of an organisation's, for the person.
    interface Stopper {
        void stop(Acting acting, ReferralId id, Travelling.Withdrawal stop);
    }

    private final Database database;
    private final Work work;
    private final CaseFiles files;
    private final Partners partners;
    private final Supplier<Moves> moves;
    private final Stopper stopper;
    private final Clock clock;
    private final ReferralTable table = new ReferralTable();

    Onwards(
            Database database,
            Work work,
            CaseFiles files,
            Partners partners,
            Supplier<Moves> moves,
            Stopper stopper,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.files = files;
        this.partners = partners;
        this.moves = moves;
        this.stopper = stopper;
        this.clock = clock;
        work.handle(WORK, this::tell);
        work.handle(STOP, this::stop);
    }

    /// One of ours has moved; if it hands somebody on, the first sender hears of it.
    void moved(Transaction tx, Referral ours) {
        if (ours.side() == Side.SENDER
                && files.read(tx, ours, Plan.class).flatMap(Plan::parent).isPresent()) {
            work.schedule(tx, WORK, ours.id().toString(), clock.instant(), "");
        }
    }

    /// The person stopped one that had come to us; whom we asked instead hears of it, too.
    void stopped(Transaction tx, Referral ours, boolean eraseNow) {
        work.schedule(tx, STOP, ours.id().toString(), clock.instant(), Boolean.toString(eraseNow));
    }

    private Result stop(Job job) {
        var id = UUID.fromString(job.key());
        var stop = new Travelling.Withdrawal(Boolean.parseBoolean(job.payload()));
        var children =
                database.read(
                        tx ->
                                table.find(tx, new ReferralId(id)).stream()
                                        .flatMap(
                                                it ->
                                                        table
                                                                .listOpen(
                                                                        tx,
                                                                        it.organization(),
                                                                        Side.SENDER)
                                                                .stream())
                                        .filter(it -> isChildOf(tx, id, it))
                                        .toList());
        children.forEach(it -> stopper.stop(Acting.node(it.organization()), it.id(), stop));
        return new Result.Done();
    }

    private boolean isChildOf(Transaction tx, UUID parent, Referral referral) {
        return files.read(tx, referral, Plan.class)
                .flatMap(Plan::parent)
                .filter(parent::equals)
                .isPresent();
    }

    private Result tell(Job job) {
        var child = database.read(tx -> table.find(tx, new ReferralId(UUID.fromString(job.key()))));
        var parent = child.flatMap(this::parent);
        if (parent.isEmpty()) {
            return new Result.Done();
        }
        var ours = parent.get();
        if (!(partners.find(ours.organization(), ours.partner())
                instanceof Found.Ready(var partner))) {
            return new Result.Done();
        }
        var content = new Travelling.Onward(child.get().partnerName(), child.get().word());
        database.run(
                tx -> {
                    table.lock(tx, ours.id());
                    var now = table.find(tx, ours.id()).orElseThrow();
                    if (!files.isErased(now) && !isTold(tx, now, content)) {
                        moves.get().sayOnward(tx, now, content, partner);
                    }
                });
        return new Result.Done();
    }

    private Optional<Referral> parent(Referral child) {
        return database.read(
                tx ->
                        files.read(tx, child, Plan.class)
                                .flatMap(Plan::parent)
                                .flatMap(it -> table.find(tx, new ReferralId(it)))
                                .filter(it -> it.organization().equals(child.organization())));
    }

    private boolean isTold(Transaction tx, Referral parent, Travelling.Onward content) {
        return files.timeline(tx, parent).stream()
                .filter(it -> it.kind() == Kind.ONWARD)
                .flatMap(it -> it.content().stream())
                .reduce((_, last) -> last)
                .filter(content::equals)
                .isPresent();
    }
}
