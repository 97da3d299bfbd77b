// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The places that somebody ticked, in their order: they travel in forms and addresses and are kept
/// nowhere. An address says nothing of them but their ids.
///
/// @param ids at most [#MOST]
public record Picks(List<ListingId> ids) {

    /// What fits on two sides of paper, and in a code that an old phone can read.
    public static final int MOST = 5;

    /// The name of the box in every form.
    public static final String FIELD = "pick";

    private static final int LENGTH_OF_ID = 22;

    public Picks {
        ids = List.copyOf(ids);
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("Too many");
        }
    }

    /// What was ticked in a form: the first five.
    public static Picks of(MultivaluedMap<String, String> form) {
        return new Picks(ticked(form).stream().limit(MOST).toList());
    }

    /// Whether more were ticked than there is room for.
    public static boolean isTooMany(MultivaluedMap<String, String> form) {
        return ticked(form).size() > MOST;
    }

    private static List<ListingId> ticked(MultivaluedMap<String, String> form) {
        var found = new LinkedHashSet<ListingId>();
        for (var text : form.getOrDefault(FIELD, List.of())) {
            Document.uuid(text).map(ListingId::new).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /// What stands in an address; empty if it is none of ours.
    public static Optional<Picks> parse(String path) {
        var found = new ArrayList<ListingId>();
        for (var part : path.split("\\.", -1)) {
            if (part.length() != LENGTH_OF_ID || found.size() == MOST) {
                return Optional.empty();
            }
            try {
                var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(part));
                found.add(new ListingId(new UUID(bytes.getLong(), bytes.getLong())));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new Picks(List.copyOf(new LinkedHashSet<>(found))));
    }

    /// For an address: a third shorter than the ids as we usually write them, so that the squares
    /// of the code are larger.
    public String path() {
        return ids.stream().map(Picks::shortened).collect(Collectors.joining("."));
    }

    private static String shortened(ListingId id) {
        var bytes =
                ByteBuffer.allocate(16)
                        .putLong(id.value().getMostSignificantBits())
                        .putLong(id.value().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    public boolean contains(ListingId id) {
        return ids.contains(id);
    }

    public Picks without(ListingId id) {
        return new Picks(ids.stream().filter(it -> !it.equals(id)).toList());
    }

    /// Those that are not among the shown ones: a form carries them along unseen.
    public List<ListingId> besides(List<Listing> shown) {
        var here = shown.stream().map(Listing::id).toList();
        return ids.stream().filter(id -> !here.contains(id)).toList();
    }
}
