// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that one organisation can tell the other about a referral, sealed. What has no place here
/// cannot travel: no identity or registration numbers, no papers, no nationality, religion or
/// diagnosis, no birth date, no home address, no relatives but a minor's caregiver, no documents,
/// no notes, no staff names (referral.md, Must never travel). A test holds this list.
///
/// Texts are short and screened; see [Screening].
public sealed interface Travelling {

    /// The longest free text, in characters.
    int MAX_TEXT = 280;

    /// Step 1: what the receiver needs to say yes or no. Nothing in it identifies a person.
    ///
    /// @param consent there from the sending on
    /// @param caseCode random, one per referral, so that two receivers cannot join their records
    record FirstStep(
            Need need,
            Urgency urgency,
            Instant respondBy,
            Fit fit,
            String caseCode,
            Optional<ConsentStatement> consent)
            implements Travelling {
        public FirstStep {
            limit(caseCode, 40);
        }

        /// Asks again what was asked before.
        FirstStep basedOn(URI earlier) {
            var again =
                    new Need(
                            need.service(),
                            need.serviceName(),
                            need.topic(),
                            need.reason(),
                            need.alreadyGiven(),
                            Optional.of(earlier));
            return new FirstStep(again, urgency, respondBy, fit, caseCode, consent);
        }

        /// For other numbers of people.
        FirstStep of(Fit other) {
            return new FirstStep(need, urgency, respondBy, other, caseCode, consent);
        }

        /// With what is known only when it is sent.
        FirstStep agreed(ConsentStatement statement, Instant answerBy) {
            return new FirstStep(need, urgency, answerBy, fit, caseCode, Optional.of(statement));
        }
    }

    /// @param service the listing, by its address
    /// @param serviceName its name when the referral was written
    /// @param topic the slug of its topic
    /// @param reason what they need to know to say yes or no
    /// @param alreadyGiven services already given
    /// @param basedOn an earlier referral between the same two, when this asks again
    record Need(
            URI service,
            String serviceName,
            String topic,
            String reason,
            String alreadyGiven,
            Optional<URI> basedOn) {
        public Need {
            limit(serviceName, 500);
            limit(topic, 40);
            limit(reason, MAX_TEXT);
            limit(alreadyGiven, MAX_TEXT);
        }
    }

    /// How the person fits the service's published criteria, compared by the sender, who tells the
    /// result only (safety.md 18).
    ///
    /// @param unsureCriterion empty when they meet them all
    /// @param interpreterLanguage empty when they speak one of the receiver's languages; else a BCP
    ///   47 tag
    /// @param area a part of town, never an address
    record Fit(
            Optional<String> unsureCriterion,
            Optional<String> interpreterLanguage,
            Set<Wish> wishes,
            int adults,
            int children,
            Set<AccessNeed> accessNeeds,
            String area) {
        public Fit {
            unsureCriterion.ifPresent(text -> limit(text, MAX_TEXT));
            interpreterLanguage.ifPresent(tag -> limit(tag, 35));
            limit(area, 80);
            wishes = Set.copyOf(wishes);
            accessNeeds = Set.copyOf(accessNeeds);
            if (adults < 0 || children < 0 || adults + children < 1 || adults + children > 50) {
                throw new IllegalArgumentException("A referral is for 1 to 50 people");
            }
        }

        /// What stands for a criterion where nobody compared: a word of the protocol, and no words
        /// of a language.
        public static final String NOT_COMPARED = "not-compared";

        /// Whether the person asked by themselves, and nobody compared them with anything.
        public boolean wasNotCompared() {
            return unsureCriterion.filter(NOT_COMPARED::equals).isPresent();
        }

        /// The same for other numbers of people.
        Fit of(int nowAdults, int nowChildren) {
            return new Fit(
                    unsureCriterion,
                    interpreterLanguage,
                    wishes,
                    nowAdults,
                    nowChildren,
                    accessNeeds,
                    area);
        }
    }

    /// Whom the person would rather meet, or have as interpreter.
    enum Wish {
        WOMAN,
        MAN,
        NOT_FROM_MY_COMMUNITY,
        NEVER_FAMILY_OR_CHILD
    }

    enum AccessNeed {
        STEP_FREE,
        SIGN_LANGUAGE,
        LARGE_PRINT,
        CHILDCARE,
        EVENING
    }

    /// What the receiver may rely on.
    record ConsentStatement(
            Consent.Basis basis,
            Set<Consent.Item> items,
            LocalDate until,
            boolean outcomeBack,
            Optional<Integer> onward) {
        public ConsentStatement {
            items = Set.copyOf(items);
        }
    }

    /// Step 2, once, after the receiver's own yes: how to reach the person safely.
    ///
    /// @param address the number or mail address; empty when the way is through us or in person
    /// @param ifAnotherAnswers what to say then
    /// @param caregiver for a minor only
    record Contact(
            String preferredName,
            Channel channel,
            String address,
            PhoneOwner phoneOwner,
            String language,
            String ifAnotherAnswers,
            String safeTimes,
            Optional<String> caregiver)
            implements Travelling {
        public Contact {
            limit(preferredName, 120);
            limit(address, 200);
            limit(language, 35);
            limit(ifAnotherAnswers, MAX_TEXT);
            limit(safeTimes, MAX_TEXT);
            caregiver.ifPresent(text -> limit(text, 200));
        }
    }

    enum Channel {
        CALL,
        SMS,
        MESSENGER,
        MAIL,
        THROUGH_US,
        IN_PERSON
    }

    enum PhoneOwner {
        OWN,
        SHARED,
        SOMEONE_ELSES,
        NONE
    }

    /// A question, or the answer to one.
    record Text(String text) implements Travelling {
        public Text {
            limit(text, MAX_TEXT);
        }
    }

    /// On the waiting list, for about so long.
    record Waiting(String expected) implements Travelling {
        public Waiting {
            limit(expected, MAX_TEXT);
        }
    }

    /// "Yes, we take it", and what happens next.
    record NextStep(String text, Optional<Instant> appointment) implements Travelling {
        public NextStep {
            limit(text, MAX_TEXT);
        }
    }

    /// "No", why, and who might.
    record Refusal(Reason reason, String note, List<URI> alternatives) implements Travelling {
        public Refusal {
            limit(note, MAX_TEXT);
            alternatives = List.copyOf(alternatives);
            if (alternatives.size() > 5) {
                throw new IllegalArgumentException("At most five alternatives");
            }
        }
    }

    /// The first six are offered first, the rest under "more".
    enum Reason {
        NO_PLACE,
        NOT_ELIGIBLE,
        OUTSIDE_AREA,
        WRONG_SERVICE,
        CANNOT_INTERPRET,
        CALL_US,
        WAITING_LIST_CLOSED,
        SERVICE_CLOSED,
        NOT_ENOUGH_INFORMATION,
        DUPLICATE,
        SAFETY_CONCERN,
        CONSENT_PROBLEM,
        NOT_PERMITTED,
        OTHER
    }

    /// How it ended. Without consent to tell the outcome, the code stays at the receiver.
    record Closing(Optional<Outcome> outcome, LocalDate on) implements Travelling {}

    /// What became of it. The first two complete a referral, the others end it without help.
    enum Outcome {
        HELPED,
        PARTLY,
        COULD_NOT_REACH,
        CHOSE_NOT_TO,
        DID_NOT_MEET,
        NOT_ELIGIBLE_AFTER_ALL,
        NO_PLACE_AFTER_ALL,
        MOVED,
        HELPED_ELSEWHERE,
        UNSAFE,
        OTHER;

        public boolean isHelp() {
            return this == HELPED || this == PARTLY;
        }
    }

    /// Why it was stopped by an organisation.
    record Stop(StopReason reason) implements Travelling {}

    /// The person stopped it.
    ///
    /// @param eraseNow they were there when it was stopped, so nobody waits for them to think again
    record Withdrawal(boolean eraseNow) implements Travelling {}

    /// Whom the receiver asked instead, and how far that came. More of it is nobody's business.
    record Onward(String to, LifeCycle.Word word) implements Travelling {
        public Onward {
            limit(to, 200);
        }
    }

    enum StopReason {
        NO_LONGER_NEEDED,
        NO_ANSWER,
        FOUND_ELSEWHERE,
        CONSENT_WITHDRAWN,
        CONTACT_LOST,
        OTHER
    }

    /// What the receiver said on the phone, told back so that they can confirm it.
    ///
    /// @param role who said it, as a role, never a name
    record Told(ToldAnswer answer, String role, Instant at) implements Travelling {
        public Told {
            limit(role, 120);
        }
    }

    enum ToldAnswer {
        YES(LifeCycle.Move.ACCEPT),
        NO(LifeCycle.Move.DECLINE),
        WAITING_LIST(LifeCycle.Move.WAITLIST),
        HELPED(LifeCycle.Move.COMPLETE);

        private final LifeCycle.Move move;

        ToldAnswer(LifeCycle.Move move) {
            this.move = move;
        }

        LifeCycle.Move move() {
            return move;
        }
    }

    /// The move says it all.
    record Nothing() implements Travelling {}

    private static void limit(String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException("A text has " + most + " characters at most");
        }
    }
}
