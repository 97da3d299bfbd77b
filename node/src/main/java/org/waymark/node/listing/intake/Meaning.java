// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.util.Arrays;
import java.util.Optional;

/// What a column or a value of others can become in a listing.
public enum Meaning {
    ID("id", Shape.ID),
    NAME("name", Shape.TEXT),
    ALTERNATE_NAME("alternate_name", Shape.TEXT),
    DESCRIPTION("description", Shape.TEXT),
    TOPIC("topic", Shape.LIST),
    ACCESS("access", Shape.WORD),
    HOW_TO_GET_IN("application_process", Shape.TEXT),
    ELIGIBILITY("eligibility_description", Shape.TEXT),
    FEES("fees_description", Shape.TEXT),
    BRING("bring", Shape.TEXT),
    ALERT("alert", Shape.TEXT),
    REFERRAL_POLICY("referral_policy", Shape.WORD),
    NAME_NEEDED("name_needed", Shape.WORD),
    PAPERS_NEEDED("papers_needed", Shape.WORD),
    MAY_HAVE_TO_REPORT("may_have_to_report", Shape.WORD),
    STATUS("status", Shape.WORD),
    REACH("reach", Shape.WORD),
    PLACE("place", Shape.WORD),
    ASSURED_DATE("assured_date", Shape.WORD),
    MINIMUM_AGE("minimum_age", Shape.WORD),
    MAXIMUM_AGE("maximum_age", Shape.WORD),
    PHONE("phone", Shape.LIST),
    MOBILE("mobile", Shape.LIST),
    EMAIL("email", Shape.WORD),
    URL("url", Shape.WORD),
    LANGUAGE("language", Shape.LIST),
    AREA("area", Shape.LIST),
    DOCUMENT("document", Shape.LIST),
    CONTACT("contact/name", Shape.LIST),
    ORGANIZATION_ID("organization/id", Shape.ID),
    ORGANIZATION_NAME("organization/name", Shape.TEXT),
    ORGANIZATION_DESCRIPTION("organization/description", Shape.TEXT),
    ORGANIZATION_WEBSITE("organization/website", Shape.WORD),
    ORGANIZATION_EMAIL("organization/email", Shape.WORD),
    PLACE_NAME("location/name", Shape.TEXT),
    PLACE_DESCRIPTION("location/description", Shape.TEXT),
    TRANSPORTATION("location/transportation", Shape.TEXT),
    LATITUDE("location/latitude", Shape.WORD),
    LONGITUDE("location/longitude", Shape.WORD),
    ACCESSIBILITY("location/accessibility", Shape.LIST),
    STREET("address/address_1", Shape.WORD),
    STREET_MORE("address/address_2", Shape.WORD),
    CITY("address/city", Shape.WORD),
    REGION("address/region", Shape.WORD),
    STATE("address/state_province", Shape.WORD),
    POSTAL_CODE("address/postal_code", Shape.WORD),
    COUNTRY("address/country", Shape.WORD),
    DAYS("schedule/byday", Shape.WORD),
    OPENS_AT("schedule/opens_at", Shape.WORD),
    CLOSES_AT("schedule/closes_at", Shape.WORD),
    VALID_FROM("schedule/valid_from", Shape.WORD),
    VALID_TO("schedule/valid_to", Shape.WORD),
    HOURS("schedule/description", Shape.WORD);

    /// How values are put there.
    enum Shape {
        /// As it is.
        ID,
        /// In several languages, several rules one below the other.
        TEXT,
        /// One value; a later rule goes on where an earlier one ended.
        WORD,
        /// Any number of values.
        LIST
    }

    private final String target;
    private final Shape shape;

    Meaning(String target, Shape shape) {
        this.target = target;
        this.shape = shape;
    }

    /// The name in mappings.
    public String target() {
        return target;
    }

    /// Whether it may be said in several languages.
    public boolean isText() {
        return shape == Shape.TEXT;
    }

    Shape shape() {
        return shape;
    }

    public static Optional<Meaning> of(String target) {
        return Arrays.stream(values()).filter(it -> it.target.equals(target)).findFirst();
    }
}
