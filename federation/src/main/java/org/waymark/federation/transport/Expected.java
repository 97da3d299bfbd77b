// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What kind of document is asked for. An answer of another kind is refused: a server that lets
/// people upload files must not be turned into one that speaks for its users.
public enum Expected {
    /// ActivityPub, section 3.2.
    ACTIVITY(
            "application/activity+json, application/ld+json;"
                    + " profile=\"https://www.w3.org/ns/activitystreams\""),
    /// WebFinger, RFC 7033 section 10.2.
    JRD("application/jrd+json"),
    /// NodeInfo.
    JSON("application/json");

    private static final String PROFILE = "https://www.w3.org/ns/activitystreams";

    private final String accept;

    Expected(String accept) {
        this.accept = accept;
    }

    String accept() {
        return accept;
    }

    boolean matches(String contentType) {
        List<String> parts = Stream.of(contentType.split(";", 20)).map(String::strip).toList();
        String type = parts.getFirst().toLowerCase(Locale.ROOT);
        return switch (this) {
            case ACTIVITY ->
                    "application/activity+json".equals(type)
                            || ("application/ld+json".equals(type)
                                    && parts.stream().anyMatch(Expected::namesProfile));
            case JRD -> "application/jrd+json".equals(type);
            case JSON -> "application/json".equals(type);
        };
    }

    private static boolean namesProfile(String parameter) {
        if (!parameter.toLowerCase(Locale.ROOT).startsWith("profile=")) {
            return false;
        }
        // A profile is a list of addresses (RFC 6906).
        String value = parameter.substring("profile=".length()).replace("\"", "");
        return List.of(value.split(" ", 20)).contains(PROFILE);
    }
}
