// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.writing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Screening;
import org.waymark.node.referral.Screening.Warning;
import org.waymark.node.referral.Travelling;

/// Keeps what an organisation, or one of its people, uses again and again when writing requests.
public final class WritingAids {

    // 50: a longer list is no help to choose from.
    private static final int MOST = 50;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final WritingTable table = new WritingTable();

    public WritingAids(Database database, Access access, Audit audit, Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.ids = ids;
    }

    /// What came of keeping something.
    public sealed interface Outcome {
        record Kept(UUID id) implements Outcome {}

        /// It has something in it that may tell who somebody is.
        record Telling(Set<Warning> warnings) implements Outcome {}

        /// Empty, too long, or there are too many.
        record Unusable() implements Outcome {}
    }

    public List<ReceiverSet> sets(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> table.sets(tx, acting.organization()));
    }

    public Outcome addSet(Acting acting, String name, List<ListingId> listings) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var warnings = Screening.warnings(name);
        if (!warnings.isEmpty()) {
            return new Outcome.Telling(warnings);
        }
        var chosen = listings.stream().distinct().toList();
        if (name.isBlank()
                || name.length() > ReceiverSet.MAX_NAME
                || chosen.isEmpty()
                || chosen.size() > ReceiverSet.MOST) {
            return new Outcome.Unusable();
        }
        return database.write(
                tx -> {
                    if (table.sets(tx, acting.organization()).size() >= MOST) {
                        return new Outcome.Unusable();
                    }
                    var set = new ReceiverSet(ids.get(), name.strip(), chosen);
                    table.add(tx, acting.organization(), set);
                    audit.record(tx, acting, "receiver-set-added", set.id().toString());
                    return new Outcome.Kept(set.id());
                });
    }

    public void removeSet(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        database.run(
                tx -> {
                    if (table.removeSet(tx, acting.organization(), id) > 0) {
                        audit.record(tx, acting, "receiver-set-removed", id.toString());
                    }
                });
    }

    public List<ReasonTemplate> templates(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> table.templates(tx, acting.organization()));
    }

    /// Keeps words for reasons. Whatever a machine can see in them of a person, it refuses; that no
    /// name is in them, people have to see.
    public Outcome addTemplate(Acting acting, String words) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var warnings = Screening.warnings(words);
        if (!warnings.isEmpty()) {
            return new Outcome.Telling(warnings);
        }
        if (words.isBlank() || words.length() > Travelling.MAX_TEXT) {
            return new Outcome.Unusable();
        }
        return database.write(
                tx -> {
                    if (table.templates(tx, acting.organization()).size() >= MOST) {
                        return new Outcome.Unusable();
                    }
                    var template = new ReasonTemplate(ids.get(), words.strip());
                    table.add(tx, acting.organization(), template);
                    audit.record(tx, acting, "reason-template-added", template.id().toString());
                    return new Outcome.Kept(template.id());
                });
    }

    public void removeTemplate(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        database.run(
                tx -> {
                    if (table.removeTemplate(tx, acting.organization(), id) > 0) {
                        audit.record(tx, acting, "reason-template-removed", id.toString());
                    }
                });
    }

    /// In which order the columns of this person's spreadsheet come; nothing of what was pasted.
    public Optional<List<PastedRow.Column>> columnOrder(Acting acting) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.read(tx -> table.order(tx, acting.organization(), acting.account()))
                .map(names -> names.stream().map(WritingAids::column).toList());
    }

    /// What a later version called otherwise is asked about anew.
    private static PastedRow.Column column(String name) {
        return Arrays.stream(PastedRow.Column.values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElse(PastedRow.Column.NOTHING);
    }

    public void rememberOrder(Acting acting, List<PastedRow.Column> order) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (order.isEmpty() || order.size() > PastedRow.MOST_COLUMNS) {
            return;
        }
        database.run(
                tx ->
                        table.putOrder(
                                tx,
                                acting.organization(),
                                acting.account(),
                                order.stream().map(Enum::name).toList()));
    }
}
