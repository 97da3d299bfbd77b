// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// The organisations hosted by this node. What they are called is public, so reading needs nobody's
/// right.
public final class HostedOrganizations {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Supplier<UUID> ids;
    // Every page and every actor asks for them.
    private final Remembered<String, List<HostedOrganization>> hosted = new Remembered<>(1);

    public HostedOrganizations(Database database, Access access, Audit audit, Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.ids = ids;
    }

    /// What came of adding or changing an organisation.
    public sealed interface Outcome {
        record Done(HostedOrganization organization) implements Outcome {}

        /// Another organisation has this slug, or had it: links to it must not change their goal.
        record SlugTaken(String slug) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    /// Adds one under a fresh random id. Only the node itself does this, by command.
    public Outcome add(
            Acting acting,
            String name,
            String slug,
            Optional<String> phone,
            List<String> languages) {
        access.requireNode(acting);
        var organization =
                new HostedOrganization(new OrganizationId(ids.get()), slug, name, phone, languages);
        return database.write(tx -> add(tx, acting, organization));
    }

    private Outcome add(Transaction tx, Acting acting, HostedOrganization organization) {
        if (isTaken(tx, organization)) {
            return new Outcome.SlugTaken(organization.slug());
        }
        HostedOrganizationTable.add(tx, organization);
        hosted.changedBy(tx);
        record(tx, acting, "organization-add", organization);
        return new Outcome.Done(organization);
    }

    /// Replaces what the organisation says of itself; a slug given up keeps leading to it.
    public Outcome replace(Acting acting, HostedOrganization changed) {
        access.require(acting, changed.id(), Right.MANAGE_ORGANIZATION);
        return database.write(tx -> replace(tx, acting, changed));
    }

    private Outcome replace(Transaction tx, Acting acting, HostedOrganization changed) {
        var before = HostedOrganizationTable.find(tx, changed.id());
        if (before.isEmpty()) {
            return new Outcome.NotFound();
        }
        if (isTaken(tx, changed)) {
            return new Outcome.SlugTaken(changed.slug());
        }
        var oldSlug = before.get().slug();
        if (!oldSlug.equals(changed.slug())) {
            HostedOrganizationTable.forgetFormerSlug(tx, changed.slug());
            HostedOrganizationTable.keepFormerSlug(tx, oldSlug, changed.id());
        }
        HostedOrganizationTable.replace(tx, changed);
        hosted.changedBy(tx);
        record(tx, acting, "organization-replace", changed);
        return new Outcome.Done(changed);
    }

    private void record(
            Transaction tx, Acting acting, String action, HostedOrganization organization) {
        audit.record(tx, acting, action, organization.id().value().toString());
    }

    private static boolean isTaken(Transaction tx, HostedOrganization wanted) {
        var current = HostedOrganizationTable.findBySlug(tx, wanted.slug());
        var former = HostedOrganizationTable.findByFormerSlug(tx, wanted.slug());
        return current.map(HostedOrganization::id)
                .or(() -> former)
                .filter(id -> !id.equals(wanted.id()))
                .isPresent();
    }

    public List<HostedOrganization> list() {
        return hosted.get("all", _ -> List.copyOf(database.read(HostedOrganizationTable::list)));
    }

    public Optional<HostedOrganization> find(OrganizationId id) {
        return list().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /// The organisation that has this slug, or had it before a rename. Compare the slug of the
    /// result to know which, and redirect.
    public Optional<HostedOrganization> findBySlug(String slug) {
        return database.read(
                tx ->
                        HostedOrganizationTable.findBySlug(tx, slug)
                                .or(
                                        () ->
                                                HostedOrganizationTable.findByFormerSlug(tx, slug)
                                                        .flatMap(
                                                                id ->
                                                                        HostedOrganizationTable
                                                                                .find(tx, id))));
    }
}
