// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.complaint.Complaints;
import org.waymark.node.database.Database;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.AskWay;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.page.Pages;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.FocalPoints;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.referral.Referrals;
import org.waymark.node.work.Work;

/// The parts list of this package: the pages of the person, and what staff do for them.
public final class PersonSide {

    // 20 requests from one line: a morning in a waiting room. After that one every five minutes.
    private static final int REQUESTS_OF_A_LINE = 20;
    private static final Duration BETWEEN_MORE = Duration.ofMinutes(5);

    private final Visits visits;
    private final PersonMessages messages;
    private final PersonDesk desk;
    private final SelfRequests requests;
    private final List<Object> pages;

    /// @param outsidePhone who takes complaints outside; without it nobody asks for help here
    /// @param intakeSlug the organisation that looks after what people ask online, if it is named
    /// @param childLine whom a child alone can call
    public PersonSide(
            Database database,
            Work work,
            Access access,
            Accounts accounts,
            Audit audit,
            CaseKeys keys,
            Referrals referrals,
            Listings listings,
            HostedOrganizations organizations,
            Agreements agreements,
            FocalPoints focalPoints,
            Complaints complaints,
            Optional<String> outsidePhone,
            Optional<String> intakeSlug,
            Optional<String> childLine,
            Pages pages,
            BaseUrl baseUrl,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.visits = new Visits(database, baseUrl, clock, random);
        var codes = new HelpCodes(database, clock, random);
        this.messages = new PersonMessages(keys, clock, ids);
        this.desk = new PersonDesk(database, access, audit, referrals, codes, messages, clock);
        var attendance = new Attendance(accounts, referrals, keys, clock);
        this.requests =
                new SelfRequests(
                        referrals,
                        listings,
                        new Intake(database, organizations, intakeSlug),
                        attendance,
                        agreements,
                        focalPoints,
                        complaints,
                        outsidePhone.isPresent(),
                        codes,
                        baseUrl,
                        zone,
                        clock);
        var file =
                new PersonFile(
                        database,
                        referrals,
                        organizations,
                        codes,
                        messages,
                        attendance,
                        audit,
                        zone,
                        clock);
        this.pages =
                List.of(
                        new AskPages(
                                pages,
                                requests,
                                visits,
                                new CodeTries(clock, random, REQUESTS_OF_A_LINE, BETWEEN_MORE),
                                childLine),
                        new PersonPages(pages, codes, visits, file, baseUrl, outsidePhone));
        referrals.connect(new PersonTraces());
        new PersonSweep(database, work, keys, clock);
    }

    /// How visitors ask for help from a listing.
    ///
    /// @param listing one that visitors see
    public AskWay wayToAsk(Listing listing) {
        return switch (requests.door(listing)) {
            case SelfRequests.Door.Open _ -> AskWay.FORM;
            case SelfRequests.Door.ByPhone _ -> AskWay.PHONE;
            case SelfRequests.Door.There _ -> AskWay.THERE;
            case SelfRequests.Door.Closed _ -> AskWay.NONE;
        };
    }

    /// The resources to bind.
    public List<Object> pages() {
        return pages;
    }

    /// Who keeps the clocks of what the law gives a person. Call before the node starts.
    public void connect(Rights rights) {
        messages.connect(rights);
    }

    public PersonDesk desk() {
        return desk;
    }

    /// Quick exit: ends what this browser was doing.
    public void leave(ContainerRequestContext request) {
        visits.leave(request);
    }
}
