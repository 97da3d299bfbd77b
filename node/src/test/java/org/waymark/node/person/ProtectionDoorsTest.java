// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Provider;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.NewReferral;
import org.waymark.node.referral.NewReferral.Protection;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.Urgency;

/// safety.md 9 as a table: every topic at every door, told of the person or known of the service.
/// There is no form and no request, but a phone and the code `protection-by-phone`.
class ProtectionDoorsTest {

    private static final TestClock CLOCK = new TestClock();

    private enum Topics {
        VIOLENCE("hurt", "House for women who fled violence"),
        TRAFFICKING("controlled", "Help for victims of human trafficking"),
        TORTURE("tortured", "Treatment centre for survivors of torture"),
        CHILD_PROTECTION("child", "Child protection emergency service");

        private final String trouble;
        private final String service;

        Topics(String trouble, String service) {
            this.trouble = trouble;
            this.service = service;
        }

        Set<Protection> protection() {
            return Set.of(Protection.valueOf(name()));
        }
    }

    private enum Door {
        /// The form on the public site.
        SELF,
        /// The form that staff fill in.
        STAFF,
        /// A program with a token.
        API,
        /// Staff again, but who is asked has no node and would get a mail.
        MAIL
    }

    private static TestNode node;
    private static Acting sara;
    private static OrganizationId clinic;
    private static String token;
    private static Listing beds;
    private static Listing mailed;
    private static final Map<Topics, Listing> OURS = new EnumMap<>(Topics.class);
    private static final Map<Topics, Listing> MAILED = new EnumMap<>(Topics.class);

    @BeforeAll
    static void open() throws IOException {
        node =
                TestNode.still(
                        CLOCK,
                        "shelter",
                        "The Shelter",
                        "complaint.outside-phone=+49 30 5550999",
                        "intake.organization=shelter",
                        "mail.host=127.0.0.1",
                        "mail.port=1",
                        "mail.tls=off",
                        "mail.from=office@shelter.example");
        node.person("olga@shelter.example", Role.OMBUDSPERSON);
        var account = node.person("sara@shelter.example", Role.CASEWORKER);
        sara = TestNode.acting(account, Purpose.HELP);
        token =
                node.domains()
                        .tokens()
                        .create(Acting.node(), account, "a program")
                        .orElseThrow()
                        .secret()
                        .value();
        var added =
                node.domains()
                        .organizations()
                        .add(Acting.node(), "The Clinic", "clinic", Optional.empty(), List.of());
        clinic = ((HostedOrganizations.Outcome.Done) added).organization().id();
        agree();
        var outside = outside();
        beds = add("Beds for families", Optional.empty());
        mailed = add("More beds", Optional.of(outside));
        agreeByMail(mailed);
        for (var topic : Topics.values()) {
            OURS.put(topic, add(topic.service, Optional.empty()));
            MAILED.put(topic, add(topic.service + " II", Optional.of(outside)));
        }
        // The neighbours that pass: what is not protected is asked by each of these doors.
        assertThat(staff(beds.id(), Set.of(), false)).isInstanceOf(MoveOutcome.Moved.class);
        assertThat(staff(mailed.id(), Set.of(), false)).isInstanceOf(MoveOutcome.Moved.class);
        assertThat(api(beds.id(), Set.of(), false).statusCode()).isEqualTo(201);
        try (var visitor = new Visitor(node.url())) {
            assertThat(visitor.postBare("/en/ask", "listing", beds.id().toString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static Provider outside() throws IOException {
        node.domains()
                .directoryImport()
                .run(
                        node.acting(),
                        Path.of("src/test/resources/hsds/lindmar-1.1"),
                        new HsdsImport.Options(
                                node.organization().id(),
                                Optional.of("XL"),
                                ZoneId.of("Europe/Berlin"),
                                "en",
                                Optional.empty(),
                                false),
                        (_, _, _) -> {});
        return node.domains().listings().list(node.acting(), "Swimming", 1).getFirst().provider();
    }

    private static Listing add(String name, Optional<Provider> outside) {
        var draft =
                Draft.named(Text.of("en", name))
                        .topics(Set.of(Topic.HOUSING))
                        .referralPolicy(ReferralPolicy.TAKEN);
        outside.ifPresent(it -> draft.provider(it.id()));
        var listings = node.domains().listings();
        var owner = outside.isPresent() ? node.acting() : Acting.node(clinic);
        var listing = listings.add(owner, draft.build());
        if (listing.review().isForPhoneOnly()) {
            listings.publish(owner, listing.id(), Kind.HELP, Reach.SITE, Place.PHONE_ONLY);
        }
        return listing;
    }

    /// With the clinic, which lives on the same node.
    private static void agree() {
        for (var organization : List.of(node.organization().id(), clinic)) {
            for (var duty : FocalPoint.Duty.values()) {
                var point =
                        new FocalPoint(
                                duty,
                                "Shift lead",
                                "+49 30 5550100",
                                "",
                                List.of(),
                                LocalDate.now(CLOCK));
                node.domains()
                        .focalPoints()
                        .replace(Acting.node(organization), organization, point);
            }
        }
        var agreements = node.domains().agreements();
        var ours = manager("mona@shelter.example", node.organization().id());
        var theirs = manager("cem@clinic.example", clinic);
        var opened = agreements.open(ours, ours.organization(), clinic);
        var id = ((Agreements.Outcome.Done) opened).agreement().id();
        agreements.offer(ours, id, AgreementTerms.shortest(LocalDate.now(CLOCK).plusYears(1)));
        var received = agreements.list(theirs, clinic).getFirst();
        assertThat(agreements.sign(theirs, received.id()))
                .isInstanceOf(Agreements.Outcome.Done.class);
    }

    private static Acting manager(String email, OrganizationId organization) {
        return TestNode.acting(
                node.person(email, organization, Role.MANAGER), Purpose.ADMINISTRATION);
    }

    /// With whoever runs it: the agreement holds for all they offer.
    private static void agreeByMail(Listing listing) {
        var receivers = node.domains().mailReceivers();
        var mailbox = new MailAddress("beds@outside.example");
        var id =
                receivers
                        .put(node.acting(), listing, mailbox, "+49 30 5550 199", "en")
                        .orElseThrow()
                        .id();
        var until = LocalDate.ofInstant(CLOCK.instant(), CLOCK.getZone()).plusYears(1);
        receivers.agree(node.acting(), id, Optional.of(until));
        receivers.confirm(node.acting(), id, mailbox, "reception");
    }

    static Stream<Arguments> topicsAndDoors() {
        return Arrays.stream(Topics.values())
                .flatMap(topic -> Arrays.stream(Door.values()).map(it -> Arguments.of(topic, it)));
    }

    @ParameterizedTest
    @MethodSource("topicsAndDoors")
    void whatIsToldOfThePersonClosesEveryDoor(Topics topic, Door door) throws Exception {
        switch (door) {
            case SELF -> {
                try (var visitor = new Visitor(node.url())) {
                    visitor.postBare("/en/ask", "listing", beds.id().toString());
                    visitor.post("/en/ask/1", "who", "self");
                    checkPage(visitor.post("/en/ask/2", "trouble", topic.trouble));
                }
            }
            case STAFF -> checkRefused(staff(beds.id(), topic.protection(), false));
            case API -> checkProblem(api(beds.id(), topic.protection(), false));
            case MAIL -> checkRefused(staff(mailed.id(), topic.protection(), false));
        }
    }

    @ParameterizedTest
    @MethodSource("topicsAndDoors")
    void whatTheServiceIsForClosesEveryDoor(Topics topic, Door door) throws Exception {
        var service = Objects.requireNonNull(OURS.get(topic)).id();
        switch (door) {
            case SELF -> {
                try (var visitor = new Visitor(node.url())) {
                    checkPage(visitor.postBare("/en/ask", "listing", service.toString()));
                    var program = visitor.postAsProgram("/en/ask", "listing", service.toString());
                    checkProblem(program);
                }
            }
            case STAFF -> checkRefused(staff(service, Set.of(), false));
            case API -> checkProblem(api(service, Set.of(), false));
            case MAIL ->
                    checkRefused(
                            staff(Objects.requireNonNull(MAILED.get(topic)).id(), Set.of(), false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMinorAloneClosesEveryDoor(Door door) throws Exception {
        switch (door) {
            case SELF -> {
                try (var visitor = new Visitor(node.url())) {
                    visitor.postBare("/en/ask", "listing", beds.id().toString());
                    var stopped = visitor.post("/en/ask/1", "who", "minor");
                    assertThat(stopped.statusCode()).isEqualTo(409);
                    assertThat(stopped.body()).contains("protection-by-phone");
                }
            }
            case STAFF -> checkRefused(staff(beds.id(), Set.of(), true));
            case API -> checkProblem(api(beds.id(), Set.of(), true));
            case MAIL -> checkRefused(staff(mailed.id(), Set.of(), true));
        }
    }

    private static void checkPage(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body())
                .contains("protection-by-phone", "Are you safe now?")
                .doesNotContain("<textarea");
    }

    private static void checkRefused(MoveOutcome outcome) {
        assertThat(outcome).isEqualTo(new MoveOutcome.Refused(Why.PROTECTION_BY_PHONE));
    }

    private static void checkProblem(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("protection-by-phone");
    }

    private static MoveOutcome staff(
            ListingId listing, Set<Protection> protection, boolean minorAlone) {
        return node.domains()
                .referrals()
                .draft(
                        sara,
                        new NewReferral(
                                listing,
                                "a bed",
                                "",
                                Urgency.THREE_DAYS,
                                new Travelling.Fit(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Set.of(),
                                        1,
                                        0,
                                        Set.of(),
                                        ""),
                                protection,
                                minorAlone,
                                new Travelling.Contact(
                                        "Amina",
                                        Travelling.Channel.THROUGH_US,
                                        "",
                                        Travelling.PhoneOwner.NONE,
                                        "ar",
                                        "",
                                        "",
                                        Optional.empty()),
                                LocalNotes.none()));
    }

    private static HttpResponse<String> api(
            ListingId listing, Set<Protection> protection, boolean minorAlone) {
        var wanted =
                Map.of(
                        "listing", listing.toString(),
                        "reason", "a bed",
                        "urgency", "three_days",
                        "fit",
                                Map.of(
                                        "wishes",
                                        List.of(),
                                        "adults",
                                        1,
                                        "children",
                                        0,
                                        "accessNeeds",
                                        List.of(),
                                        "area",
                                        ""),
                        "protection",
                                protection.stream()
                                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                                        .toList(),
                        "minorAlone", minorAlone,
                        "contact",
                                Map.of(
                                        "preferredName", "Amina",
                                        "channel", "through_us",
                                        "address", "",
                                        "phoneOwner", "none",
                                        "language", "ar",
                                        "ifAnotherAnswers", "",
                                        "safeTimes", ""));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(node.url().resolve("/api/v1/referrals"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(
                                    BodyPublishers.ofString(
                                            new ObjectMapper().writeValueAsString(wanted)))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
