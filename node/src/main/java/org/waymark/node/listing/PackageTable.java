// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tables of a HSDS 1.1 package that an import understands, those first that others refer to.
enum PackageTable {
    ORGANIZATION("organization", "organizations"),
    PROGRAM("program", "programs"),
    LOCATION("location", "locations"),
    TAXONOMY("taxonomy", "taxonomies"),
    SERVICE("service", "services"),
    SERVICE_AT_LOCATION("service_at_location", "services_at_location", "service_at_locations"),
    CONTACT("contact", "contacts"),
    PHONE("phone", "phones"),
    PHYSICAL_ADDRESS("physical_address", "physical_addresses"),
    POSTAL_ADDRESS("postal_address", "postal_addresses"),
    REGULAR_SCHEDULE("regular_schedule", "regular_schedules"),
    HOLIDAY_SCHEDULE("holiday_schedule", "holiday_schedules"),
    LANGUAGE("language", "languages"),
    ACCESSIBILITY("accessibility_for_disabilities"),
    ELIGIBILITY("eligibility", "eligibilities"),
    SERVICE_AREA("service_area", "service_areas"),
    REQUIRED_DOCUMENT("required_document", "required_documents"),
    PAYMENT_ACCEPTED("payment_accepted", "payments_accepted"),
    FUNDING("funding", "fundings"),
    SERVICE_TAXONOMY("service_taxonomy", "services_taxonomy");

    private final List<String> names;

    PackageTable(String... names) {
        this.names = List.of(names);
    }

    /// The table behind a resource's or file's name, without its ending.
    static Optional<PackageTable> named(String name) {
        var small = name.toLowerCase(Locale.ROOT).strip();
        return Arrays.stream(values()).filter(table -> table.names.contains(small)).findFirst();
    }

    /// Where a row of this table may belong, best first; empty for what stands by itself.
    List<PackageTable> owners() {
        return switch (this) {
            case ORGANIZATION, LOCATION, TAXONOMY, SERVICE -> List.of();
            case PROGRAM -> List.of(ORGANIZATION);
            case SERVICE_AT_LOCATION,
                    ELIGIBILITY,
                    SERVICE_AREA,
                    REQUIRED_DOCUMENT,
                    PAYMENT_ACCEPTED,
                    SERVICE_TAXONOMY ->
                    List.of(SERVICE);
            case CONTACT -> List.of(SERVICE, SERVICE_AT_LOCATION, ORGANIZATION);
            case PHONE -> List.of(CONTACT, SERVICE, SERVICE_AT_LOCATION, LOCATION, ORGANIZATION);
            case PHYSICAL_ADDRESS, POSTAL_ADDRESS, ACCESSIBILITY -> List.of(LOCATION);
            case REGULAR_SCHEDULE, HOLIDAY_SCHEDULE ->
                    List.of(SERVICE, SERVICE_AT_LOCATION, LOCATION);
            case LANGUAGE -> List.of(SERVICE, LOCATION);
            case FUNDING -> List.of(SERVICE, ORGANIZATION);
        };
    }

    /// Whether rows of other tables name its rows, or it makes an object of its own.
    boolean isReferredTo() {
        return ordinal() <= CONTACT.ordinal();
    }

    /// The column in other tables that refers to this one.
    String key() {
        return names.getFirst() + "_id";
    }
}
