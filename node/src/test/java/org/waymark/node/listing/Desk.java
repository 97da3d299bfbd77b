// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.account.Role;
import org.waymark.node.account.Staffed;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.KeyFolders;
import org.waymark.node.privacy.LimitLedger;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// The directory of one node on one database, with an organisation and two of its editors.
public final class Desk implements AutoCloseable {

    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    public final Database database;
    public final Staffed staff;
    public final Work work;
    public final Listings listings;
    public final Closings closings;

    /// People who wait at any of its services.
    public final Set<UUID> waiting = new HashSet<>();

    public final HsdsImport hsdsImport;
    public final Intake intake;

    /// Where its imports put rows aside.
    public final Path scratch = temporary();

    public final OrganizationId publisher;
    public final Acting amal;
    public final Acting boris;
    private final Path keys = temporary();

    public Desk(Database database) {
        this(database, Clock.systemUTC());
    }

    public Desk(Database database, Clock clock) {
        this.database = database;
        staff = new Staffed(database, clock);
        work = new Work(database, clock);
        listings =
                new Listings(
                        database,
                        work,
                        staff.access,
                        staff.audit,
                        staff.organizations,
                        new BaseUrl(URI.create("https://shelter.example")),
                        clock,
                        UUID::randomUUID,
                        ZONE,
                        new LimitLedger(KeyFolders.in(keys)));
        closings = new Closings(database, listings, new Waiting(waiting));
        hsdsImport = new HsdsImport(database, staff.access, listings, scratch);
        intake = new Intake(database, staff.access, staff.organizations, listings, scratch);
        publisher = staff.organization("shelter");
        amal = staff.acting(publisher, Role.EDITOR);
        boris = staff.acting(publisher, Role.EDITOR);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("waymark-desk");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Waiting(Set<UUID> ids) implements ClosingDuties {
        @Override
        public int count(Acting acting, ListingId listing) {
            return 0;
        }

        @Override
        public Set<UUID> open(Acting acting, Transaction tx, ListingId listing) {
            return ids;
        }

        @Override
        public boolean mayDecide(Acting acting) {
            return true;
        }

        @Override
        public List<Duty> list(Acting acting, ListingId listing) {
            return ids.stream()
                    .map(it -> new Duty(it, "new", "", Set.of(Decision.DECLINE)))
                    .toList();
        }

        @Override
        public boolean decide(Acting acting, UUID duty, Decision decision) {
            return ids.remove(duty);
        }
    }

    @Override
    public void close() {
        database.close();
        try (var files = Files.walk(keys)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
