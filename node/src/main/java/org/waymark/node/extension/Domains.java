// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.extension;

import org.waymark.node.account.Access;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.ApiTokens;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Sessions;
import org.waymark.node.exchange.Deliveries;
import org.waymark.node.exchange.KeyChanges;
import org.waymark.node.exchange.KeyRenewal;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.RemoteHosts;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Corrections;
import org.waymark.node.listing.HandOvers;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.listing.ListingIndex;
import org.waymark.node.listing.ListingPurges;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.SearchWords;
import org.waymark.node.listing.SharedParts;
import org.waymark.node.listing.Translations;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.listing.freshness.Freshness;
import org.waymark.node.listing.freshness.Standings;
import org.waymark.node.listing.handout.HandOutCounts;
import org.waymark.node.listing.intake.DirectoryImport;
import org.waymark.node.page.Pages;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Farewells;
import org.waymark.node.peer.FocalPoints;
import org.waymark.node.peer.Followers;
import org.waymark.node.peer.Moves;
import org.waymark.node.peer.Peers;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Referrals;

import java.time.Clock;

/// The public objects of a node: what the staff pages and the commands work with.
public record Domains(
        BaseUrl baseUrl,
        Clock clock,
        Pages pages,
        Audit audit,
        Access access,
        HostedOrganizations organizations,
        Accounts accounts,
        Sessions sessions,
        ApiTokens tokens,
        Deliveries deliveries,
        RemoteActors remoteActors,
        RemoteHosts remoteHosts,
        KeyRenewal keyRenewal,
        KeyChanges keyChanges,
        Peers peers,
        Agreements agreements,
        Followers followers,
        Moves moves,
        Farewells farewells,
        FocalPoints focalPoints,
        Listings listings,
        Corrections corrections,
        HandOvers handOvers,
        ListingPurges purges,
        ListingIndex listingIndex,
        SearchWords searchWords,
        UnmetNeeds unmetNeeds,
        HandOutCounts handOutCounts,
        Freshness freshness,
        Standings standings,
        DirectoryImport directoryImport,
        HsdsExport hsdsExport,
        SharedParts sharedParts,
        Translations translations,
        Referrals referrals) {}
