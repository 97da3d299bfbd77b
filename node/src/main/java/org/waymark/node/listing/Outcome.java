// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// What came of a staff member's change to a listing.
public sealed interface Outcome {

    record Changed(Listing listing) implements Outcome {}

    record NothingToChange(Listing listing) implements Outcome {}

    /// It would show more, so a second person must ask for the same.
    record NeedsSecondPerson(Listing listing) implements Outcome {}

    record NotFound(ListingId id) implements Outcome {}

    /// A copy, or another organisation's.
    record NotYours(ListingId id) implements Outcome {}

    /// Someone changed it meanwhile.
    record Stale(Listing current) implements Outcome {}
}
