// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.privacy.Acting;

/// The directions of ARCHITECTURE.md, held.
class ArchitectureTest {

    private static final String ROOT = "org.waymark.node";
    private static final List<String> PLATFORM =
            List.of("database", "search", "work", "http", "page", "mail", "translation");

    /// Each may use those before it.
    private static final List<String> DOMAINS =
            List.of(
                    "privacy",
                    "account",
                    "exchange",
                    "peer",
                    "listing",
                    "guide",
                    "complaint",
                    "referral",
                    "person",
                    "participation",
                    "oversight",
                    "evidence",
                    "operation");

    /// Commands work on all domains, so operation sees the record of them.
    private static final Set<String> MAY_SEE_EXTENSION = Set.of("operation");

    private static final Set<String> STATEMENTS =
            Set.of("list", "find", "update", "insertIfAbsent", "batch");

    /// Public methods of classes that open transactions and yet do not ask who acts, each with its
    /// reason. "public": it reads what every visitor may see. "gate": it finds out who acts.
    /// "peer": another node asks, and its signature or trust is what is checked. "engine": a worker
    /// or the start calls it, for no person. "joins": it runs inside a transaction of somebody who
    /// asked.
    private static final Map<String, String> ACT_FOR_NOBODY =
            Map.ofEntries(
                    entry("ApiTokens.find", "gate"),
                    entry("Uploads.mostBytes", "public"),
                    entry("Listings.outdatedPlaces", "public"),
                    entry("Uploads.tidy", "engine"),
                    entry("Access.has", "joins"),
                    entry("Access.turn", "engine"),
                    entry("KeyHolders.isLocked", "public"),
                    entry("KeyHolders.unlocking", "public"),
                    entry("KeyHolders.needsSheet", "public"),
                    entry("KeyHolders.opensByItself", "public"),
                    entry("KeyHolders.begin", "engine"),
                    entry("KeyHolders.run", "engine"),
                    entry("KeyLock.isLocked", "public"),
                    entry("KeyLock.unlocking", "public"),
                    entry("KeyLock.needsSheet", "public"),
                    entry("Sessions.signIn", "gate"),
                    entry("Sessions.find", "gate"),
                    entry("Sessions.visitor", "gate"),
                    entry("Sessions.signOut", "gate"),
                    entry("Sessions.switchTo", "gate"),
                    entry("Sessions.organizations", "gate"),
                    entry("HostedOrganizations.list", "public"),
                    entry("HostedOrganizations.find", "public"),
                    entry("HostedOrganizations.findBySlug", "public"),
                    entry("ActorKeys.of", "engine"),
                    entry("ActivityObjectResource.activity", "peer"),
                    entry("VouchResource.vouch", "peer"),
                    entry("Deliveries.giveUpAll", "engine"),
                    entry("Deliveries.isUnderWay", "joins"),
                    entry("Deliveries.isSpeaking", "joins"),
                    entry("Deliveries.isAnythingUnderWay", "joins"),
                    entry("Deliveries.resume", "joins"),
                    entry("Inbox.whenSynchronized", "engine"),
                    entry("FollowersSynchronization.told", "peer"),
                    entry("Followers.livingAt", "peer"),
                    entry("Inbox.receive", "peer"),
                    entry("Inbox.countUnknown", "public"),
                    entry("Referrals.whenClockRings", "joins"),
                    entry("RemoteActors.find", "public"),
                    entry("RemoteActors.get", "public"),
                    entry("RemoteActors.refresh", "public"),
                    entry("RemoteActors.findByKey", "public"),
                    entry("RemoteActors.findRemembered", "public"),
                    entry("RemoteActors.put", "engine"),
                    entry("RemoteActors.whenRenewed", "engine"),
                    entry("RemoteActors.isAnnounced", "joins"),
                    entry("ActorKeys.recovery", "public"),
                    entry("RemoteActors.remembers", "peer"),
                    entry("HostSchemes.find", "engine"),
                    entry("HostSchemes.remember", "engine"),
                    entry("RemoteHosts.whenBack", "engine"),
                    entry("PeerTrust.ask", "peer"),
                    entry("PeerTrust.isPaused", "engine"),
                    entry("PeerTrust.isNeeded", "engine"),
                    entry("PeerTrust.isPartner", "engine"),
                    entry("RemoteActors.whenAdded", "engine"),
                    entry("Followers.isAsked", "public"),
                    entry("Moves.alsoKnownAs", "public"),
                    entry("Moves.movedTo", "public"),
                    entry("Moves.isGone", "public"),
                    entry("PeerSuggestions.isOn", "public"),
                    entry("PeerSuggestions.named", "public"),
                    entry("Moves.isNodeGone", "public"),
                    entry("Followers.count", "public"),
                    entry("HsdsCatalogue.countServices", "public"),
                    entry("Listings.listIds", "public"),
                    entry("Listings.listLatest", "public"),
                    entry("Complaints.isOpen", "public"),
                    entry("Complaints.knows", "engine"),
                    entry("Complaints.file", "public"),
                    entry("Complaints.findByCode", "public"),
                    entry("Corrections.hear", "public"),
                    entry("Corrections.findByCode", "public"),
                    entry("Listings.visit", "public"),
                    entry("Listings.list", "public"),
                    entry("Listings.alternatives", "public"),
                    entry("Listings.findProvider", "public"),
                    entry("Listings.listOf", "public"),
                    entry("Listings.countByTopic", "public"),
                    entry("Listings.changesAfter", "engine"),
                    entry("UnmetNeeds.write", "engine"),
                    entry("HandOutCounts.write", "engine"),
                    entry("Freshness.start", "engine"),
                    entry("Websites.start", "engine"),
                    entry("Standings.today", "public"),
                    entry("MachineTranslations.isOn", "public"),
                    entry("Reminders.start", "engine"),
                    entry("Requests.holds", "joins"),
                    entry("Requests.ready", "joins"),
                    entry("Requests.of", "joins"),
                    entry("Requests.said", "joins"),
                    entry("Requests.compose", "engine"),
                    entry("Requests.find", "gate"),
                    entry("Requests.show", "gate"),
                    entry("Requests.takesCode", "gate"),
                    entry("Requests.showContact", "gate"),
                    entry("Requests.answer", "gate"),
                    entry("Requests.renew", "gate"),
                    entry("Requests.phoneOf", "gate"),
                    entry("OutsideDoor.contactWent", "joins"),
                    entry("Referrals.connect", "engine"),
                    entry("Referrals.door", "engine"),
                    entry("Reminders.findStop", "gate"),
                    entry("Reminders.stop", "gate"),
                    entry("CheckLinks.find", "gate"),
                    entry("CheckLinks.confirm", "gate"),
                    entry("CheckLinks.tell", "gate"),
                    entry("CheckLinks.close", "gate"),
                    entry("ListingActivities.start", "engine"),
                    entry("ListingActivities.restored", "engine"),
                    entry("ListingActivities.recall", "engine"),
                    entry("Restoration.finish", "engine"),
                    entry("Restoration.start", "engine"),
                    entry("ListingActivities.listingsShared", "joins"),
                    entry("ListingActivities.listingsStopped", "joins"),
                    entry("ReferralComparison.start", "engine"),
                    entry("ReferralInbox.fateOf", "peer"),
                    entry("ReferralObjectResource.referral", "peer"),
                    entry("ReferralObjectResource.caseOf", "peer"),
                    entry("Referrals.calls", "engine"),
                    entry("Referrals.calendars", "engine"),
                    entry("Referrals.duties", "engine"),
                    entry("Referrals.duplicates", "engine"),
                    entry("Handlers.succeeded", "joins"),
                    entry("Handlers.forgotten", "joins"),
                    entry("Handlers.erased", "joins"),
                    entry("CaseNotes.succeeded", "joins"),
                    entry("CaseNotes.forgotten", "joins"),
                    entry("CaseNotes.erased", "joins"),
                    entry("Referrals.successions", "engine"),
                    entry("PlaceChecks.asked", "peer"),
                    entry("PlaceChecks.answered", "peer"),
                    entry("Referrals.inbox", "engine"),
                    entry("Referrals.knows", "engine"),
                    entry("Retention.run", "engine"),
                    entry("Retention.start", "engine"),
                    entry("Retention.restored", "engine"),
                    entry("Audit.record", "joins"),
                    entry("Audit.list", "joins"),
                    entry("Audit.verify", "engine"),
                    entry("Audit.listNewest", "joins"),
                    entry("Audit.prune", "engine"),
                    entry("Audit.sealWaiting", "engine"),
                    entry("Audit.prunedTo", "engine"),
                    entry("Audit.state", "engine"),
                    entry("Audit.claim", "joins"),
                    entry("BreachKeys.knows", "engine"),
                    entry("EvidenceKeys.knows", "engine"),
                    entry("Evidence.happened", "joins"),
                    entry("Evidence.lastYear", "public"),
                    entry("Evidence.forOthers", "public"),
                    entry("Referrals.whenSomethingHappens", "engine"),
                    entry("AuditChain.start", "engine"),
                    entry("AuditChain.sealWaiting", "engine"),
                    entry("AuditChain.close", "engine"),
                    entry("KeyCare.start", "engine"),
                    entry("KeyCare.run", "engine"),
                    entry("HealthResource.live", "public"),
                    entry("HealthResource.ready", "public"),
                    entry("HealthResource.started", "public"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("/templates/"))
                    .importPackages(ROOT);

    @Test
    void thereAreClassesToCheck() {
        assertThat(CLASSES.size()).isGreaterThan(100);
        assertThat(PLATFORM.stream().filter(ArchitectureTest::exists))
                .contains("database", "work", "http", "page");
        assertThat(DOMAINS.stream().filter(ArchitectureTest::exists))
                .contains("privacy", "account", "exchange", "peer", "listing", "operation");
    }

    @Test
    void thePlatformKnowsNoDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(PLATFORM))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(DOMAINS))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(of("extension"))
                .check(CLASSES);
    }

    @Test
    void aDomainUsesOnlyThoseToItsLeft() {
        for (int i = 0; i < DOMAINS.size(); i++) {
            var toTheRight = DOMAINS.subList(i + 1, DOMAINS.size());
            if (toTheRight.isEmpty() || !exists(DOMAINS.get(i))) {
                continue;
            }
            noClasses()
                    .that()
                    .resideInAPackage(of(DOMAINS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(toTheRight))
                    .check(CLASSES);
        }
    }

    /// Nothing about a person may reach a translation service: those who hold such things do not
    /// know that there is one.
    @Test
    void onlyTextsForThePublicAreTranslated() {
        noClasses()
                .that(
                        are(
                                describe(
                                        "neither the directory nor the parts list",
                                        type ->
                                                !type.getPackageName().equals(ROOT)
                                                        && !type.getPackageName()
                                                                .startsWith(ROOT + ".listing")
                                                        && !type.getPackageName()
                                                                .equals(ROOT + ".translation"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(of("translation"))
                .check(CLASSES);
    }

    @Test
    void onlyTheRootAndTheCommandsSeeAllDomainsAtOnce() {
        var others =
                DOMAINS.stream().filter(domain -> !MAY_SEE_EXTENSION.contains(domain)).toList();
        noClasses()
                .that()
                .resideInAnyPackage(packages(others))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(of("extension"))
                .check(CLASSES);
    }

    @Test
    void nobodySeesTheRoot() {
        noClasses()
                .that(are(describe("below the root", type -> !type.getPackageName().equals(ROOT))))
                .should()
                .dependOnClassesThat(
                        are(describe("the root", type -> type.getPackageName().equals(ROOT))))
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void sqlStandsOnlyInTables() {
        noClasses()
                .that()
                .resideOutsideOfPackage(of("database"))
                .and(are(describe("no tables", type -> !type.getName().matches(".*Table(\\$.*)?"))))
                .should()
                .callMethodWhere(describe("a statement", ArchitectureTest::isStatement))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(of("database"))
                .and(are(describe("not Main", type -> !type.getName().equals(ROOT + ".Main"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.apache.derby..")
                .check(CLASSES);
    }

    @Test
    void onlyTheFederationClientOpensSocketsToOtherMachines() {
        noClasses()
                .that(
                        are(
                                describe(
                                        "not the command line's own client, which reaches 127.0.0.1"
                                                + " only",
                                        type ->
                                                !type.getName()
                                                        .startsWith(
                                                                ROOT
                                                                        + ".operation.ControlClient"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.helidon.webclient..", "java.net.http..", "java.nio.channels.spi..")
                .orShould()
                .dependOnClassesThat(
                        are(
                                describe(
                                        "sockets",
                                        type ->
                                                Set.of(
                                                                "java.net.Socket",
                                                                "java.net.URLConnection",
                                                                "java.net.HttpURLConnection",
                                                                "java.net.DatagramSocket",
                                                                "java.nio.channels.SocketChannel")
                                                        .contains(type.getName()))))
                .check(CLASSES);
    }

    @Test
    void onlyOneClassSpeaksToTheMailServer() {
        noClasses()
                .that(
                        are(
                                describe(
                                        "not the postman",
                                        type ->
                                                !type.getName()
                                                        .startsWith(ROOT + ".mail.SmtpPostman"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
                .check(CLASSES);
    }

    @Test
    void tablesStayInTheirPackage() {
        noClasses()
                .that(are(simpleNameEndingWith("Table")))
                .and(are(resideInAnyPackage(packages(DOMAINS))))
                .and(
                        are(
                                describe(
                                        "not the node's identity",
                                        type -> !type.getSimpleName().equals("IdentityTable"))))
                .should()
                .bePublic()
                .check(CLASSES);
    }

    @Test
    void whoActsComesFirst() {
        methods()
                .that()
                .arePublic()
                .and()
                .areNotStatic()
                .and(are(describe("of a public domain class", ArchitectureTest::opensTransactions)))
                .and(
                        are(
                                describe(
                                        "not activities, which the inbox verified",
                                        method -> !takesFirst(method, ReceivedActivity.class))))
                .and(
                        are(
                                describe(
                                        "not excepted with a reason",
                                        method -> !ACT_FOR_NOBODY.containsKey(name(method)))))
                .should(
                        have(
                                describe(
                                        "Acting as first parameter",
                                        method -> takesFirst(method, Acting.class))))
                .check(CLASSES);
    }

    @Test
    void everyExceptionFromActingFirstIsStillNeeded() {
        var needed =
                CLASSES.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(ArchitectureTest::opensTransactions)
                        .filter(method -> !takesFirst(method, Acting.class))
                        .map(ArchitectureTest::name)
                        .toList();

        assertThat(needed).containsAll(ACT_FOR_NOBODY.keySet());
    }

    private static boolean opensTransactions(JavaMethod method) {
        var owner = method.getOwner();
        return owner.getModifiers().contains(JavaModifier.PUBLIC)
                && resideInAnyPackage(packages(DOMAINS)).test(owner)
                && owner.getFields().stream()
                        .anyMatch(field -> field.getRawType().isEquivalentTo(Database.class));
    }

    private static boolean takesFirst(JavaMethod method, Class<?> type) {
        return method.getRawParameterTypes().stream()
                .findFirst()
                .filter(first -> first.isEquivalentTo(type))
                .isPresent();
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }

    private static boolean isStatement(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Transaction.class)
                && STATEMENTS.contains(call.getName());
    }

    private static boolean exists(String name) {
        return CLASSES.stream()
                .anyMatch(type -> type.getPackageName().startsWith(ROOT + "." + name));
    }

    private static String[] packages(List<String> names) {
        return Stream.concat(names.stream().filter(ArchitectureTest::exists), Stream.of("none"))
                .map(ArchitectureTest::of)
                .toArray(String[]::new);
    }

    private static String of(String name) {
        return ROOT + "." + name + "..";
    }
}
