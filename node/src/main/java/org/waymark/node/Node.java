// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.federation.discovery.WebFingerLookup;
import org.waymark.federation.inbox.Gate;
import org.waymark.federation.inbox.ProofGate;
import org.waymark.federation.inbox.RemoteKeys;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Expected;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.Knocker;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.node.account.Access;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.ApiTokens;
import org.waymark.node.account.Caretaking;
import org.waymark.node.account.DeniedMapper;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.KeyHolders;
import org.waymark.node.account.LockedMapper;
import org.waymark.node.account.Sessions;
import org.waymark.node.account.StaffGate;
import org.waymark.node.complaint.ComplaintPages;
import org.waymark.node.complaint.ComplaintSweep;
import org.waymark.node.complaint.Complaints;
import org.waymark.node.database.Database;
import org.waymark.node.database.GrowingIds;
import org.waymark.node.database.SharedCommits;
import org.waymark.node.evidence.Evidence;
import org.waymark.node.evidence.EvidenceFiles;
import org.waymark.node.evidence.EvidenceKeys;
import org.waymark.node.evidence.PlaceCodes;
import org.waymark.node.exchange.ActivityObjectResource;
import org.waymark.node.exchange.ActorDocuments;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.ActorResource;
import org.waymark.node.exchange.Deliveries;
import org.waymark.node.exchange.DeliveryResource;
import org.waymark.node.exchange.DeliveryWorker;
import org.waymark.node.exchange.DiscoveryResource;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.FollowersResource;
import org.waymark.node.exchange.Forwarding;
import org.waymark.node.exchange.GoneAddresses;
import org.waymark.node.exchange.HostSchemes;
import org.waymark.node.exchange.Inbox;
import org.waymark.node.exchange.InboxResource;
import org.waymark.node.exchange.InboxShortcut;
import org.waymark.node.exchange.InboxWorker;
import org.waymark.node.exchange.KeyChanges;
import org.waymark.node.exchange.KeyLock;
import org.waymark.node.exchange.KeyRenewal;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.MailDesk;
import org.waymark.node.exchange.NodeInfoResource;
import org.waymark.node.exchange.OrganizationActorResource;
import org.waymark.node.exchange.OrganizationInboxResource;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RateLimit;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.RemoteHosts;
import org.waymark.node.exchange.Room;
import org.waymark.node.exchange.SeenSignatures;
import org.waymark.node.exchange.SignedReaders;
import org.waymark.node.exchange.StrangersSweep;
import org.waymark.node.exchange.SwiftHandler;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.extension.Domains;
import org.waymark.node.extension.StaffSite;
import org.waymark.node.guide.AnswerFilter;
import org.waymark.node.guide.AnswerPages;
import org.waymark.node.guide.Countries;
import org.waymark.node.guide.Country;
import org.waymark.node.guide.EmergencyPages;
import org.waymark.node.guide.EntryPages;
import org.waymark.node.guide.HomePages;
import org.waymark.node.guide.KeptAnswers;
import org.waymark.node.guide.StatementPages;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.ErrorPageFilter;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.ScriptHeaders;
import org.waymark.node.http.SecurityHeaders;
import org.waymark.node.http.Site;
import org.waymark.node.http.TrustedProxies;
import org.waymark.node.http.VisitorLimits;
import org.waymark.node.listing.BulkEdits;
import org.waymark.node.listing.CheckList;
import org.waymark.node.listing.Closings;
import org.waymark.node.listing.CorrectionPages;
import org.waymark.node.listing.CorrectionSweep;
import org.waymark.node.listing.Corrections;
import org.waymark.node.listing.DraftChecks;
import org.waymark.node.listing.FollowerPosts;
import org.waymark.node.listing.HandOverActivities;
import org.waymark.node.listing.HandOvers;
import org.waymark.node.listing.HistorySweep;
import org.waymark.node.listing.HsdsCatalogue;
import org.waymark.node.listing.HsdsDoor;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.HsdsResource;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.ListingActivities;
import org.waymark.node.listing.ListingAnnouncements;
import org.waymark.node.listing.ListingCollection;
import org.waymark.node.listing.ListingCollectionResource;
import org.waymark.node.listing.ListingDigestResource;
import org.waymark.node.listing.ListingDigests;
import org.waymark.node.listing.ListingHistory;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ListingIndex;
import org.waymark.node.listing.ListingObjectResource;
import org.waymark.node.listing.ListingPages;
import org.waymark.node.listing.ListingPurges;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.MachineTranslations;
import org.waymark.node.listing.OwnPlaces;
import org.waymark.node.listing.PlacesResource;
import org.waymark.node.listing.RoundupNote;
import org.waymark.node.listing.Scratch;
import org.waymark.node.listing.SearchWords;
import org.waymark.node.listing.SharedParts;
import org.waymark.node.listing.StaffNotes;
import org.waymark.node.listing.Taxonomies;
import org.waymark.node.listing.TranslationEdits;
import org.waymark.node.listing.Translations;
import org.waymark.node.listing.Twins;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.listing.WaitingDrafts;
import org.waymark.node.listing.feed.FeedResource;
import org.waymark.node.listing.feed.SitemapResource;
import org.waymark.node.listing.freshness.CheckLinks;
import org.waymark.node.listing.freshness.CheckPages;
import org.waymark.node.listing.freshness.Freshness;
import org.waymark.node.listing.freshness.Standings;
import org.waymark.node.listing.freshness.Websites;
import org.waymark.node.listing.handout.HandOutCounts;
import org.waymark.node.listing.handout.HandOutPages;
import org.waymark.node.listing.intake.DirectoryImport;
import org.waymark.node.listing.intake.Feeds;
import org.waymark.node.listing.intake.MappedImport;
import org.waymark.node.listing.intake.Mappings;
import org.waymark.node.listing.intake.Uploads;
import org.waymark.node.listing.map.MapPages;
import org.waymark.node.listing.reminder.Campaigns;
import org.waymark.node.listing.reminder.Reminders;
import org.waymark.node.listing.reminder.StopPages;
import org.waymark.node.mail.Mail;
import org.waymark.node.mail.MailSweep;
import org.waymark.node.operation.ControlResource;
import org.waymark.node.operation.HealthResource;
import org.waymark.node.operation.Identity;
import org.waymark.node.operation.IdentityTable;
import org.waymark.node.operation.Restoration;
import org.waymark.node.operation.RunFile;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.oversight.AskedOnline;
import org.waymark.node.oversight.AuditDesk;
import org.waymark.node.oversight.BreachKeys;
import org.waymark.node.oversight.Breaches;
import org.waymark.node.oversight.DataRequests;
import org.waymark.node.oversight.OversightTraces;
import org.waymark.node.oversight.witness.AuditKeeperActivities;
import org.waymark.node.oversight.witness.AuditKeepers;
import org.waymark.node.page.AssetResource;
import org.waymark.node.page.DesignPages;
import org.waymark.node.page.ErrorPage;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Languages;
import org.waymark.node.page.NotModifiedFilter;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Styles;
import org.waymark.node.peer.AgreementActivities;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Farewells;
import org.waymark.node.peer.FederationMode;
import org.waymark.node.peer.FocalPoints;
import org.waymark.node.peer.Followers;
import org.waymark.node.peer.FollowersSynchronization;
import org.waymark.node.peer.Moves;
import org.waymark.node.peer.OrganizationClosingMapper;
import org.waymark.node.peer.PeerActivities;
import org.waymark.node.peer.PeerSuggestions;
import org.waymark.node.peer.PeerTrust;
import org.waymark.node.peer.PeeringObservers;
import org.waymark.node.peer.Peers;
import org.waymark.node.peer.VouchActivities;
import org.waymark.node.peer.VouchResource;
import org.waymark.node.peer.Vouches;
import org.waymark.node.person.PersonSide;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.AuditCare;
import org.waymark.node.privacy.AuditChain;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.DatabaseMark;
import org.waymark.node.privacy.KeyCare;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.LimitLedger;
import org.waymark.node.privacy.LockedTime;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.RecoveryKey;
import org.waymark.node.privacy.SealKeys;
import org.waymark.node.privacy.Sealing;
import org.waymark.node.privacy.StaffKeys;
import org.waymark.node.referral.Households;
import org.waymark.node.referral.ReferralComparison;
import org.waymark.node.referral.ReferralInbox;
import org.waymark.node.referral.ReferralListResource;
import org.waymark.node.referral.ReferralObjectResource;
import org.waymark.node.referral.ReferralResource;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Retention;
import org.waymark.node.referral.ServiceClosing;
import org.waymark.node.referral.mailed.MailReceivers;
import org.waymark.node.referral.mailed.RequestPages;
import org.waymark.node.referral.mailed.Requests;
import org.waymark.node.referral.placecheck.PlaceChecks;
import org.waymark.node.referral.suggest.Suggestions;
import org.waymark.node.referral.team.Absences;
import org.waymark.node.referral.team.CaseNotes;
import org.waymark.node.referral.team.Handlers;
import org.waymark.node.referral.writing.WritingAids;
import org.waymark.node.work.Work;

/// The parts list of a node, top to bottom: each part is made once, from those above it.
///
/// [#open(NodeSettings)] makes the parts, which is all that a command needs; [#start()] opens the
/// sockets and lets the workers run. Two nodes can live in one process: nothing here is static.
public final class Node implements AutoCloseable {

    // 60 s and 16 MiB: a page of fifty services with everything in them, from a slow server.
    private static final Duration FEED_DEADLINE = Duration.ofSeconds(60);
    private static final int FEED_PAGE_BYTES = 16 << 20;

    // The parts that are started and stopped, or that tests reach for.
    private final NodeSettings settings;
    private final Database database;
    private final Work work;
    private final AuditChain auditChain;
    private final KeyHolders keyHolders;
    private final KeyCare keyCare;
    private final Retention retention;
    private final ListingIndex listingIndex;
    private final UnmetNeeds unmetNeeds;
    private final HandOutCounts handOutCounts;
    private final Freshness freshness;
    private final Websites websites;
    private final Reminders reminders;
    private final ListingActivities listingActivities;
    private final ReferralComparison referralComparison;
    private final Restoration restoration;
    private final HandOverActivities handedOver;
    private final Domains domains;
    private final Site site;
    private final List<String> warnings;
    private Optional<HttpServer> publicServer = Optional.empty();
    private Optional<HttpServer> internalServer = Optional.empty();

    private Node(
            NodeSettings settings,
            Database database,
            Identity identity,
            DatabaseMark mark,
            Clock clock) {
        this.settings = settings;
        this.database = database;
        Supplier<UUID> ids = UUID::randomUUID;
        var random = new SecureRandom();
        var growingIds = new GrowingIds(clock, random);
        BaseUrl baseUrl = identity.baseUrl();

        // platform
        this.work = new Work(database, clock);
        var mail =
                new Mail(
                        database,
                        work,
                        settings.mail(),
                        baseUrl.uri().getHost(),
                        LockedTime::openSince,
                        clock,
                        ids);
        new MailSweep(database, work, clock);

        // privacy
        var keyFolder = KeyFolder.open(settings.keysDirectory(), settings.data());
        keyFolder.clean();
        var masterKey = MasterKey.open(keyFolder);
        var caseKeys = new CaseKeys(keyFolder, masterKey, clock, random);
        var sealKeys = new SealKeys(keyFolder, masterKey, clock);
        this.auditChain = new AuditChain(database, keyFolder, masterKey, clock, random);
        var audit = new Audit(database, auditChain, clock, ids);

        // account
        var access = new Access(database);
        var organizations = new HostedOrganizations(database, access, audit, ids);
        this.keyHolders =
                new KeyHolders(
                        database,
                        access,
                        audit,
                        work,
                        keyFolder,
                        masterKey,
                        new StaffKeys(keyFolder, masterKey, access.turn(), random),
                        settings.unlocking(),
                        clock);
        var holders = Optional.of(keyHolders);
        var accounts = new Accounts(database, access, audit, clock, ids, holders);
        var sessions = new Sessions(database, access, audit, clock, random, holders);
        var tokens = new ApiTokens(database, access, audit, clock, ids, random);

        // complaint
        var complaints = new Complaints(database, access, accounts, caseKeys, clock, ids, random);
        new ComplaintSweep(database, work, caseKeys, clock);

        // exchange
        var localActors = new LocalActors(baseUrl, organizations);
        var actorKeys = new ActorKeys(database, masterKey, clock);
        var proofs = new OurProofs(localActors, actorKeys);
        var client =
                GuardedClient.of(
                        ClientSettings.of(
                                NetworkRules.allowing(settings.allowNetworks()),
                                "Waymark (+" + baseUrl + ")"),
                        clock);
        var schemes = new HostSchemes(database, clock);
        var knocker = new Knocker(client, schemes);
        var fetcher = new Fetcher(knocker, actorKeys, localActors);
        var remoteActors = new RemoteActors(database, fetcher, schemes, access, clock);
        var remoteHosts = new RemoteHosts(database, access, clock, random::nextDouble);
        var outbox = new Outbox(work, caseKeys, clock);
        var deliveries = new Deliveries(database, work, remoteHosts, localActors, access, clock);
        var remoteKeys = new RemoteKeys(fetcher.documents(localActors.node()), remoteActors, clock);
        var signatures = new Gate(baseUrl.uri(), remoteKeys, clock);
        var proven = new ProofGate(remoteKeys, clock);

        var keyRenewal =
                new KeyRenewal(database, access, audit, localActors, actorKeys, masterKey, random);

        // peer
        var mode = FederationMode.of(settings.federationMode());
        var trust = new PeerTrust(database, localActors, mode);
        remoteActors.whenAdded(
                new StrangersSweep(database, work, trust, StrangersSweep.MOST_STRANGERS, clock));
        var observers = new PeeringObservers();
        var peers =
                new Peers(
                        database,
                        work,
                        access,
                        audit,
                        localActors,
                        remoteActors,
                        fetcher,
                        new WebFingerLookup(client),
                        outbox,
                        deliveries,
                        observers,
                        clock,
                        ids);
        var peerSuggestions =
                new PeerSuggestions(
                        database,
                        work,
                        access,
                        localActors,
                        remoteActors,
                        fetcher,
                        settings.publishesPeers(),
                        clock);
        var followers =
                new Followers(
                        database,
                        access,
                        audit,
                        localActors,
                        remoteActors,
                        outbox,
                        mode,
                        clock,
                        ids);
        var focalPoints = new FocalPoints(database, access, audit);
        var theirProofs = new TheirProofs(remoteActors, clock);
        var vouches =
                new Vouches(
                        database,
                        work,
                        access,
                        audit,
                        localActors,
                        baseUrl,
                        proofs,
                        outbox,
                        fetcher,
                        theirProofs,
                        clock,
                        ids);
        var agreements =
                new Agreements(
                        database,
                        access,
                        audit,
                        localActors,
                        remoteActors,
                        organizations,
                        sealKeys,
                        proofs,
                        outbox,
                        observers,
                        clock,
                        ids);
        var moves =
                new Moves(
                        database,
                        access,
                        audit,
                        localActors,
                        remoteActors,
                        followers,
                        peers,
                        outbox,
                        clock,
                        ids);
        var farewells =
                new Farewells(
                        database,
                        access,
                        audit,
                        localActors,
                        remoteActors,
                        followers,
                        agreements,
                        outbox,
                        work,
                        deliveries,
                        clock,
                        ids);

        // listing
        var country =
                settings.country()
                        .flatMap(new Countries(settings.data().resolve("countries"))::find);
        var listings =
                new Listings(
                        database,
                        work,
                        access,
                        audit,
                        organizations,
                        baseUrl,
                        clock,
                        ids,
                        settings.zone(),
                        new LimitLedger(keyFolder));
        var checkList = new CheckList(database, access, listings, clock, settings.zone());
        this.freshness =
                new Freshness(
                        database,
                        access,
                        audit,
                        listings,
                        checkList,
                        organizations,
                        work,
                        settings.freshness(),
                        country.stream()
                                .flatMap(it -> it.lines().stream())
                                .flatMap(line -> line.listing().stream())
                                .collect(Collectors.toSet()),
                        clock,
                        ids);
        var history = new ListingHistory(database, access, audit, organizations, listings);
        var waitingDrafts =
                new WaitingDrafts(database, access, audit, organizations, listings, clock, ids);
        var bulkEdits = new BulkEdits(database, access, audit, organizations, listings, ids);
        var staffNotes = new StaffNotes(database, access, audit, clock, ids);
        this.websites =
                new Websites(
                        database,
                        access,
                        listings,
                        organizations,
                        work,
                        website -> client.get(website, Expected.JSON),
                        clock);
        var standings = new Standings(database, access, listings, work, clock, settings.zone());
        var checkLinks =
                new CheckLinks(
                        database,
                        access,
                        audit,
                        listings,
                        freshness,
                        standings,
                        settings.freshness(),
                        baseUrl,
                        clock,
                        ids,
                        random);
        var searchWords = new SearchWords(database, access, audit, ids);
        this.unmetNeeds = new UnmetNeeds(database, access, clock);
        var translations = new Translations(database, access);
        var machineTranslations =
                new MachineTranslations(
                        database,
                        listings,
                        translations,
                        access,
                        audit,
                        settings.translation().open(clock),
                        settings.translation().keep(),
                        clock);
        this.handOutCounts = new HandOutCounts(database, access, clock);
        this.listingIndex =
                ListingIndex.open(
                        settings.data().resolve("index"),
                        identity.restoreId(),
                        listings,
                        searchWords,
                        clock);

        // referral
        var referrals =
                new Referrals(
                        database,
                        access,
                        audit,
                        caseKeys,
                        new Sealing(sealKeys),
                        listings,
                        agreements,
                        organizations,
                        localActors,
                        outbox,
                        work,
                        baseUrl,
                        settings.zone(),
                        clock,
                        ids,
                        random);
        var placeChecks =
                new PlaceChecks(
                        database,
                        access,
                        audit,
                        listings,
                        agreements,
                        organizations,
                        localActors,
                        outbox,
                        clock,
                        ids);
        var handlers = new Handlers(database, access, audit, referrals, settings.zone(), clock);
        var caseNotes = new CaseNotes(database, access, audit, caseKeys, referrals, clock, ids);
        referrals.connect(handlers);
        referrals.connect(caseNotes);
        var closings =
                new Closings(
                        database, listings, new ServiceClosing(database, access, audit, referrals));
        this.referralComparison =
                new ReferralComparison(
                        database,
                        work,
                        referrals,
                        agreements,
                        localActors,
                        remoteActors,
                        remoteHosts,
                        fetcher,
                        outbox,
                        deliveries,
                        clock,
                        ids,
                        random::nextDouble);
        var breachKeys = new BreachKeys(database);
        var evidenceKeys = new EvidenceKeys(database);
        this.keyCare =
                new KeyCare(
                        database,
                        work,
                        sealKeys,
                        caseKeys,
                        caseId ->
                                referrals.knows(caseId)
                                        || complaints.knows(caseId)
                                        || breachKeys.knows(caseId)
                                        || evidenceKeys.knows(caseId),
                        clock);
        this.retention =
                new Retention(
                        database, work, referrals, settings.retention(), settings.zone(), clock);

        // page
        var styles = new Styles();
        var languages = Languages.shipped().only(settings.languages());
        var danger = country.flatMap(Country::dangerLine).map(Country.Line::number);
        var caretaking = new Caretaking(organizations, accounts, clock);
        var pages = new Pages(() -> imprint(organizations, danger, caretaking), languages, styles);

        // person
        var person =
                new PersonSide(
                        database,
                        work,
                        access,
                        accounts,
                        audit,
                        caseKeys,
                        referrals,
                        listings,
                        organizations,
                        agreements,
                        focalPoints,
                        complaints,
                        settings.guide().outsidePhone(),
                        settings.intakeOrganization(),
                        country.flatMap(Country::childLine).map(Country.Line::number),
                        pages,
                        baseUrl,
                        settings.zone(),
                        clock,
                        ids,
                        random);
        // answering for it
        var breaches =
                new Breaches(
                        database, access, audit, caseKeys, referrals, person.desk(), clock, ids);

        referrals.connect(new OversightTraces(ids));
        person.connect(new AskedOnline(audit, settings.zone(), clock));

        // what it came to
        var evidence =
                new Evidence(
                        database,
                        work,
                        access,
                        caseKeys,
                        listings,
                        handOutCounts,
                        unmetNeeds,
                        settings.zone(),
                        clock,
                        ids);
        referrals.whenSomethingHappens(evidence);

        // mail to those who run a service
        this.reminders =
                new Reminders(
                        database,
                        freshness,
                        organizations,
                        mail,
                        work,
                        languages,
                        clock,
                        settings.zone(),
                        ids);
        var campaigns =
                new Campaigns(
                        database,
                        access,
                        audit,
                        listings,
                        freshness,
                        checkLinks,
                        organizations,
                        reminders,
                        mail,
                        work,
                        pages,
                        baseUrl,
                        clock,
                        ids);

        // requests to organisations without a node
        var mailReceivers = new MailReceivers(database, access, audit, baseUrl, clock, ids);
        var requests =
                new Requests(
                        database,
                        access,
                        audit,
                        caseKeys,
                        referrals.door(),
                        mailReceivers,
                        organizations,
                        mail,
                        pages,
                        baseUrl,
                        clock,
                        random);
        referrals.connect(requests);

        // listings to and from partners
        var roundups = new RoundupNote(database, baseUrl, pages);
        var posts =
                new FollowerPosts(
                        database, work, outbox, localActors, followers, roundups, clock, ids);
        this.listingActivities =
                new ListingActivities(
                        database,
                        work,
                        listings,
                        outbox,
                        localActors,
                        remoteActors,
                        remoteHosts,
                        fetcher,
                        agreements,
                        baseUrl,
                        languages,
                        proofs,
                        posts,
                        clock,
                        ids,
                        growingIds,
                        random::nextDouble);
        observers.add(listingActivities);
        this.restoration =
                new Restoration(
                        database, work, mark, deliveries, listingActivities, retention, clock);
        var signedReaders = new SignedReaders(signatures);
        var sharedListings =
                new ListingCollection(database, baseUrl, languages, proofs, identity.restoreId());

        // guide
        this.warnings = warnings(settings, country, clock);

        var purges =
                new ListingPurges(
                        database,
                        access,
                        audit,
                        work,
                        agreements,
                        localActors,
                        moves,
                        outbox,
                        clock,
                        ids);
        var corrections =
                new Corrections(
                        database,
                        access,
                        audit,
                        organizations,
                        listings,
                        localActors,
                        remoteActors,
                        peers,
                        agreements,
                        outbox,
                        clock,
                        ids,
                        random);
        new CorrectionSweep(database, work, clock);
        new HistorySweep(database, work, settings.retention().historyMonths(), clock);
        var auditCare =
                new AuditCare(database, work, audit, settings.retention().auditMonths(), clock);
        var auditKeepers =
                new AuditKeepers(
                        database,
                        work,
                        access,
                        audit,
                        peers,
                        localActors,
                        proofs,
                        outbox,
                        clock,
                        ids);
        var handOvers =
                new HandOvers(
                        database,
                        access,
                        audit,
                        organizations,
                        localActors,
                        remoteActors,
                        peers,
                        agreements,
                        proofs,
                        outbox,
                        listings,
                        baseUrl,
                        languages,
                        clock,
                        ids);
        this.handedOver =
                new HandOverActivities(
                        database,
                        localActors,
                        remoteActors,
                        peers,
                        agreements,
                        handOvers,
                        listings,
                        clock,
                        ids);
        var recommendations =
                new ListingAnnouncements(listingActivities, agreements, proven, trust);

        // what arrives, and who handles it
        var peering = new PeerActivities(database, localActors, peers, followers);
        var signing =
                new AgreementActivities(database, localActors, remoteActors, peers, audit, clock);
        var vouching = new VouchActivities(database, localActors, theirProofs, clock);
        var keeping =
                new AuditKeeperActivities(
                        database, peers, theirProofs, audit, auditCare, auditKeepers, clock);
        var router =
                new ActivityRouter()
                        .register("Follow", "", peering::follow)
                        .register("Accept", "Follow", peering::accept)
                        .register("Reject", "Follow", peering::reject)
                        .register("Undo", "Follow", peering::undo)
                        .register("Offer", "waymark:Agreement", signing::offer)
                        .register("Accept", "waymark:Agreement", signing::accept)
                        .register("Reject", "waymark:Agreement", signing::reject)
                        .register("Undo", "waymark:Agreement", signing::undo)
                        .register("Create", "waymark:Vouch", vouching::created)
                        .register("Delete", "waymark:Vouch", vouching::deleted)
                        .register("Offer", "waymark:AuditHead", keeping::offered)
                        .register("Accept", "waymark:AuditHead", keeping::accepted)
                        .register("Reject", "waymark:AuditHead", keeping::rejected)
                        .register("Undo", "waymark:AuditHead", keeping::undone)
                        .register("Delete", "OrderedCollection", listingActivities::purgeAsked)
                        .register("Accept", "Delete", purges::confirmed)
                        .register("Offer", "waymark:HandOver", handedOver::offered)
                        .register("Accept", "waymark:HandOver", handedOver::accepted)
                        .register("Reject", "waymark:HandOver", handedOver::declined)
                        .register("Undo", "waymark:HandOver", handedOver::takenBack)
                        .register(
                                "Move",
                                "",
                                received ->
                                        HandOverActivities.isOfListing(received)
                                                ? handedOver.moved(received)
                                                : moves.moved(received))
                        .register("Flag", "", corrections::flagged)
                        .register("Flag", "Note", corrections::flagged)
                        .register("Flag", "Organization", corrections::flagged)
                        .register("Accept", "Flag", corrections::answered)
                        .register("Reject", "Flag", corrections::answered)
                        .register(
                                "Create",
                                "Note",
                                new SwiftHandler(database, listingActivities::changed))
                        .register(
                                "Update",
                                "Note",
                                new SwiftHandler(database, listingActivities::changed))
                        .register(
                                "Delete",
                                "Note",
                                new SwiftHandler(database, listingActivities::deleted))
                        .register("Announce", "Note", recommendations::announced)
                        .register(
                                "Delete",
                                "",
                                // An actor that goes takes its follows along; else it may be a
                                // listing.
                                received -> {
                                    followers.deleted(received);
                                    peering.deleted(received);
                                    return listingActivities.deletedPerhaps(received);
                                })
                        .register(
                                "Update",
                                "OrderedCollection",
                                received ->
                                        referralComparison.isAsking(received)
                                                ? referralComparison.asked(received)
                                                : listingActivities.hinted(received));
        for (var type : ReferralInbox.TYPES) {
            router.register(type, ReferralInbox.REFERRAL, referrals.inbox());
        }
        router.register("Update", ReferralInbox.CASE, referrals.inbox());
        router.register("Offer", PlaceChecks.TYPE, placeChecks::asked);
        for (var type : List.of("Accept", "TentativeAccept", "Reject", "TentativeReject")) {
            router.register(type, PlaceChecks.TYPE, placeChecks::answered);
        }
        new InboxWorker(database, work, router, referrals.inbox(), caseKeys, clock);
        var commits = new SharedCommits(database);
        new DeliveryWorker(
                database,
                commits,
                work,
                knocker,
                actorKeys,
                localActors,
                caseKeys,
                followers,
                remoteActors,
                remoteHosts,
                deliveries,
                trust,
                clock,
                random::nextDouble);
        var seenSignatures = new SeenSignatures(clock, random);
        var inbox =
                new Inbox(
                        database,
                        commits,
                        work,
                        new org.waymark.federation.inbox.Inbox(
                                signatures, seenSignatures, proven, new Forwarding(trust)),
                        seenSignatures,
                        trust,
                        router,
                        referrals.inbox(),
                        caseKeys,
                        remoteHosts,
                        schemes,
                        deliveries,
                        new RateLimit(settings.activitiesPerMinute(), clock),
                        clock,
                        growingIds);
        var room = new Room(Room.DEFAULT_KILOBYTES, clock);
        inbox.whenSynchronized(
                new FollowersSynchronization(
                                database, work, localActors, fetcher, outbox, peers, clock, ids)
                        ::told);
        var actorDocuments =
                new ActorDocuments(
                        database,
                        baseUrl,
                        identity.accountDomain(),
                        localActors,
                        actorKeys,
                        sealKeys,
                        followers,
                        moves,
                        peerSuggestions,
                        clock);

        var scratch = settings.data().resolve("scratch");
        Scratch.tidy(scratch);
        var intake = new Intake(database, access, organizations, listings, scratch);
        var directoryImport =
                new DirectoryImport(
                        new HsdsImport(database, access, listings, scratch), intake, scratch);
        var mappedImport = new MappedImport(intake, settings.zone());
        var twins = new Twins(database, work, access, audit, listings, closings, clock);
        var feeds =
                new Feeds(
                        database,
                        work,
                        access,
                        intake,
                        GuardedClient.of(
                                ClientSettings.of(
                                                NetworkRules.allowing(settings.allowNetworks()),
                                                "Waymark (+" + baseUrl + ")")
                                        .withDeadline(FEED_DEADLINE)
                                        .withMaxBodyBytes(FEED_PAGE_BYTES),
                                clock),
                        twins,
                        settings.zone(),
                        clock,
                        ids);

        var uploads =
                new Uploads(
                        database,
                        work,
                        access,
                        mappedImport,
                        directoryImport,
                        twins::look,
                        settings.data().resolve("uploads"),
                        settings.http().maxFileBytes(),
                        clock,
                        ids);
        uploads.tidy();

        this.domains =
                new Domains(
                        baseUrl,
                        clock,
                        pages,
                        audit,
                        access,
                        organizations,
                        accounts,
                        sessions,
                        tokens,
                        deliveries,
                        new MailDesk(mail, access, pages),
                        remoteActors,
                        remoteHosts,
                        new KeyLock(keyHolders, database, localActors),
                        keyRenewal,
                        new KeyChanges(access, audit, localActors, actorKeys),
                        peers,
                        peerSuggestions,
                        vouches,
                        agreements,
                        followers,
                        moves,
                        farewells,
                        focalPoints,
                        listings,
                        corrections,
                        handOvers,
                        purges,
                        listingIndex,
                        searchWords,
                        unmetNeeds,
                        handOutCounts,
                        freshness,
                        standings,
                        directoryImport,
                        new HsdsExport(database, access, audit, listings),
                        new SharedParts(database, access, audit, listings),
                        new OwnPlaces(database, access),
                        new DraftChecks(database, access, organizations, listings),
                        translations,
                        machineTranslations,
                        new TranslationEdits(database, listings, access, audit, clock),
                        checkLinks,
                        campaigns,
                        websites,
                        history,
                        waitingDrafts,
                        bulkEdits,
                        staffNotes,
                        closings,
                        mappedImport,
                        new Mappings(database, access, clock),
                        uploads,
                        feeds,
                        twins,
                        new Taxonomies(database, listings, access, audit),
                        placeChecks,
                        mailReceivers,
                        requests,
                        referrals,
                        new Suggestions(
                                database,
                                access,
                                accounts,
                                localActors,
                                listingIndex,
                                referrals,
                                settings.zone(),
                                clock),
                        handlers,
                        new Absences(database, access, audit, settings.zone(), clock),
                        caseNotes,
                        new WritingAids(database, access, audit, ids),
                        new Households(database, access, audit, referrals),
                        person.desk(),
                        complaints,
                        new AuditDesk(database, access, audit, auditCare),
                        auditKeepers,
                        evidence,
                        new EvidenceFiles(
                                database,
                                access,
                                audit,
                                evidence,
                                listings,
                                organizations,
                                new PlaceCodes(
                                        settings.data().resolve("places").resolve("codes.csv"))),
                        breaches,
                        new DataRequests(
                                database,
                                access,
                                audit,
                                referrals,
                                person.desk(),
                                caseNotes,
                                settings.zone(),
                                clock,
                                ids));

        var catalogue = new HsdsCatalogue(database, listings, listingIndex::findOpenData);
        var answers = new KeptAnswers(baseUrl, clock, random);
        this.site =
                new Site(
                                baseUrl,
                                settings.http().maxBodyBytes(),
                                TrustedProxies.of(settings.http().trustedProxies()))
                        .add(new SecurityHeaders(baseUrl, List.of(styles.inlineHash())))
                        .add(new NotModifiedFilter())
                        .add(new ErrorPageFilter(new ErrorPage(pages)))
                        .add(new VisitorLimits(VisitorLimits.USUAL, clock))
                        .add(new AssetResource(styles))
                        .add(new DesignPages(pages))
                        .add(new EntryPages(pages, clock, List.of(person::leave, answers::forget)))
                        .add(new AnswerFilter(answers))
                        .add(new AnswerPages(answers))
                        .add(new HomePages(pages))
                        .add(
                                new EmergencyPages(
                                        pages,
                                        country,
                                        id ->
                                                listings.visit(new ListingId(id))
                                                        instanceof Listings.Visit.Shown,
                                        clock))
                        .add(new CheckPages(pages, checkLinks, corrections, standings))
                        .add(new StopPages(pages, reminders))
                        .add(new RequestPages(pages, requests, clock))
                        .add(new CorrectionPages(pages, listings, corrections))
                        .add(new ScriptHeaders())
                        .add(
                                new ListingPages(
                                        pages,
                                        listings,
                                        listingIndex,
                                        unmetNeeds,
                                        person::wayToAsk,
                                        clock))
                        .add(new PlacesResource(listingIndex))
                        .add(new MapPages(pages, listingIndex, clock))
                        .add(
                                new HandOutPages(
                                        pages,
                                        listings,
                                        baseUrl,
                                        handOutCounts,
                                        country.flatMap(Country::dangerLine)
                                                .map(
                                                        line ->
                                                                new HandOutPages.Danger(
                                                                        line.number(),
                                                                        line.checked())),
                                        clock))
                        .addAll(person.pages())
                        .add(
                                new ComplaintPages(
                                        pages,
                                        complaints,
                                        settings.guide().outsideName(),
                                        settings.guide().outsidePhone()))
                        .add(
                                new StatementPages(
                                        pages,
                                        settings.guide(),
                                        settings.retention(),
                                        keyHolders::opensByItself))
                        .add(
                                new ActorResource(
                                        baseUrl,
                                        actorDocuments,
                                        localActors,
                                        organizations,
                                        languages))
                        .add(
                                new OrganizationActorResource(
                                        baseUrl,
                                        actorDocuments,
                                        localActors,
                                        organizations,
                                        languages))
                        .add(new ListingObjectResource(sharedListings, baseUrl, languages))
                        .add(
                                new ListingDigestResource(
                                        new ListingDigests(
                                                database, agreements, baseUrl, languages, proofs),
                                        signedReaders,
                                        localActors,
                                        baseUrl))
                        .add(
                                new ListingCollectionResource(
                                        sharedListings, roundups, localActors, baseUrl))
                        .add(
                                new FollowersResource(
                                        followers, signedReaders, organizations, localActors))
                        .add(
                                new ActivityObjectResource(
                                        database, signedReaders, localActors, baseUrl))
                        .add(
                                new VouchResource(
                                        database,
                                        signedReaders,
                                        localActors,
                                        proofs,
                                        baseUrl,
                                        clock))
                        .add(new InboxResource(inbox, room))
                        .add(new OrganizationInboxResource(inbox, room, organizations))
                        .add(
                                new DiscoveryResource(
                                        baseUrl,
                                        identity.accountDomain(),
                                        localActors,
                                        organizations,
                                        moves))
                        .add(new GoneAddresses(moves, baseUrl, languages))
                        .addShortcut(new InboxShortcut(inbox, room, organizations, moves))
                        .add(
                                new NodeInfoResource(
                                        identity.accountDomain(),
                                        VersionCommand.version(),
                                        organizations,
                                        catalogue::countServices))
                        .add(new FeedResource(pages, listings, baseUrl, clock))
                        .add(new SitemapResource(listings, languages, baseUrl))
                        .add(new HsdsDoor())
                        .add(new HsdsResource(catalogue, baseUrl))
                        .add(
                                new ReferralObjectResource(
                                        database, signedReaders, localActors, baseUrl))
                        .add(
                                new ReferralListResource(
                                        referralComparison, signedReaders, localActors, baseUrl))
                        .add(new ReferralResource(referrals, clock))
                        .add(new DeliveryResource(deliveries, remoteHosts))
                        .add(new HealthResource(database))
                        .add(new DeniedMapper())
                        .add(new LockedMapper())
                        .add(new OrganizationClosingMapper())
                        .add(new StaffGate(baseUrl, sessions, tokens))
                        .addAll(StaffSite.found(domains))
                        .takesFile("/admin/import", settings.http().maxUploadBytes());
    }

    /// Opens the node of a data folder without serving it.
    ///
    /// @throws UnusableSettingException when there is none, or its address is not what the settings
    ///   say
    public static Node open(NodeSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    static Node open(NodeSettings settings, Clock clock) {
        var database = Database.open(settings.database());
        try {
            var identity =
                    database.read(new IdentityTable()::find)
                            .orElseThrow(
                                    () ->
                                            new UnusableSettingException(
                                                    "There is no node in "
                                                            + settings.data()
                                                            + ". Make one with: waymark init"));
            var mark = new DatabaseMark(KeyFolder.open(settings.keysDirectory(), settings.data()));
            var recognised = Restoration.recognise(database, mark, identity, UUID::randomUUID);
            var node = new Node(settings, database, recognised, mark, clock);
            node.restoration.finish();
            return node;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// The keys of a new node; `init` does this once.
    static void createKeys(NodeSettings settings) {
        MasterKey.create(
                KeyFolder.open(settings.keysDirectory(), settings.data()), new SecureRandom());
    }

    /// Gives a new node its recovery key; `init` does this once.
    ///
    /// @return the lines to print: they are kept nowhere
    static String createRecoveryKey(NodeSettings settings) {
        var created = RecoveryKey.create(new SecureRandom());
        try (var database = Database.open(settings.database())) {
            ActorKeys.keepRecovery(database, created.publicHalf(), Clock.systemUTC());
        }
        return created.key().sheet();
    }

    /// The master key as a text to print.
    static String recoverySheet(NodeSettings settings, String baseUrl) {
        var folder = KeyFolder.open(settings.keysDirectory(), settings.data());
        return MasterKey.open(folder).recoverySheet(URI.create(baseUrl));
    }

    /// Opens both listeners and lets the workers run.
    public void start() {
        start(HttpServer.bind(settings.http().address(), settings.http().port()));
    }

    /// The same with a socket that was bound before the node existed, so that its port could become
    /// part of the base URL.
    public void start(HttpServer server) {
        publicServer = Optional.of(server);
        var internal = HttpServer.bind("127.0.0.1", settings.http().internalPort());
        internalServer = Optional.of(internal);
        var token = randomToken();
        internal.serve(
                new Site(domains.baseUrl(), settings.http().maxBodyBytes())
                        .add(new ControlResource(domains, Main::parse, token)));
        keyHolders.begin();
        auditChain.start();
        keyCare.start();
        retention.start();
        listingIndex.start();
        freshness.start();
        websites.start();
        reminders.start();
        restoration.start();
        listingActivities.start();
        referralComparison.start();
        work.start();
        server.serve(site);
        new RunFile(internal.port(), token, ProcessHandle.current().pid()).write(settings.data());
    }

    /// Answers requests and lets nothing run by itself: tests run what is due.
    void serveOnly(HttpServer server) {
        keyHolders.begin();
        reminders.start();
        restoration.start();
        listingActivities.start();
        referralComparison.start();
        publicServer = Optional.of(server);
        server.serve(site);
    }

    /// What visitors miss as the node is set up; `serve` writes it to the log.
    public List<String> warnings() {
        return warnings;
    }

    private static List<String> warnings(
            NodeSettings settings, Optional<Country> country, Clock clock) {
        var warnings = new ArrayList<>(settings.guide().warnings());
        warnings.addAll(
                country.map(numbers -> numbers.warnings(LocalDate.now(clock)))
                        .orElseGet(
                                () ->
                                        List.of(
                                                "Nobody has checked whom to call in danger: set"
                                                        + " country, and write"
                                                        + " DATA/countries/<country>.json.")));
        return List.copyOf(warnings);
    }

    /// What the staff pages and the commands work with.
    public Domains domains() {
        return domains;
    }

    /// What arrives about listings that change hands, for tests that forge it.
    HandOverActivities handedOver() {
        return handedOver;
    }

    /// The rows, for tests that look at what no domain shows.
    Database database() {
        return database;
    }

    /// The durable jobs; tests run what is due.
    public Work work() {
        return work;
    }

    /// Stops in the order that loses nothing: first no new requests, then the workers, then the
    /// rows.
    @Override
    public void close() {
        publicServer.ifPresent(HttpServer::close);
        internalServer.ifPresent(HttpServer::close);
        if (internalServer.isPresent()) {
            RunFile.remove(settings.data());
        }
        work.close();
        listingIndex.close();
        unmetNeeds.write();
        handOutCounts.write();
        auditChain.close();
        database.close();
    }

    private Imprint imprint(
            HostedOrganizations organizations, Optional<String> danger, Caretaking caretaking) {
        var name =
                organizations.list().stream()
                        .findFirst()
                        .map(HostedOrganization::name)
                        .orElse("Waymark");
        return new Imprint(
                name,
                settings.country().orElse(""),
                settings.contact(),
                settings.guide().outsidePhone(),
                settings.leaveTo(),
                danger,
                settings.training(),
                caretaking.endedAt().map(it -> it.atZone(settings.zone()).toLocalDate()));
    }

    private static String randomToken() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
