// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// All that comes in, each made and checked once and put aside on disk, so that a large directory
/// needs little memory: where it came from can be forgotten before anything is written. For one
/// thread.
final class Prepared implements AutoCloseable {

    // 500 of some 300 bytes: services that stand together in a file show the same things.
    private static final int MOST_READ = 500;
    private static final List<String> WHAT_JUDGING_NEEDS =
            List.of("id", "name", "alternate_name", "description", "website", "translations");

    private static final int STEP = 100;
    private static final String SERVICE = "service";
    private static final String EXAMPLE = "example";

    private static final Aggregate.Type[] TYPES = Aggregate.Type.values();

    private final OrganizationId publisher;
    private final Scratch shared;
    private final Scratch services;
    // Where each lies, and what it is; the complement of it when it was taken.
    private final IdMap sharedAt = new IdMap();
    private final IdMap servicesAt = new IdMap();
    private final Map<UUID, Aggregate> read =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, Aggregate> eldest) {
                    return size() > MOST_READ;
                }
            };

    /// @param scratch where it may be put aside
    Prepared(OrganizationId publisher, Path scratch) {
        this.publisher = publisher;
        this.shared = new Scratch(scratch);
        this.services = new Scratch(scratch);
    }

    /// Makes and checks everything.
    ///
    /// @param parts what services share
    /// @param example how a service is named in the report
    void fill(
            List<Supplier<Aggregate>> parts,
            List<UUID> ids,
            Function<UUID, Aggregate> service,
            Function<Aggregate, String> example,
            ImportReport report,
            Progress progress) {
        var total = parts.size() + ids.size();
        var done = 0;
        for (var part : parts) {
            var made = part.get();
            report.check(made);
            sharedAt.put(made.id(), place(shared.add(made.json()), made.type()));
            step(progress, ++done, total);
        }
        for (var id : ids) {
            var made = service.apply(id);
            report.check(made);
            var row = Document.object().put(EXAMPLE, example.apply(made));
            row.set(SERVICE, made.json());
            servicesAt.put(id, place(services.add(row), made.type()));
            step(progress, ++done, total);
        }
    }

    private static void step(Progress progress, int done, int total) {
        if (done % STEP == 0 || done == total) {
            progress.step("Checking", done, total);
        }
    }

    private static long place(long position, Aggregate.Type type) {
        return position * TYPES.length + type.ordinal();
    }

    /// What services share, in the order in which it was added.
    List<UUID> shared() {
        return sharedAt.ids();
    }

    List<UUID> services() {
        return servicesAt.ids();
    }

    int countShared() {
        return sharedAt.size();
    }

    boolean isLocation(UUID id) {
        var place = sharedAt.get(id);
        return place.isPresent() && type(whole(place.getAsLong())) == Aggregate.Type.LOCATION;
    }

    Aggregate service(UUID id) {
        var json = (ObjectNode) row(id).get(SERVICE);
        return new Aggregate(id, Aggregate.Type.SERVICE, publisher, json);
    }

    String example(UUID service) {
        return row(service).path(EXAMPLE).asText();
    }

    private ObjectNode row(UUID service) {
        return services.get(position(servicesAt.get(service).orElseThrow()));
    }

    Aggregate part(UUID id) {
        var place = whole(sharedAt.get(id).orElseThrow());
        return new Aggregate(id, type(place), publisher, shared.get(position(place)));
    }

    /// What is shared, for whoever asks first; empty when it was given before, or never came.
    Optional<Aggregate> take(UUID id) {
        var place = sharedAt.get(id);
        if (place.isEmpty() || place.getAsLong() < 0) {
            return Optional.empty();
        }
        sharedAt.put(id, ~place.getAsLong());
        return Optional.of(part(id));
    }

    /// What is shared and nobody took.
    List<UUID> left() {
        return shared().stream().filter(id -> sharedAt.get(id).orElseThrow() >= 0).toList();
    }

    /// Those of these that came in, with as much of each as [Caution] needs. Not to be changed.
    Map<UUID, Aggregate> forJudging(Collection<UUID> ids) {
        var found = new HashMap<UUID, Aggregate>();
        for (var id : ids) {
            if (sharedAt.has(id)) {
                found.put(id, read.computeIfAbsent(id, this::shortened));
            }
        }
        return found;
    }

    private Aggregate shortened(UUID id) {
        var part = part(id);
        part.json().retain(WHAT_JUDGING_NEEDS);
        return part;
    }

    private static long whole(long place) {
        return place < 0 ? ~place : place;
    }

    private static long position(long place) {
        return place / TYPES.length;
    }

    private static Aggregate.Type type(long place) {
        return TYPES[(int) (place % TYPES.length)];
    }

    @Override
    public void close() {
        try (services) {
            shared.close();
        }
    }
}
