// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.DataRequest.Outcome;
import org.waymark.node.person.PersonMessage;
import org.waymark.node.person.Rights;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Referral;

/// Makes a task with the clock of the law of what a person asks behind help code and word, so that
/// there is one clock for it and not two.
public final class AskedOnline implements Rights {

    private final Audit audit;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public AskedOnline(Audit audit, ZoneId zone, Clock clock, Supplier<UUID> ids) {
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void asked(Transaction tx, Referral referral, PersonMessage.Kind kind) {
        DataRequest.Kind.of(kind)
                .ifPresent(
                        it -> {
                            var request =
                                    DataRequest.asked(
                                            ids.get(),
                                            it,
                                            Optional.of(referral.id()),
                                            clock.instant(),
                                            zone);
                            DataRequestTable.add(tx, referral.organization(), request);
                            audit.record(
                                    tx,
                                    Acting.node(referral.organization()),
                                    it.action(),
                                    request.id().toString());
                        });
    }

    @Override
    public void answered(
            Transaction tx, Acting acting, Referral referral, PersonMessage.Kind kind) {
        DataRequest.Kind.of(kind)
                .ifPresent(
                        it -> {
                            for (var open :
                                    DataRequestTable.listOpen(
                                            tx, referral.organization(), referral.id(), it)) {
                                DataRequestTable.settle(
                                        tx,
                                        referral.organization(),
                                        open.id(),
                                        Outcome.DONE,
                                        clock.instant());
                                audit.record(tx, acting, "data-request-done", open.id().toString());
                            }
                        });
    }
}
