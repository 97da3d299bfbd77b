// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Gives what comes in its id here: a UUID stays as it is unless somebody else here has it; from
/// everything else one is made, the same every time. Knows what partners publish, too.
final class IntakeIds {

    private static final Pattern LISTING_ADDRESS =
            Pattern.compile(
                    "https?://([^/?#]+)/(?:[A-Za-z-]{2,10}/)?s/([0-9a-fA-F-]{36})(?:[/?#].*)?");

    private final UUID publisher;
    private final ImportReport report;
    private final Map<UUID, Aggregate.Type> own = new HashMap<>();
    private final Set<UUID> held = new HashSet<>();
    private final Set<String> copies = new HashSet<>();
    private final Set<UUID> copyIds = new HashSet<>();
    private final Map<UUID, UUID> shownBy = new HashMap<>();
    private final Map<UUID, Aggregate.Type> taken = new HashMap<>();
    private final Set<UUID> reported = new HashSet<>();

    private IntakeIds(UUID publisher, ImportReport report) {
        this.publisher = publisher;
        this.report = report;
    }

    /// @param hosted the organisations of this node
    static IntakeIds load(
            Transaction tx,
            OrganizationId publisher,
            List<OrganizationId> hosted,
            ImportReport report) {
        var ids = new IntakeIds(publisher.value(), report);
        for (var it : AggregateTable.listTypes(tx)) {
            if (it.publisher().equals(publisher)) {
                ids.own.put(it.id(), it.type());
            } else {
                ids.held.add(it.id());
            }
        }
        PlaceTable.list(tx).forEach(it -> ids.shownBy.put(it.id(), it.service()));
        for (var copy : ListingTable.listCopyNames(tx)) {
            ids.held.add(copy.id().value());
            ids.copyIds.add(copy.id().value());
            address(copy.uri().toString())
                    .ifPresent(
                            it -> {
                                ids.copies.add(it);
                                Document.uuid(it.substring(it.lastIndexOf('/') + 1))
                                        .ifPresent(ids.copyIds::add);
                            });
        }
        hosted.stream()
                .map(OrganizationId::value)
                .filter(id -> !id.equals(publisher.value()))
                .forEach(ids.held::add);
        return ids;
    }

    /// What a foreign id means here.
    UUID of(Aggregate.Type type, String foreign, String where) {
        var made = NameUuid.of(publisher, key(type), foreign);
        var given = uuid(foreign);
        if (given.isEmpty() || own.get(made) == type) {
            return made;
        }
        var id = given.get();
        if (held.contains(id) || isAnother(own.get(id), type) || isAnother(taken.get(id), type)) {
            if (reported.add(id)) {
                report.note(Problem.ID_HELD_ELSEWHERE, where + ": " + foreign);
            }
            return made;
        }
        taken.put(id, type);
        return id;
    }

    private static boolean isAnother(Aggregate.@Nullable Type there, Aggregate.Type type) {
        return there != null && there != type;
    }

    /// An id for what has none.
    UUID ofContent(Aggregate.Type type, String content) {
        return NameUuid.of(publisher, key(type), "content", content);
    }

    /// An id for a service at a place: its own unless another service shows it.
    UUID at(UUID service, String foreign, String where) {
        var made = NameUuid.of(service, "service_at_location", foreign);
        var given = uuid(foreign);
        if (given.isEmpty() || service.equals(shownBy.get(made))) {
            return made;
        }
        var there = shownBy.get(given.get());
        if (there != null && !there.equals(service)) {
            report.note(Problem.ID_HELD_ELSEWHERE, where + ": " + foreign);
            return made;
        }
        return given.get();
    }

    boolean isKnown(UUID id, Aggregate.Type type) {
        return own.get(id) == type;
    }

    private static Optional<UUID> uuid(String text) {
        return text.length() == 36 ? Document.uuid(text) : Optional.empty();
    }

    private static String key(Aggregate.Type type) {
        return type == Aggregate.Type.TERM
                ? "taxonomy_term_id"
                : type.name().toLowerCase(Locale.ROOT) + "_id";
    }

    /// Whether a record is what a partner publishes, by the address that it names or by its id.
    boolean isOfPartner(JsonNode service) {
        for (var text :
                List.of(
                        service.path("origin").path("uri").asText(),
                        service.path("id").asText(),
                        service.path("uri").asText(),
                        service.path("url").asText())) {
            if (address(text).filter(copies::contains).isPresent()) {
                return true;
            }
        }
        return uuid(service.path("id").asText())
                .filter(copyIds::contains)
                .filter(id -> !own.containsKey(id))
                .isPresent();
    }

    /// The host and the id of a listing's address, whatever the language of the page.
    private static Optional<String> address(String text) {
        var matcher = LISTING_ADDRESS.matcher(text);
        return matcher.matches()
                ? Optional.of((matcher.group(1) + "/" + matcher.group(2)).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
