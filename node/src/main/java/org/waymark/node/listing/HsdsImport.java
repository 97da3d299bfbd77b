// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.LongTask;
import org.waymark.node.work.Progress;

/// Takes in the directory that another system exported as a HSDS 1.1 package.
///
/// The whole package is read and checked before the first row is written. Ids are made from the
/// package's own, so an import that was stopped is simply run again, and one that is repeated
/// changes nothing.
public final class HsdsImport {

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
    private final Path scratch;

    /// @param scratch where rows may be put aside while it runs
    public HsdsImport(
            Database database,
            org.waymark.node.account.Access access,
            Listings listings,
            Path scratch) {
        this.database = database;
        this.access = access;
        this.directory = listings.directory();
        this.scratch = scratch;
    }

    /// Imports a folder or zip.
    ///
    /// @throws UnusablePackageException when it cannot be read as a directory; nothing is changed
    public ImportReport run(Acting acting, Path path, Options options, Progress progress) {
        access.require(acting, options.publisher(), Right.EDIT_LISTINGS);
        return LongTask.run("import", () -> read(acting, path, options, progress));
    }

    private ImportReport read(Acting acting, Path path, Options options, Progress progress) {
        var report = new ImportReport();
        try (var prepared = new Prepared(options.publisher(), scratch)) {
            prepare(path, options, prepared, report, progress);
            var writing =
                    new BatchedWriting(
                            database, directory, options.publisher(), acting, report, progress);
            if (options.dryRun()) {
                writing.preview(prepared, BatchedWriting.Narrowing.NONE);
            } else {
                writing.write(prepared, BatchedWriting.Narrowing.NONE);
            }
            return report;
        }
    }

    /// What is read here needs memory, which whoever writes then has.
    private void prepare(
            Path path, Options options, Prepared prepared, ImportReport report, Progress progress) {
        try (var source = HsdsPackage.open(path);
                var scratch = new Scratch(this.scratch)) {
            var closed = database.read(tx -> ListingTable.listClosed(tx, options.publisher()));
            var reader =
                    new PackageReader(
                            source, scratch, options.publisher(), closed, report, progress);
            var contents = reader.read();
            options.topics().ifPresent(reader::readTopics);
            report.check();
            var assembler = new PackageAssembler(contents, options, source.year(), report);
            prepared.fill(
                    shared(contents, assembler),
                    contents.ids(PackageTable.SERVICE),
                    assembler::service,
                    service -> example(contents, service),
                    report,
                    progress);
        }
    }

    private static List<Supplier<Aggregate>> shared(
            PackageContents contents, PackageAssembler assembler) {
        var shared = new ArrayList<Supplier<Aggregate>>();
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
            List<Supplier<Aggregate>> all, Collection<UUID> ids, Function<UUID, Aggregate> making) {
        ids.forEach(id -> all.add(() -> making.apply(id)));
    }

    private static String example(PackageContents contents, Aggregate service) {
        var foreign =
                contents.row(PackageTable.SERVICE, service.id())
                        .map(row -> row.path("id").asText())
                        .orElse("");
        return "service %s %s".formatted(foreign, service.json().path("name").asText());
    }
}
