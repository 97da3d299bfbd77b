// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

/// What a signed-in person may do for an organisation. [Role] says who has which.
public enum Right {
    /// See all listings of the organisation, held ones included, and the copies from partners.
    SEE_LISTINGS,
    /// Write down changes of listings that somebody else publishes, and remarks for the staff.
    DRAFT_LISTINGS,
    /// Change listings and import them.
    EDIT_LISTINGS,
    /// Publish what the safety rules held back, and raise how far a listing reaches.
    REVIEW_LISTINGS,
    /// See partners, agreements and focal points with their phone numbers.
    SEE_PARTNERS,
    /// Ask for peering and answer it, pause, end and block.
    MANAGE_PEERS,
    /// Write and sign partner agreements, name focal points.
    SIGN_AGREEMENTS,
    /// Read referrals and the people behind them.
    SEE_REFERRALS,
    /// Write, send, answer and close referrals.
    WORK_ON_REFERRALS,
    /// Add people, give and take roles, end their sessions, make API tokens.
    MANAGE_ACCOUNTS,
    /// Rename the organisation, change its phone and languages.
    MANAGE_ORGANIZATION,
    /// Read who did what.
    READ_AUDIT,
    /// Read complaints and answer them; never together with reading referrals (safety.md 12).
    READ_COMPLAINTS
}
