// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.LongTask;
import org.waymark.node.work.Progress;

/// Takes in HSDS 3 objects, wherever they come from: the way into the directory for everything but
/// packages of HSDS 1.1 and 2.0.
///
/// All is read and checked before the first row is written. The same objects give the same ids and
/// documents every time, so an import that was stopped is simply run again, and one that is
/// repeated changes nothing.
public final class Intake {

    /// What kind of HSDS object comes in.
    public enum Entity {
        SERVICE,
        ORGANIZATION,
        LOCATION,
        CONTACT,
        PROGRAM,
        TAXONOMY,
        TAXONOMY_TERM;

        Aggregate.Type type() {
            return this == TAXONOMY_TERM ? Aggregate.Type.TERM : Aggregate.Type.valueOf(name());
        }
    }

    /// @param publisher whose listings they become
    /// @param country ISO 3166 code for addresses that name none
    /// @param zone of the hours
    /// @param language BCP 47 tag of the texts
    /// @param year in which the source was made, when that is known
    /// @param dryRun only read, check and report
    public record Options(
            OrganizationId publisher,
            Optional<String> country,
            ZoneId zone,
            String language,
            Optional<Integer> year,
            boolean dryRun) {}

    /// Where objects come from.
    public interface Source {

        /// Hands over each of them once.
        ///
        /// @throws UnusablePackageException when nothing at all can be made of it
        void read(Sink sink);
    }

    /// Takes objects from a source.
    public interface Sink {

        /// One record: an object with everything that belongs to it nested as HSDS 3.1 nests it, or
        /// named by id. It is counted in the report, and changed here.
        ///
        /// @param file whose record it is
        /// @param where it stands in the file
        void add(Entity entity, ObjectNode object, String file, String where);

        /// An object as a node exported it with everything in it: taken word by word when its
        /// checksum fits, and otherwise as what anybody wrote.
        ///
        /// @param sha256 what the export says of the object
        /// @param ruling how widely it was seen (`kind`, `reach`, `place`, `review`, `reasons`);
        ///   for services only
        void addExported(
                Entity entity,
                ObjectNode object,
                String sha256,
                ObjectNode ruling,
                String file,
                String where);

        ImportReport report();
    }

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final HostedOrganizations organizations;
    private final Directory directory;
    private final Path scratch;

    /// @param scratch where rows may be put aside while it runs
    public Intake(
            Database database,
            org.waymark.node.account.Access access,
            HostedOrganizations organizations,
            Listings listings,
            Path scratch) {
        this.database = database;
        this.access = access;
        this.organizations = organizations;
        this.directory = listings.directory();
        this.scratch = scratch;
    }

    /// Takes in all that a source has.
    ///
    /// @throws UnusablePackageException when nothing can be made of it; nothing is changed
    public ImportReport run(Acting acting, Source source, Options options, Progress progress) {
        access.require(acting, options.publisher(), Right.EDIT_LISTINGS);
        return LongTask.run("import", () -> read(acting, source, options, progress));
    }

    private ImportReport read(Acting acting, Source source, Options options, Progress progress) {
        var report = new ImportReport();
        try (var prepared = new Prepared(options.publisher(), scratch)) {
            var narrowing = prepare(source, options, prepared, report, progress);
            var writing =
                    new BatchedWriting(
                            database, directory, options.publisher(), acting, report, progress);
            if (options.dryRun()) {
                writing.preview(prepared, narrowing);
            } else {
                writing.write(prepared, narrowing);
            }
            return report;
        }
    }

    /// What is read here needs memory, which whoever writes then has.
    private BatchedWriting.Narrowing prepare(
            Source source,
            Options options,
            Prepared prepared,
            ImportReport report,
            Progress progress) {
        var hosted = organizations.list().stream().map(HostedOrganization::id).toList();
        var ids = database.read(tx -> IntakeIds.load(tx, options.publisher(), hosted, report));
        var closed = database.read(tx -> ListingTable.listClosed(tx, options.publisher()));
        try (var scratch = new Scratch(this.scratch)) {
            var store = new IntakeStore(scratch);
            var unfolding = new Unfolding(options, ids, closed, store, report, progress);
            source.read(unfolding);
            unfolding.finish();
            report.check();
            prepared.fill(
                    shared(store, unfolding, options),
                    store.ids(Aggregate.Type.SERVICE),
                    id -> made(store, unfolding, options, Aggregate.Type.SERVICE, id),
                    service ->
                            "service %s %s"
                                    .formatted(service.id(), service.json().path("name").asText()),
                    report,
                    progress);
            return unfolding.narrowing();
        }
    }

    private static List<Supplier<Aggregate>> shared(
            IntakeStore store, Unfolding unfolding, Options options) {
        var shared = new ArrayList<Supplier<Aggregate>>();
        for (var type :
                List.of(
                        Aggregate.Type.TAXONOMY,
                        Aggregate.Type.TERM,
                        Aggregate.Type.ORGANIZATION,
                        Aggregate.Type.PROGRAM,
                        Aggregate.Type.CONTACT,
                        Aggregate.Type.LOCATION)) {
            store.ids(type)
                    .forEach(id -> shared.add(() -> made(store, unfolding, options, type, id)));
        }
        unfolding
                .placeholders()
                .forEach(
                        (id, json) ->
                                shared.add(
                                        () ->
                                                new Aggregate(
                                                        id,
                                                        Aggregate.Type.ORGANIZATION,
                                                        options.publisher(),
                                                        json)));
        return shared;
    }

    private static Aggregate made(
            IntakeStore store, Unfolding unfolding, Options options, Aggregate.Type type, UUID id) {
        return new Aggregate(
                id, type, options.publisher(), unfolding.linked(type, store.get(type, id)));
    }
}
