// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.second.SecondParty.nothing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.second.SecondParty.Message;

/// Whatever else can be said of a referral, said by the server that knows FEDERATION.md alone and
/// understood here, and the other way round.
final class SecondKindsTest {

    private static SecondPartners partners;
    private static Staff staff;
    private static SecondParty party;

    @BeforeAll
    static void partner() {
        partners = new SecondPartners();
        staff = partners.staff;
        party = partners.party(Scheme.CAVAGE);
    }

    @AfterAll
    static void close() {
        partners.close();
    }

    /// One of ours that it heard of.
    private record Heard(URI referral, Message offer, URI theCase) {

        void answer(String type, String kind, ObjectNode content) {
            party.answer(type, offer.id(), referral, theCase, kind, content);
        }

        void update(String kind, ObjectNode content) {
            party.update("waymark:Case", theCase, referral, kind, content);
        }

        Heard accept() {
            answer("Accept", "accept", nothing().put("text", "Come"));
            staff.reaches(referral, "accepted");
            party.await(referral, "contact");
            return this;
        }
    }

    private static Heard heard() {
        var referral = staff.sent(party.server.listing);
        return new Heard(referral, party.await(referral, "send"), party.file());
    }

    /// One of its own that is known here.
    private record Said(URI referral, URI offer) {

        void accept() {
            staff.move(referral, "accept", "{\"text\": \"Come at nine\"}");
            party.await(referral, "accept");
            party.update(
                    "waymark:Referral", referral, referral, "contact", SecondPartners.contact());
            Staff.until("contact", () -> staff.referral(referral).path("contact").isObject());
        }
    }

    private static Said said() {
        return said(SecondPartners.firstStep(staff.listing()));
    }

    private static Said said(ObjectNode content) {
        var referral = party.server.base.resolve("/refs/" + UUID.randomUUID());
        var offer = party.offer(referral, content);
        staff.reaches(referral, "sent");
        return new Said(referral, offer);
    }

    @Test
    void itPutsOnTheWaitingListTakesPausesAndFails() {
        var it = heard();
        it.answer("TentativeAccept", "waitlist", nothing().put("expected", "A week"));
        staff.reaches(it.referral, "waitlisted");
        it.accept();
        it.update("start", nothing());
        staff.reaches(it.referral, "in_progress");
        it.update("hold", nothing());
        staff.reaches(it.referral, "on_hold");
        it.update("start", nothing());
        staff.reaches(it.referral, "in_progress");
        it.update("fail", closing("did_not_meet"));
        staff.reaches(it.referral, "unsuccessful");

        assertThat(staff.referral(it.referral).path("timeline").toString())
                .contains("A week", "did_not_meet");
    }

    @Test
    void itReadsThatWePutOnTheWaitingListTakePauseAndFail() {
        var it = said();
        staff.move(it.referral, "waitlist", "{\"expected\": \"A week\"}");
        var waiting = party.await(it.referral, "waitlist");
        assertThat(waiting.activity().path("type").asText()).isEqualTo("TentativeAccept");
        assertThat(waiting.activity().path("object").asText()).isEqualTo(it.offer.toString());
        assertThat(waiting.content().path("expected").asText()).isEqualTo("A week");
        it.accept();
        staff.move(it.referral, "start", "");
        assertThat(party.await(it.referral, "start").content()).isEmpty();
        staff.move(it.referral, "hold", "");
        var held = party.await(it.referral, "hold");
        assertThat(held.content()).isEmpty();
        staff.move(it.referral, "fail", closing("could_not_reach").toString());
        var failed = party.await(it.referral, "fail");
        assertThat(failed.content().path("outcome").asText()).isEqualTo("could_not_reach");
        assertThat(failed.content().path("on").asText()).isEqualTo(LocalDate.now().toString());
        for (var message : new Message[] {held, failed}) {
            assertThat(message.activity().path("type").asText()).isEqualTo("Update");
            assertThat(message.activity().path("object").path("type").asText())
                    .isEqualTo("waymark:Case");
            assertThat(message.activity().path("object").path("id"))
                    .isEqualTo(waiting.activity().path("result").path("id"));
        }
    }

    @Test
    void eitherCancelsWhatWasTaken() {
        var ours = heard().accept();
        ours.update("cancel", nothing().put("reason", "contact_lost"));
        staff.reaches(ours.referral, "cancelled");
        assertThat(staff.referral(ours.referral).path("timeline").toString())
                .contains("contact_lost");

        var theirs = said();
        theirs.accept();
        staff.move(theirs.referral, "cancel", "{\"reason\": \"found_elsewhere\"}");
        var end = party.await(theirs.referral, "cancel");
        assertThat(end.activity().path("type").asText()).isEqualTo("Update");
        assertThat(end.activity().path("object").path("type").asText()).isEqualTo("waymark:Case");
        assertThat(end.content().path("reason").asText()).isEqualTo("found_elsewhere");
    }

    @Test
    void whoAskedCancels() {
        var ours = heard();
        staff.move(ours.referral, "cancel", "{\"reason\": \"no_answer\"}");
        var undo = party.await(ours.referral, "cancel");
        assertThat(undo.activity().path("type").asText()).isEqualTo("Undo");
        assertThat(undo.activity().path("object").asText()).isEqualTo(ours.offer.id().toString());
        assertThat(undo.content().path("reason").asText()).isEqualTo("no_answer");

        var theirs = said();
        var reason = nothing().put("reason", "no_longer_needed");
        party.say("Undo", theirs.offer, theirs.referral, "cancel", reason);
        staff.reaches(theirs.referral, "cancelled");
    }

    @Test
    void whatShouldNeverHaveBeenSentIsTakenBack() {
        var ours = heard();
        staff.move(ours.referral, "delete", "");
        var tombstone = party.await(ours.referral, "delete").activity();
        assertThat(tombstone.path("type").asText()).isEqualTo("Delete");
        assertThat(tombstone.path("object").path("type").asText()).isEqualTo("Tombstone");
        assertThat(tombstone.path("object").path("id").asText())
                .isEqualTo(ours.referral.toString());
        assertThat(tombstone.path("object").path("formerType").asText())
                .isEqualTo("waymark:Referral");

        var theirs = said();
        party.delete(theirs.referral);
        staff.reaches(theirs.referral, "");
    }

    @Test
    void thePersonStopsItWhereTheyWereSent() {
        var ours = heard().accept();
        ours.update("withdraw", nothing().put("eraseNow", true));
        staff.reaches(ours.referral, "withdrawn");
        var undo = party.await(ours.referral, "withdraw");
        assertThat(undo.activity().path("type").asText()).isEqualTo("Undo");
        assertThat(undo.activity().path("object").asText()).isEqualTo(ours.offer.id().toString());

        var theirs = said();
        theirs.accept();
        staff.move(theirs.referral, "withdraw", "{\"eraseNow\": true}");
        var stop = party.await(theirs.referral, "withdraw");
        assertThat(stop.activity().path("type").asText()).isEqualTo("Update");
        assertThat(stop.activity().path("object").path("type").asText()).isEqualTo("waymark:Case");
        assertThat(stop.content().path("eraseNow").asBoolean()).isTrue();
        party.say("Undo", theirs.offer, theirs.referral, "withdraw", stop());
        assertThat(party.await(theirs.referral, "erased").content()).isEmpty();
    }

    @Test
    void thePersonStopsItWhereTheyAsked() {
        var theirs = said();
        theirs.accept();

        party.say("Undo", theirs.offer, theirs.referral, "withdraw", stop());

        var erased = party.await(theirs.referral, "erased");
        assertThat(erased.activity().path("object").path("type").asText())
                .isEqualTo("waymark:Case");
        assertThat(staff.state(theirs.referral)).isEqualTo("withdrawn");
    }

    @Test
    void whatWasSaidByPhoneCountsUntilItIsConfirmed() {
        var ours = heard();
        staff.move(ours.referral, "told", told("waiting_list").toString());
        var told = party.await(ours.referral, "told");
        assertThat(told.activity().path("type").asText()).isEqualTo("Update");
        assertThat(told.content().path("answer").asText()).isEqualTo("waiting_list");
        assertThat(told.content().path("role").asText()).isEqualTo("Nurse");
        assertThat(told.text().path("after").asLong()).isEqualTo(ours.offer.version());
        assertThat(staff.told(ours.referral)).isEqualTo("waitlisted");
        ours.answer("TentativeAccept", "waitlist", nothing().put("expected", "A week"));
        staff.reaches(ours.referral, "waitlisted");
        assertThat(staff.told(ours.referral)).isEmpty();

        var theirs = said();
        staff.move(theirs.referral, "receive", "");
        party.tell(theirs.referral, party.await(theirs.referral, "receive").version(), told("yes"));
        Staff.until("told", () -> staff.told(theirs.referral).equals("accepted"));
        staff.move(theirs.referral, "decline", no());
        assertThat(party.await(theirs.referral, "decline").content().path("reason").asText())
                .isEqualTo("no_place");
        assertThat(staff.told(theirs.referral)).isEmpty();
    }

    @Test
    void aYesByPhoneChangesNothingOnceThereIsAnAnswer() {
        var theirs = said();
        staff.move(theirs.referral, "decline", no());
        party.await(theirs.referral, "decline");

        // Said before it had heard that.
        party.tell(theirs.referral, 0, told("yes"));

        Staff.until("heard", () -> staff.timeline(theirs.referral).contains("told"));
        assertThat(staff.state(theirs.referral)).isEqualTo("declined");
        assertThat(staff.told(theirs.referral)).isEmpty();
    }

    @Test
    void whoeverSentSomebodyHearsWhomWeAskedInstead() {
        var ours = heard().accept();
        ours.update("onward", nothing().put("to", "Third Aid").put("word", "waiting"));
        Staff.until(
                "told of the third",
                () ->
                        staff.referral(ours.referral)
                                .path("timeline")
                                .toString()
                                .contains("Third Aid"));

        var firstStep = SecondPartners.firstStep(staff.listing());
        ((ObjectNode) firstStep.path("consent")).put("onward", 1);
        var theirs = said(firstStep);
        theirs.accept();
        var third = partners.party(Scheme.RFC_9421);
        var onward = staff.sentOn(theirs.referral, third.server.listing);
        var offer = third.await(onward, "send");
        assertThat(offer.content().path("consent").path("onward").asInt()).isZero();
        var waiting = party.await(theirs.referral, "onward");
        assertThat(waiting.content().path("to").asText()).isEqualTo("Second Aid");
        assertThat(waiting.content().path("word").asText()).isEqualTo("waiting");
        third.answer(
                "Accept", offer.id(), onward, third.file(), "accept", nothing().put("text", "Yes"));
        party.await(theirs.referral, "onward", it -> it.path("word").asText().equals("yes"));
    }

    private static ObjectNode closing(String outcome) {
        return nothing().put("outcome", outcome).put("on", LocalDate.now().toString());
    }

    private static ObjectNode stop() {
        return nothing().put("eraseNow", true);
    }

    private static ObjectNode told(String answer) {
        return nothing()
                .put("answer", answer)
                .put("role", "Nurse")
                .put("at", Instant.now().toString());
    }

    private static String no() {
        return "{\"reason\": \"no_place\", \"note\": \"\", \"alternatives\": []}";
    }
}
