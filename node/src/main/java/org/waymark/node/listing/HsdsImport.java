// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// Takes in the directory that another system exported as a HSDS 1.1 package.
///
/// The whole package is read and checked before the first row is written. Ids are made from the
/// package's own, so an import that was stopped is simply run again, and one that is repeated
/// changes nothing.
public final class HsdsImport {

    // Shared objects touch one row each.
    private static final int SHARED_AT_ONCE = 200;
    private static final List<String> WHAT_JUDGING_NEEDS =
            List.of("id", "name", "alternate_name", "description", "website");

    /// @param publisher whose listings they become
    /// @param country ISO 3166 code for addresses that name none
    /// @param zone of the hours
    /// @param language BCP 47 tag of the texts
    /// @param topics a CSV file (service_id, pillar, strength)
    /// @param dryRun only read, check and report
    public record Options(
            OrganizationId publisher,
            Optional<String> country,
            ZoneId zone,
            String language,
            Optional<Path> topics,
            boolean dryRun) {}

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Directory directory;

    public HsdsImport(
            Database database, org.waymark.node.account.Access access, Listings listings) {
        this.database = database;
        this.access = access;
        this.directory = listings.directory();
    }

    /// Imports a folder or zip.
    ///
    /// @throws UnusablePackageException when it cannot be read as a directory; nothing is changed
    public ImportReport run(Acting acting, Path path, Options options, Progress progress) {
        access.require(acting, options.publisher(), Right.EDIT_LISTINGS);
        try (var source = HsdsPackage.open(path);
                var scratch = new Scratch()) {
            var report = new ImportReport();
            var closed = database.read(tx -> ListingTable.listClosed(tx, options.publisher()));
            var reader =
                    new PackageReader(
                            source, scratch, options.publisher(), closed, report, progress);
            var contents = reader.read();
            options.topics().ifPresent(reader::readTopics);
            report.check();
            var assembler = new PackageAssembler(contents, options, source.year(), report);
            if (options.dryRun()) {
                preview(contents, assembler, report);
            } else {
                write(contents, assembler, report, progress);
            }
            return report;
        }
    }

    private void write(
            PackageContents contents,
            PackageAssembler assembler,
            ImportReport report,
            Progress progress) {
        var services = contents.ids(PackageTable.SERVICE);
        var ours = Set.copyOf(services);
        var shared = shared(contents, assembler);
        var total = shared.size() + services.size();
        for (int from = 0; from < shared.size(); from += SHARED_AT_ONCE) {
            var batch =
                    shared.subList(from, Math.min(shared.size(), from + SHARED_AT_ONCE)).stream()
                            .map(Making::make)
                            .toList();
            report.changed(
                    database.write(
                            tx -> {
                                var changed = directory.store(tx, batch);
                                directory.rebuildUsersOf(tx, changed, ours);
                                return changed.size();
                            }));
            progress.step("Writing", from + batch.size(), total);
        }
        var judge = new Judge(contents, report);
        for (int from = 0; from < services.size(); from += Directory.SERVICES_AT_ONCE) {
            var batch =
                    services
                            .subList(
                                    from,
                                    Math.min(services.size(), from + Directory.SERVICES_AT_ONCE))
                            .stream()
                            .map(assembler::service)
                            .toList();
            report.changed(
                    database.write(
                            tx -> {
                                directory.store(tx, batch);
                                return directory.publish(tx, batch, judge);
                            }));
            progress.step("Writing", shared.size() + from + batch.size(), total);
        }
    }

    private interface Making {
        Aggregate make();
    }

    private static List<Making> shared(PackageContents contents, PackageAssembler assembler) {
        var shared = new ArrayList<Making>();
        add(shared, contents.ids(PackageTable.ORGANIZATION), assembler::organization);
        contents.placeholders()
                .forEach((id, it) -> shared.add(() -> assembler.placeholder(id, it)));
        add(shared, contents.ids(PackageTable.PROGRAM), assembler::program);
        add(shared, contents.ids(PackageTable.TAXONOMY), assembler::term);
        add(shared, contents.ids(PackageTable.CONTACT), assembler::contact);
        add(shared, contents.ids(PackageTable.LOCATION), assembler::location);
        return shared;
    }

    private static void add(
            List<Making> all, Collection<UUID> ids, Function<UUID, Aggregate> making) {
        ids.forEach(id -> all.add(() -> making.apply(id)));
    }

    /// What would happen, with nothing written.
    private void preview(
            PackageContents contents, PackageAssembler assembler, ImportReport report) {
        var parts = new HashMap<UUID, Aggregate>();
        for (var making : shared(contents, assembler)) {
            var made = making.make();
            made.json().retain(WHAT_JUDGING_NEEDS);
            parts.put(made.id(), made);
        }
        var judge = new Judge(contents, report);
        for (var id : contents.ids(PackageTable.SERVICE)) {
            var before = database.read(tx -> ListingTable.find(tx, new ListingId(id)));
            judge.rule(assembler.service(id), parts, before);
        }
    }

    /// Rules on each service that comes in, and tells the report.
    private static final class Judge implements Directory.Ruler {

        private final PackageContents contents;
        private final ImportReport report;
        private final Set<UUID> judged = new HashSet<>();

        Judge(PackageContents contents, ImportReport report) {
            this.contents = contents;
            this.report = report;
        }

        @Override
        public Ruling rule(
                Aggregate service, Map<UUID, Aggregate> parts, Optional<ListingRow> before) {
            var reasons = Caution.reasons(service, parts);
            var ruling = Ruling.ofIncoming(Caution.kindOf(service, parts), reasons, before);
            if (judged.add(service.id())) {
                report.service(!ruling.review().isPublished());
                if (!ruling.review().isPublished()) {
                    ruling.review().reasons().stream()
                            .sorted()
                            .forEach(reason -> report.note(Problem.of(reason), example(service)));
                }
            }
            return ruling;
        }

        private String example(Aggregate service) {
            var foreign =
                    contents.row(PackageTable.SERVICE, service.id())
                            .map(row -> row.path("id").asText())
                            .orElse("");
            return "service %s %s".formatted(foreign, service.json().path("name").asText());
        }
    }
}
