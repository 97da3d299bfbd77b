// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipOutputStream;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.hsds.HsdsModel;
import org.waymark.node.listing.hsds.PackageWriter;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// Writes the directory, or what one organisation publishes, into files: as a HSDS 3.1 data package
/// (a folder or zip) or as JSON. What does not leave by [Way#EXPORT] is not in it, unless
/// everything is asked for; then it is written down who did, and the files say that they are not
/// for publication.
///
/// With everything, `waymark.ndjson` holds each record as it is kept, with its checksum and how
/// widely it may be seen: an import that finds it makes the same directory again.
public final class HsdsExport {

    /// The file of records in an export of everything.
    public static final String RECORDS = "waymark.ndjson";

    private static final String NAME = "human_services_data";
    private static final int AT_ONCE = 100;
    private static final Map<String, List<String>> OUR_COLUMNS =
            Map.of(
                    "service",
                    List.of(
                            "base_language",
                            "zone",
                            "kind",
                            "reach",
                            "place",
                            "access",
                            "bring",
                            "name_needed",
                            "papers_needed",
                            "may_have_to_report",
                            "referral_policy",
                            "checked_how",
                            "source_year",
                            "situations",
                            "wait_days",
                            "wait_told",
                            "closed_from",
                            "closed_to",
                            "translations",
                            "origin"),
                    "schedule",
                    List.of("exception", "closed", "frequency"),
                    "location",
                    List.of("areas", "translations"),
                    "organization",
                    List.of("placeholder", "translations"),
                    "program",
                    List.of("translations"),
                    "taxonomy_term",
                    List.of("translations"));

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_FOLDER =
            PosixFilePermissions.fromString("rwx------");

    public enum Format {
        DATAPACKAGE,
        JSON
    }

    /// @param publisher whose listings; empty for all organisations of this node
    /// @param all with what is not public
    public record Options(Optional<OrganizationId> publisher, Format format, boolean all) {}

    /// @param records with `all`, how many of them there are
    public record Done(int services, int records) {}

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final Directory directory;

    public HsdsExport(
            Database database,
            org.waymark.node.account.Access access,
            Audit audit,
            Listings listings) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.directory = listings.directory();
    }

    /// Writes to a path that must not exist yet: a folder, a `.zip`, or with JSON a file.
    ///
    /// @throws UncheckedIOException when it cannot be written
    public Done run(Acting acting, Path path, Options options, Progress progress) {
        check(acting, options);
        if (options.all()) {
            var what = options.publisher().map(OrganizationId::toString).orElse("node");
            database.run(tx -> audit.record(tx, acting, "listing-export-all", what));
        }
        try {
            create(path, options);
            try {
                return options.format() == Format.JSON
                        ? json(path, options, progress)
                        : dataPackage(path, options, progress);
            } catch (IOException | RuntimeException e) {
                delete(path);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With what is not public, nobody else on the machine may read it.
    private static void create(Path path, Options options) throws IOException {
        var isFolder = options.format() == Format.DATAPACKAGE && !isZip(path);
        var attributes =
                options.all()
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(isFolder ? OWNERS_FOLDER : OWNERS)
                        }
                        : new FileAttribute<?>[0];
        if (isFolder) {
            Files.createDirectory(path, attributes);
            return;
        }
        Files.createFile(path, attributes);
        if (isZip(path)) {
            // Without files; it keeps its permissions when they come.
            try (var _ = new ZipOutputStream(Files.newOutputStream(path))) {}
        }
    }

    private static boolean isZip(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void check(Acting acting, Options options) {
        var right = options.all() ? Right.REVIEW_LISTINGS : Right.SEE_LISTINGS;
        if (options.publisher().isPresent()) {
            access.require(acting, options.publisher().get(), right);
        } else {
            access.requireNode(acting);
        }
    }

    private Done dataPackage(Path path, Options options, Progress progress) throws IOException {
        if (!isZip(path)) {
            var done = dataPackageIn(path, options, progress);
            if (options.all()) {
                try (var files = Files.list(path)) {
                    for (var file : files.toList()) {
                        Files.setPosixFilePermissions(file, OWNERS);
                    }
                }
            }
            return done;
        }
        try (var zip = FileSystems.newFileSystem(path)) {
            return dataPackageIn(zip.getPath("/"), options, progress);
        }
    }

    private Done dataPackageIn(Path folder, Options options, Progress progress) throws IOException {
        int services;
        var records = 0;
        try (var writer = new PackageWriter(folder, OUR_COLUMNS)) {
            services = each(options, progress, json -> writer.write("service", json));
            writer.finish(about(options));
        }
        if (options.all()) {
            try (var file = Files.newBufferedWriter(folder.resolve(RECORDS))) {
                records = records(options, record -> line(file, record));
            }
            Files.writeString(
                    folder.resolve("NOT-FOR-PUBLICATION.txt"),
                    "This is everything a Waymark node keeps of its listings: addresses that protect"
                            + " people, names, remarks of staff.\nIt is not for publication.\n");
        }
        return new Done(services, records);
    }

    private Done json(Path path, Options options, Progress progress) throws IOException {
        try (var file = Files.newBufferedWriter(path)) {
            var about = about(options).toString();
            file.write(about.substring(0, about.length() - 1));
            file.write(options.all() ? ",\n\"records\":[\n" : ",\n\"contents\":[\n");
            var separator = new String[] {""};
            Consumer<ObjectNode> writer =
                    json -> {
                        write(file, separator[0] + Document.of(json).text());
                        separator[0] = ",\n";
                    };
            var done =
                    options.all()
                            ? new Done(0, records(options, writer))
                            : new Done(each(options, progress, writer), 0);
            file.write("\n]}\n");
            return done;
        }
    }

    private static ObjectNode about(Options options) {
        var about =
                Document.object()
                        .put("name", NAME)
                        .put("version", HsdsModel.VERSION)
                        .put("title", "Services, as HSDS " + HsdsModel.VERSION);
        return options.all()
                ? about.put("title", "NOT FOR PUBLICATION: all that a node keeps of its services")
                        .put("not_for_publication", true)
                : about;
    }

    /// Whether a file says of itself that it is an export of everything, as Waymark writes it.
    public static boolean isOfEverything(JsonNode about) {
        return about.path("not_for_publication").asBoolean()
                && about.path("name").asText().equals(NAME);
    }

    /// Gives each service: as it is published, or with everything and its exact place.
    private int each(Options options, Progress progress, Consumer<ObjectNode> taker) {
        var count = 0;
        var seen = 0;
        var after = "";
        while (true) {
            var from = after;
            var rows = database.read(tx -> ListingTable.listOwn(tx, from, AT_ONCE));
            if (rows.isEmpty()) {
                return count;
            }
            for (var row : rows) {
                if (isOf(row, options) && (options.all() || row.leavesBy(Way.EXPORT))) {
                    taker.accept(options.all() ? exact(row) : HsdsShapes.service(row));
                    count++;
                }
            }
            seen += rows.size();
            progress.step("Writing", seen, seen);
            after = rows.getLast().id().toString();
        }
    }

    private static boolean isOf(ListingRow row, Options options) {
        return row.origin() instanceof Origin.Own(var publisher)
                && options.publisher().map(publisher::equals).orElse(true);
    }

    private ObjectNode exact(ListingRow row) {
        return database.read(
                tx ->
                        AggregateTable.find(tx, row.id().value())
                                .map(
                                        service ->
                                                directory.row(
                                                        service,
                                                        AggregateTable.listByIds(
                                                                tx, service.parts()),
                                                        new Ruling(
                                                                row.kind(),
                                                                row.reach(),
                                                                Place.EXACT,
                                                                row.review()),
                                                        Optional.of(row)))
                                .map(HsdsShapes::service)
                                .map(json -> json.put("place", Projection.word(row.place())))
                                .orElseGet(() -> HsdsShapes.service(row)));
    }

    /// Gives each record as it is kept; what is shared comes before what shares it.
    private int records(Options options, Consumer<ObjectNode> taker) {
        var given = new HashSet<UUID>();
        var services = database.read(tx -> AggregateTable.idsOf(tx, Aggregate.Type.SERVICE));
        for (var id : services) {
            database.run(
                    tx -> {
                        var row = ListingTable.find(tx, new ListingId(id));
                        var service = AggregateTable.find(tx, id);
                        if (row.filter(it -> isOf(it, options)).isEmpty() || service.isEmpty()) {
                            return;
                        }
                        AggregateTable.listByIds(tx, service.get().parts()).values().stream()
                                .filter(it -> given.add(it.id()))
                                .forEach(it -> taker.accept(record(it, Optional.empty())));
                        given.add(id);
                        taker.accept(record(service.get(), row));
                    });
        }
        // What no service shows is kept, too.
        var rest = database.read(tx -> AggregateTable.idsOf(tx, unused()));
        for (var id : rest) {
            if (!given.contains(id)) {
                database.read(tx -> AggregateTable.find(tx, id))
                        .filter(it -> options.publisher().map(it.publisher()::equals).orElse(true))
                        .ifPresent(
                                it -> {
                                    given.add(id);
                                    taker.accept(record(it, Optional.empty()));
                                });
            }
        }
        return given.size();
    }

    private static Aggregate.Type[] unused() {
        return java.util.Arrays.stream(Aggregate.Type.values())
                .filter(type -> type != Aggregate.Type.SERVICE)
                .toArray(Aggregate.Type[]::new);
    }

    private static ObjectNode record(Aggregate aggregate, Optional<ListingRow> row) {
        var record =
                Document.object()
                        .put("type", Projection.word(aggregate.type()))
                        .put("id", aggregate.id().toString())
                        .put("sha256", Document.of(aggregate.json()).hash());
        record.set("document", aggregate.json());
        row.ifPresent(
                it -> {
                    var ruling =
                            record.putObject("ruling")
                                    .put("kind", Projection.word(it.kind()))
                                    .put("reach", Projection.word(it.reach()))
                                    .put("place", Projection.word(it.place()))
                                    .put("review", Projection.word(it.review().state()));
                    sorted(it.review().reasons()).forEach(ruling.putArray("reasons")::add);
                });
        return record;
    }

    private static List<String> sorted(Set<Review.Reason> reasons) {
        return reasons.stream().map(Projection::word).sorted().collect(Collectors.toList());
    }

    private static void line(BufferedWriter file, ObjectNode json) {
        write(file, Document.of(json).text() + "\n");
    }

    private static void write(BufferedWriter file, String text) {
        try {
            file.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
