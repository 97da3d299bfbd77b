// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// Something that an import met, what was done about it, and whether the row it stood in was left
/// out. Names are codes in the report, in small letters with hyphens.
public enum Problem {
    UNKNOWN_FILE("The file is of no table that we know", "left out", true),
    BLANK_ROW("There is nothing in the row", "left out", true),
    DUPLICATE_ROW("The same row stands there twice", "left out", true),
    NAME_MISSING("It has no name", "left out", true),
    ATTACHES_TO_NOTHING("It says of nothing to what it belongs", "left out", true),
    OWNER_NOT_IN_PACKAGE("What it belongs to is not in the package", "left out", true),
    CLOSED_HERE("Staff have closed this service here", "left out", true),
    TOPIC_UNKNOWN("The pillar is none of the nine", "left out", true),

    NOT_A_RECORD("It is no record", "left out", true),
    REPEATED_RECORD("A record before it has the same id", "left out", true),
    FROM_A_PARTNER("It is a copy of what a partner publishes", "left out", true),
    ANOTHER_LANGUAGE_ONLY("It is not in the file of the first language", "left out", true),

    ORGANIZATION_NOT_IN_PACKAGE(
            "The organisation of the service is not in the package",
            "a placeholder stands for it",
            false),
    REFERENCE_NOT_IN_PACKAGE(
            "It names something that is not in the package", "the name is left out", false),
    BLANK_ID("It has no id", "an id was made from its content", false),
    REPEATED_ID("Its id is given to several", "an id was made from its content", false),
    UNKNOWN_COLUMN("The column is not of HSDS 1.1", "kept under its name", false),
    STATUS_MISSING("It does not say whether the service runs", "taken as active", false),
    DESCRIPTION_MISSING("It has no description", "left empty", false),
    REPEATED_NAME("Several services have this name", "kept", false),

    ID_HELD_ELSEWHERE("Its id belongs to somebody else here", "an id was made from it", false),
    NOT_AS_EXPORTED(
            "It is not as the export wrote it: its checksum does not fit",
            "taken like anybody's",
            false),
    CYCLE("It is above itself", "what is above it is left out", false),
    REMOVED_AT_SOURCE("The source has it no more", "stays, for a person to decide", false),
    PERHAPS_TWICE("It looks like another listing", "kept, for a person to compare", false),

    NOT_UTF_8("The file is not in UTF-8", "read as its letters suggest", false),
    MIXED_LINE_ENDS("Lines end in several ways", "all taken as ends of lines", false),
    FORMULA("A formula stands in the cell", "its last result is taken, or nothing", false),
    COLUMN_NOT_USED("The mapping does not use it", "left out", false),
    VALUE_NOT_KNOWN("The mapping does not know the value", "left out", false),
    TEXTS_SWAPPED("Texts of two languages are swapped", "put right", false),
    TEXT_IN_OTHER_LANGUAGE("It is not in the language it should be in", "kept as it is", false),
    NOT_TRANSLATED("The translation says the same as the original", "left out", false),

    MARKUP("HTML stands in the text", "made plain text", false),
    INVISIBLE_CHARACTERS("Characters that nobody sees stand in the text", "cut out", false),
    TEXT_TOO_LONG("The text is longer than 20,000 characters", "cut off", false),
    HISTORY("It says who changed what", "held back", false),
    BLANKS_AROUND("Blanks stand before or after the text", "cut off", false),
    LITERAL_LINE_BREAK("\\n stands for a new line", "made a new line", false),
    MARKER("A mark of the old system stands in the text", "cut out", false),
    MISREAD_CHARACTERS("Characters were misread before", "put right", false),
    URL_WITHOUT_SCHEME("The web address does not begin with http", "https:// put before it", false),
    URL_UNUSABLE("It is not a web address", "kept apart, not shown", false),
    COUNTRY_MISSING("The address has no country", "the given one put in", false),
    ADDRESS_INCOMPLETE("Street, town, state or postal code is missing", "left empty", false),
    COORDINATE_UNUSABLE("It is not a coordinate", "left out", false),
    NUMBER_UNUSABLE("It is not a number", "left out", false),
    TIME_NOT_UNDERSTOOD("The hours are not times of day", "kept as text", false),
    LANGUAGE_NOT_UNDERSTOOD("The words name no one language", "kept as text", false),
    SEVERAL_LANGUAGES("The words name several languages", "taken apart", false),
    EXTENSION_IN_NUMBER("The extension stands in the phone number", "taken apart", false),

    PERSONAL_NAME("It names a person", "held back", false),
    PERSONAL_MAIL("It is the mail address of a person", "held back", false),
    PERSONAL_NUMBER("It is the number of a person", "held back", false),
    MOBILE("It is a mobile number", "held back", false),

    HIDDEN_HOUSE(
            "The place is one that no listing here tells",
            "shown without its address, until two people agree",
            false),
    SHARED_TEXT_HIDDEN_HOUSE(
            "A text that listings here share would name a house that none of them tells",
            "left as it was",
            false),

    REVIEW_ENFORCEMENT(
            "Police, detention or immigration enforcement",
            "waits in the review queue, unpublished",
            false),
    REVIEW_VIOLENCE("Violence", "waits in the review queue, unpublished", false),
    REVIEW_TRAFFICKING("Trafficking", "waits in the review queue, unpublished", false),
    REVIEW_CHILD_PROTECTION("Child protection", "waits in the review queue, unpublished", false),
    REVIEW_LGBTIQ("LGBTIQ+", "waits in the review queue, unpublished", false),
    REVIEW_ASYLUM_HOUSING("Asylum housing", "waits in the review queue, unpublished", false),
    REVIEW_WOMEN_ONLY("For women only", "waits in the review queue, unpublished", false),
    REVIEW_STAFF_REMARK(
            "A remark for staff stands in the text",
            "waits in the review queue, unpublished",
            false),
    REVIEW_PERSONAL(
            "The text names a person's number or mail address",
            "waits in the review queue, unpublished",
            false),
    REVIEW_HIDDEN_HOUSE(
            "A text names a house that no listing here tells",
            "waits in the review queue, unpublished",
            false),
    REVIEW_OFFER(
            "A room, a job or a lift is offered", "waits in the review queue, unpublished", false);

    private final String meaning;
    private final String done;
    private final boolean leavesRowOut;

    Problem(String meaning, String done, boolean leavesRowOut) {
        this.meaning = meaning;
        this.done = done;
        this.leavesRowOut = leavesRowOut;
    }

    public String meaning() {
        return meaning;
    }

    public String done() {
        return done;
    }

    /// Whether the row is reported instead of imported.
    public boolean leavesRowOut() {
        return leavesRowOut;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Problem of(Review.Reason reason) {
        return valueOf("REVIEW_" + reason.name());
    }
}
