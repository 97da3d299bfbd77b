// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.waymark.node.listing.HsdsParameter.FORMAT;
import static org.waymark.node.listing.HsdsParameter.FULL;
import static org.waymark.node.listing.HsdsParameter.FULL_SERVICE;
import static org.waymark.node.listing.HsdsParameter.MINIMAL;
import static org.waymark.node.listing.HsdsParameter.MODIFIED_AFTER;
import static org.waymark.node.listing.HsdsParameter.ORGANIZATION_ID;
import static org.waymark.node.listing.HsdsParameter.PAGE;
import static org.waymark.node.listing.HsdsParameter.PARENT_ID;
import static org.waymark.node.listing.HsdsParameter.PER_PAGE;
import static org.waymark.node.listing.HsdsParameter.POSTCODE;
import static org.waymark.node.listing.HsdsParameter.PROXIMITY;
import static org.waymark.node.listing.HsdsParameter.SEARCH;
import static org.waymark.node.listing.HsdsParameter.TAXONOMY_ID;
import static org.waymark.node.listing.HsdsParameter.TAXONOMY_TERM_ID;
import static org.waymark.node.listing.HsdsParameter.TOP_ONLY;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the HSDS API has lists of, and by what each can be narrowed.
enum HsdsKind {
    SERVICES(
            "services",
            "service",
            SEARCH,
            PAGE,
            PER_PAGE,
            FORMAT,
            TAXONOMY_TERM_ID,
            TAXONOMY_ID,
            ORGANIZATION_ID,
            MODIFIED_AFTER,
            MINIMAL,
            FULL),
    ORGANIZATIONS(
            "organizations",
            "organization",
            SEARCH,
            PAGE,
            PER_PAGE,
            FORMAT,
            TAXONOMY_TERM_ID,
            TAXONOMY_ID,
            FULL_SERVICE,
            FULL),
    SERVICE_AT_LOCATIONS(
            "service_at_locations",
            "service_at_location",
            SEARCH,
            PAGE,
            PER_PAGE,
            FORMAT,
            TAXONOMY_TERM_ID,
            TAXONOMY_ID,
            ORGANIZATION_ID,
            MODIFIED_AFTER,
            FULL,
            POSTCODE,
            PROXIMITY),
    TAXONOMIES("taxonomies", "taxonomy", SEARCH, PAGE, PER_PAGE, FORMAT),
    TAXONOMY_TERMS(
            "taxonomy_terms",
            "taxonomy_term",
            SEARCH,
            PAGE,
            PER_PAGE,
            FORMAT,
            TAXONOMY_ID,
            TOP_ONLY,
            PARENT_ID);

    private final String path;
    private final String object;
    private final List<HsdsParameter> parameters;

    HsdsKind(String path, String object, HsdsParameter... parameters) {
        this.path = path;
        this.object = object;
        this.parameters = List.of(parameters);
    }

    String path() {
        return path;
    }

    /// What HSDS calls one of them.
    String object() {
        return object;
    }

    List<HsdsParameter> parameters() {
        return parameters;
    }

    /// What one of them can be asked with.
    List<HsdsParameter> parametersOfOne() {
        return this == ORGANIZATIONS ? List.of(FULL_SERVICE) : List.of();
    }

    static Optional<HsdsKind> ofPath(String path) {
        return Arrays.stream(values()).filter(kind -> kind.path.equals(path)).findFirst();
    }
}
