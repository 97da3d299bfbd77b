// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.privacy.KeyFolders;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.SealKeys;
import org.waymark.node.privacy.Sealing;
import org.waymark.node.referral.Message.Address;
import org.waymark.node.referral.ReferralActivities.Reading;
import org.waymark.node.referral.ReferralEvent.Kind;

final class ReferralActivitiesTest {

    private static final OrganizationId CLINIC = new OrganizationId(UUID.randomUUID());
    private static final URI SHELTER_ACTOR = URI.create("https://shelter.example/o/77d0");
    private static final URI CLINIC_ACTOR = URI.create("https://clinic.example/o/5b1c");
    private static final URI REFERRAL = URI.create("https://shelter.example/r/9b2e");
    private static final URI OFFER = URI.create("https://shelter.example/a/1");
    private static final URI CASE = URI.create("https://clinic.example/c/4f");

    /// federation.md, Referrals: what may stand in clear.
    private static final Set<String> CLEAR =
            Set.of(
                    "@context",
                    "type",
                    "id",
                    "actor",
                    "to",
                    "object",
                    "result",
                    "context",
                    "attributedTo",
                    "formerType",
                    "waymark:version",
                    "waymark:sealed");

    @TempDir Path temporary;
    private SealKeys keys;

    @BeforeEach
    void createKeys() {
        var folder = KeyFolders.in(temporary);
        var master = MasterKey.create(folder, new SecureRandom());
        keys = new SealKeys(folder, master, Clock.systemUTC());
    }

    @Test
    void everyMessageOfTheSenderIsReadAsItWasWritten() {
        checkRoundTrip(Kind.SEND, firstStep(), Optional.empty());
        checkRoundTrip(Kind.ANSWER, new Travelling.Text("Two adults"), Optional.empty());
        checkRoundTrip(Kind.CONTACT, contact(), Optional.empty());
        checkRoundTrip(
                Kind.TOLD,
                new Travelling.Told(Travelling.ToldAnswer.YES, "Shift lead", Instant.EPOCH),
                Optional.empty());
        checkRoundTrip(
                Kind.CANCEL,
                new Travelling.Stop(Travelling.StopReason.NO_ANSWER),
                Optional.empty());
        checkRoundTrip(Kind.DELETE, new Travelling.Nothing(), Optional.empty());
    }

    @Test
    void everyMessageOfTheReceiverIsReadAsItWasWritten() {
        var onCase = Optional.of(CASE);
        checkAnswer(Kind.RECEIVE, new Travelling.Nothing(), Optional.empty());
        checkAnswer(Kind.ASK, new Travelling.Text("How many?"), Optional.empty());
        checkAnswer(Kind.WAITLIST, new Travelling.Waiting("two weeks"), onCase);
        checkAnswer(Kind.ACCEPT, new Travelling.NextStep("Come", Optional.empty()), onCase);
        checkAnswer(
                Kind.DECLINE,
                new Travelling.Refusal(Travelling.Reason.NO_PLACE, "", List.of(CASE)),
                Optional.empty());
        checkAnswer(Kind.START, new Travelling.Nothing(), onCase);
        checkAnswer(Kind.HOLD, new Travelling.Nothing(), onCase);
        checkAnswer(
                Kind.COMPLETE,
                new Travelling.Closing(
                        Optional.of(Travelling.Outcome.HELPED), LocalDate.of(2026, 3, 4)),
                onCase);
        checkAnswer(Kind.CANCEL, new Travelling.Stop(Travelling.StopReason.OTHER), onCase);
    }

    @Test
    void inClearStandsOnlyWhatMayAndNothingOfTheContent() {
        for (var message :
                List.of(
                        fromShelter(Kind.SEND, firstStep()),
                        fromShelter(Kind.CONTACT, contact()))) {
            var json = write(message, Side.SENDER, CLINIC_ACTOR).json();
            json.remove("@context");

            assertThat(CLEAR).containsAll(members(json));
            assertThat(json.toString()).doesNotContain("MARKER", "three_days", "housing");
        }
    }

    @Test
    void aMessageOfOneKindCannotPassAsAnother() {
        var yes =
                write(
                        fromShelter(Kind.ANSWER, new Travelling.Text("hello")),
                        Side.SENDER,
                        CLINIC_ACTOR);
        var json = yes.json().deepCopy();
        json.put("type", "Offer");

        assertThat(read(json)).isEqualTo(new Reading.Refused("content-unreadable"));
    }

    @Test
    void aMessageWithAnotherVersionReferralOrActorDoesNotOpen() {
        var offer = write(fromShelter(Kind.SEND, firstStep()), Side.SENDER, CLINIC_ACTOR).json();
        var newer = offer.deepCopy();
        ((ObjectNode) newer.path("object")).put("waymark:version", 6);
        var moved = offer.deepCopy();
        ((ObjectNode) moved.path("object")).put("id", "https://shelter.example/r/other");
        var stolen = offer.deepCopy();
        stolen.put("actor", "https://shelter.example/o/other");

        assertThat(read(newer)).isEqualTo(new Reading.Refused("sealed-damaged"));
        assertThat(read(moved)).isEqualTo(new Reading.Refused("sealed-damaged"));
        assertThat(read(stolen)).isEqualTo(new Reading.Refused("referral-not-theirs"));
    }

    @Test
    void aReferralOfAnotherOriginIsRefused() {
        var offer = write(fromShelter(Kind.SEND, firstStep()), Side.SENDER, CLINIC_ACTOR).json();
        ((ObjectNode) offer.path("object")).put("id", "https://stranger.example/r/1");

        assertThat(read(offer)).isEqualTo(new Reading.Refused("referral-not-theirs"));
    }

    @Test
    void anOfferWithoutAnythingSealedIsRefused() {
        var offer = write(fromShelter(Kind.SEND, firstStep()), Side.SENDER, CLINIC_ACTOR).json();
        ((ObjectNode) offer.path("object")).remove("waymark:sealed");

        assertThat(read(offer)).isEqualTo(new Reading.Refused("referral-incomplete"));
    }

    private void checkRoundTrip(Kind kind, Travelling content, Optional<URI> caseUri) {
        var message = message(kind, content, SHELTER_ACTOR, caseUri);
        var activity = write(message, Side.SENDER, CLINIC_ACTOR);
        checkSame(message, read(activity.json()));
    }

    /// The clinic answers; here the same key plays the shelter's part.
    private void checkAnswer(Kind kind, Travelling content, Optional<URI> caseUri) {
        var message = message(kind, content, CLINIC_ACTOR, caseUri);
        var activity = write(message, Side.RECEIVER, SHELTER_ACTOR);
        checkSame(
                message,
                ReferralActivities.read(
                        activity, CLINIC, SHELTER_ACTOR, Optional.empty(), new Sealing(keys)));
    }

    private static void checkSame(Message sent, Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        var read = ((Reading.Understood) reading).message();
        assertThat(read.kind()).isEqualTo(sent.kind());
        assertThat(read.content()).isEqualTo(sent.content());
        assertThat(read.referral()).isEqualTo(sent.referral());
        assertThat(read.version()).isEqualTo(sent.version());
        assertThat(read.from()).isEqualTo(sent.from());
        assertThat(read.caseUri()).isEqualTo(sent.caseUri());
    }

    private Activity write(Message message, Side side, URI to) {
        return ReferralActivities.write(
                message, side, new Address.There(to, keys.currentPublicKey(CLINIC)));
    }

    private Reading read(ObjectNode json) {
        return ReferralActivities.read(
                Activity.read(json).orElseThrow(),
                CLINIC,
                CLINIC_ACTOR,
                Optional.empty(),
                new Sealing(keys));
    }

    private static Message fromShelter(Kind kind, Travelling content) {
        return message(kind, content, SHELTER_ACTOR, Optional.empty());
    }

    private static Message message(Kind kind, Travelling content, URI from, Optional<URI> caseUri) {
        return new Message(
                REFERRAL,
                kind,
                content,
                from,
                new Address.There(CLINIC_ACTOR, new byte[32]),
                5,
                Optional.of(OFFER),
                caseUri,
                Optional.of(URI.create(from.resolve("/a/" + UUID.randomUUID()).toString())));
    }

    private static Set<String> members(JsonNode json) {
        var names = new TreeSet<String>();
        json.properties()
                .forEach(
                        it -> {
                            names.add(it.getKey());
                            names.addAll(members(it.getValue()));
                        });
        return names;
    }

    private static Travelling.FirstStep firstStep() {
        return new Travelling.FirstStep(
                new Travelling.Need(
                        URI.create("https://clinic.example/s/1"),
                        "MARKER Beds",
                        "housing",
                        "MARKER a bed",
                        "",
                        Optional.empty()),
                Urgency.THREE_DAYS,
                Instant.parse("2026-03-05T23:00:00Z"),
                new Travelling.Fit(
                        Optional.empty(),
                        Optional.of("ar"),
                        Set.of(Travelling.Wish.WOMAN),
                        1,
                        2,
                        Set.of(),
                        "north"),
                "c0de",
                Optional.of(
                        new Travelling.ConsentStatement(
                                Consent.Basis.CONSENT,
                                Set.of(Consent.Item.NEED),
                                LocalDate.of(2026, 9, 1),
                                true,
                                Optional.empty())));
    }

    private static Travelling.Contact contact() {
        return new Travelling.Contact(
                "MARKER Amina",
                Travelling.Channel.CALL,
                "MARKER +49 30 5550100",
                Travelling.PhoneOwner.OWN,
                "ar",
                "say nothing",
                "mornings",
                Optional.empty());
    }
}
