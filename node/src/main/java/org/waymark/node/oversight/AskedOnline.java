// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
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

    public AskedOnline(Audit audit, ZoneId zone, Clock clock) {
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public void asked(Transaction tx, Referral referral, PersonMessage.Kind kind, UUID message) {
        DataRequest.Kind.of(kind)
                .ifPresent(
                        it -> {
                            // By the id of the message, so that one is settled with the other.
                            var request =
                                    DataRequest.asked(
                                            message,
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

    /// Nothing is erased while the request for help is open.
    @Override
    public boolean answered(
            Transaction tx,
            Acting acting,
            Referral referral,
            PersonMessage.Kind kind,
            UUID message) {
        if (kind == PersonMessage.Kind.ERASURE && referral.state().isOpen()) {
            return false;
        }
        var settled =
                DataRequestTable.settle(
                        tx, referral.organization(), message, Outcome.DONE, clock.instant());
        if (settled > 0) {
            audit.record(tx, acting, "data-request-done", message.toString());
        }
        return true;
    }
}
