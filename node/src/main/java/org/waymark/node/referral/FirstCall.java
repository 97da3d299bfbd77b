// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// A call about a listing, before anything was written about a person. Nothing of a person is in
/// it.
///
/// @param account who called
public record FirstCall(
        CallId id,
        OrganizationId organization,
        ListingId listing,
        AccountId account,
        Instant at,
        Call.Result result) {}
