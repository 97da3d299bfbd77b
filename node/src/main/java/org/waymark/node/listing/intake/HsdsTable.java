// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.listing.Intake.Entity;

/// The tables of a HSDS 2.0 or 3.x package: which object a row becomes, and in which list of which
/// owner it stands.
enum HsdsTable {
    ORGANIZATION("organization", "organizations", Entity.ORGANIZATION),
    LOCATION("location", "locations", Entity.LOCATION),
    SERVICE("service", "services", Entity.SERVICE),
    PROGRAM("program", "programs", Entity.PROGRAM),
    TAXONOMY("taxonomy", "taxonomies", Entity.TAXONOMY),
    TAXONOMY_TERM("taxonomy_term", "taxonomy_terms", Entity.TAXONOMY_TERM),
    SERVICE_AT_LOCATION("service_at_location", "service_at_locations"),
    CONTACT("contact", "contacts"),
    PHONE("phone", "phones"),
    ADDRESS("address", "addresses"),
    PHYSICAL_ADDRESS("physical_address", "physical_addresses"),
    POSTAL_ADDRESS("postal_address", "postal_addresses"),
    SCHEDULE("schedule", "schedules"),
    FUNDING("funding", "fundings"),
    SERVICE_AREA("service_area", "service_areas"),
    REQUIRED_DOCUMENT("required_document", "required_documents"),
    LANGUAGE("language", "languages"),
    ACCESSIBILITY("accessibility", "accessibilities"),
    ACCESSIBILITY_FOR_DISABILITIES(
            "accessibility_for_disabilities", "accessibility_for_disabilities"),
    COST_OPTION("cost_option", "cost_options"),
    PAYMENT_ACCEPTED("payment_accepted", "payments_accepted"),
    ELIGIBILITY("eligibility", "eligibilities"),
    ORGANIZATION_IDENTIFIER("organization_identifier", "organization_identifiers"),
    SERVICE_CAPACITY("service_capacity", "service_capacities"),
    UNIT("unit", "units"),
    URL("url", "urls"),
    ATTRIBUTE("attribute", "attributes"),
    SERVICE_ATTRIBUTE("service_attribute", "service_attributes"),
    OTHER_ATTRIBUTE("other_attribute", "other_attributes"),
    SERVICE_TAXONOMY("service_taxonomy", "services_taxonomy"),
    METADATA("metadata", "metadata");

    private final String one;
    private final String many;
    private final Optional<Entity> entity;

    HsdsTable(String one, String many) {
        this(one, many, Optional.empty());
    }

    HsdsTable(String one, String many, Entity entity) {
        this(one, many, Optional.of(entity));
    }

    HsdsTable(String one, String many, Optional<Entity> entity) {
        this.one = one;
        this.many = many;
        this.entity = entity;
    }

    /// The table behind a file's name without its ending.
    static Optional<HsdsTable> named(String name) {
        var small = name.toLowerCase(Locale.ROOT).strip();
        return Arrays.stream(values())
                .filter(
                        table ->
                                table.one.equals(small)
                                        || table.many.equals(small)
                                        || (table == SERVICE_AT_LOCATION
                                                && small.equals("services_at_location")))
                .findFirst();
    }

    /// What a row becomes, when it stands by itself.
    Optional<Entity> entity() {
        return entity;
    }

    /// The column in other tables that names a row of this one.
    String key() {
        return one + "_id";
    }

    /// Where a row may belong, best first.
    List<HsdsTable> owners() {
        return switch (this) {
            case ORGANIZATION, LOCATION, SERVICE, PROGRAM, TAXONOMY, TAXONOMY_TERM, UNIT ->
                    List.of();
            case SERVICE_AT_LOCATION,
                    REQUIRED_DOCUMENT,
                    COST_OPTION,
                    PAYMENT_ACCEPTED,
                    ELIGIBILITY,
                    SERVICE_CAPACITY,
                    SERVICE_ATTRIBUTE,
                    SERVICE_TAXONOMY ->
                    List.of(SERVICE);
            case CONTACT -> List.of(SERVICE_AT_LOCATION, SERVICE, LOCATION, ORGANIZATION);
            case PHONE -> List.of(CONTACT, SERVICE_AT_LOCATION, SERVICE, LOCATION, ORGANIZATION);
            case ADDRESS,
                    PHYSICAL_ADDRESS,
                    POSTAL_ADDRESS,
                    ACCESSIBILITY,
                    ACCESSIBILITY_FOR_DISABILITIES ->
                    List.of(LOCATION);
            case SCHEDULE -> List.of(SERVICE_AT_LOCATION, SERVICE, LOCATION);
            case FUNDING, URL -> List.of(SERVICE, ORGANIZATION);
            case SERVICE_AREA -> List.of(SERVICE_AT_LOCATION, SERVICE);
            case LANGUAGE -> List.of(PHONE, SERVICE, LOCATION);
            case ORGANIZATION_IDENTIFIER -> List.of(ORGANIZATION);
            // These name their owner by link_id or resource_id.
            case ATTRIBUTE, OTHER_ATTRIBUTE, METADATA -> List.of();
        };
    }

    /// Whether its rows may belong to rows of any table.
    boolean isLinked() {
        return this == ATTRIBUTE || this == OTHER_ATTRIBUTE || this == METADATA;
    }

    /// The list in its owner that its objects stand in.
    String member(HsdsTable owner) {
        return switch (this) {
            case PHYSICAL_ADDRESS, POSTAL_ADDRESS -> ADDRESS.many;
            case ACCESSIBILITY, ACCESSIBILITY_FOR_DISABILITIES -> ACCESSIBILITY.one;
            case FUNDING -> FUNDING.one;
            case PAYMENT_ACCEPTED -> COST_OPTION.many;
            case SERVICE_CAPACITY -> "capacities";
            case URL -> owner == ORGANIZATION ? "additional_websites" : "additional_urls";
            case SERVICE_ATTRIBUTE, OTHER_ATTRIBUTE, SERVICE_TAXONOMY -> ATTRIBUTE.many;
            default -> many;
        };
    }
}
