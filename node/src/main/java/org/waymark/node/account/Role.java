// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.waymark.node.account.Right.DRAFT_LISTINGS;
import static org.waymark.node.account.Right.EDIT_LISTINGS;
import static org.waymark.node.account.Right.MANAGE_ACCOUNTS;
import static org.waymark.node.account.Right.MANAGE_ORGANIZATION;
import static org.waymark.node.account.Right.MANAGE_PEERS;
import static org.waymark.node.account.Right.READ_AUDIT;
import static org.waymark.node.account.Right.READ_COMPLAINTS;
import static org.waymark.node.account.Right.REVIEW_LISTINGS;
import static org.waymark.node.account.Right.SEE_LISTINGS;
import static org.waymark.node.account.Right.SEE_PARTNERS;
import static org.waymark.node.account.Right.SEE_REFERRALS;
import static org.waymark.node.account.Right.SIGN_AGREEMENTS;
import static org.waymark.node.account.Right.WORK_ON_REFERRALS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a person is for an organisation; several at once are usual in a small one. The sets below
/// are the whole rights matrix: what is not named is refused.
public enum Role {
    /// Runs the node and its accounts. Reads no cases.
    ADMINISTRATOR(
            SEE_LISTINGS,
            DRAFT_LISTINGS,
            EDIT_LISTINGS,
            REVIEW_LISTINGS,
            SEE_PARTNERS,
            MANAGE_PEERS,
            SIGN_AGREEMENTS,
            MANAGE_ACCOUNTS,
            MANAGE_ORGANIZATION,
            READ_AUDIT),
    /// Answers for the organisation's work.
    MANAGER(
            SEE_LISTINGS,
            DRAFT_LISTINGS,
            EDIT_LISTINGS,
            REVIEW_LISTINGS,
            SEE_PARTNERS,
            MANAGE_PEERS,
            SIGN_AGREEMENTS,
            SEE_REFERRALS,
            WORK_ON_REFERRALS,
            MANAGE_ORGANIZATION),
    /// Helps people: sends and answers referrals.
    CASEWORKER(SEE_LISTINGS, DRAFT_LISTINGS, SEE_PARTNERS, SEE_REFERRALS, WORK_ON_REFERRALS),
    /// Keeps the directory right.
    EDITOR(SEE_LISTINGS, DRAFT_LISTINGS, EDIT_LISTINGS, REVIEW_LISTINGS, SEE_PARTNERS),
    /// Looks things up for people, and writes drafts of listings. Nothing about a person is shown.
    VOLUNTEER(SEE_LISTINGS, DRAFT_LISTINGS),
    /// Takes complaints, and has nothing to do with those who handle requests.
    OMBUDSPERSON(READ_COMPLAINTS);

    private final Set<Right> rights;

    Role(Right... rights) {
        this.rights = Set.of(rights);
    }

    public Set<Right> rights() {
        return rights;
    }

    /// The name on command lines, in forms and in message keys, such as `caseworker`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> find(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
