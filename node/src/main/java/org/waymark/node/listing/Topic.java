// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Arrays;
import java.util.Optional;

/// The nine needs that every directory here is sorted by.
public enum Topic {
    PAPERS("papers", "legal_status", "Papers and rights"),
    LANGUAGE("language", "language", "Language"),
    EDUCATION("education", "education", "Education"),
    HOUSING("housing", "accommodation", "Housing"),
    MONEY("money", "social_security", "Money and benefits"),
    WORK("work", "employment", "Work"),
    TRANSPORT("transport", "transport", "Transport"),
    COMMUNITY("community", "social_integration", "Community"),
    HEALTH("health", "health", "Health");

    private final String slug;
    private final String code;
    private final String title;

    Topic(String slug, String code, String title) {
        this.slug = slug;
        this.code = code;
        this.title = title;
    }

    /// The word in addresses and message keys.
    public String slug() {
        return slug;
    }

    /// The word in exchanged data, shared with other projects' nine pillars.
    public String code() {
        return code;
    }

    /// The English name, for machines that have no messages.
    public String title() {
        return title;
    }

    /// Whether it tells something about a person that can harm her on a shared phone.
    public boolean isSensitive() {
        return this == PAPERS || this == HEALTH;
    }

    public static Optional<Topic> ofSlug(String slug) {
        return Arrays.stream(values()).filter(topic -> topic.slug.equals(slug)).findFirst();
    }

    public static Optional<Topic> ofCode(String code) {
        return Arrays.stream(values()).filter(topic -> topic.code.equals(code)).findFirst();
    }
}
