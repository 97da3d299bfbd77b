// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.Screening.Warning;

final class ScreeningTest {

    @Test
    void phoneNumbersMailsAndLongNumbersAreSeen() {
        assertThat(Screening.warnings("call +49 30 555 0100 please"))
                .contains(Warning.PHONE_NUMBER);
        assertThat(Screening.warnings("اتصل ٠٣٠٥٥٥٠١٠٠")).contains(Warning.PHONE_NUMBER);
        assertThat(Screening.warnings("amina@mail.example")).contains(Warning.MAIL_ADDRESS);
        assertThat(Screening.warnings("registered as 12345678")).contains(Warning.LONG_NUMBER);
    }

    @Test
    void ordinaryWordsAndShortNumbersPass() {
        assertThat(Screening.warnings("Needs a bed for 2 adults and 3 children by 9 pm, room 214"))
                .isEmpty();
    }

    /// Whoever adds a component to what travels reads this list, and "Must never travel" beside it.
    @Test
    void onlyTheseGroupsHaveAPlaceInWhatTravels() {
        assertThat(components(Travelling.class))
                .containsExactly(
                        "Closing.on",
                        "Closing.outcome",
                        "ConsentStatement.basis",
                        "ConsentStatement.items",
                        "ConsentStatement.onward",
                        "ConsentStatement.outcomeBack",
                        "ConsentStatement.until",
                        "Contact.address",
                        "Contact.caregiver",
                        "Contact.channel",
                        "Contact.ifAnotherAnswers",
                        "Contact.language",
                        "Contact.phoneOwner",
                        "Contact.preferredName",
                        "Contact.safeTimes",
                        "FirstStep.caseCode",
                        "FirstStep.consent",
                        "FirstStep.fit",
                        "FirstStep.need",
                        "FirstStep.respondBy",
                        "FirstStep.urgency",
                        "Fit.accessNeeds",
                        "Fit.adults",
                        "Fit.area",
                        "Fit.children",
                        "Fit.interpreterLanguage",
                        "Fit.unsureCriterion",
                        "Fit.wishes",
                        "Need.alreadyGiven",
                        "Need.basedOn",
                        "Need.reason",
                        "Need.service",
                        "Need.serviceName",
                        "Need.topic",
                        "NextStep.appointment",
                        "NextStep.text",
                        "Onward.to",
                        "Onward.word",
                        "Refusal.alternatives",
                        "Refusal.note",
                        "Refusal.reason",
                        "Stop.reason",
                        "Text.text",
                        "Told.answer",
                        "Told.at",
                        "Told.role",
                        "Waiting.expected",
                        "Withdrawal.eraseNow");
    }

    @Test
    void notesAndConsentThemselvesHaveNoWayOut() {
        assertThat(Travelling.class.isAssignableFrom(LocalNotes.class)).isFalse();
        assertThat(Travelling.class.isAssignableFrom(Consent.class)).isFalse();
        assertThat(Travelling.class.isAssignableFrom(Call.class)).isFalse();
    }

    @Test
    void anAnswerIsDueAfterWorkingDaysOfTheReceiver() {
        var berlin = ZoneId.of("Europe/Berlin");
        var friday = Instant.parse("2026-03-06T22:30:00Z"); // 23:30 in Berlin

        assertThat(Urgency.TODAY.respondBy(friday, berlin))
                .isEqualTo(Instant.parse("2026-03-06T23:00:00Z"));
        assertThat(Urgency.THREE_DAYS.respondBy(friday, berlin))
                .isEqualTo(Instant.parse("2026-03-11T23:00:00Z"));
        assertThat(Urgency.TWO_WEEKS.respondBy(friday, berlin))
                .isEqualTo(Instant.parse("2026-03-20T23:00:00Z"));
    }

    private static Set<String> components(Class<?> owner) {
        return Arrays.stream(owner.getDeclaredClasses())
                .filter(Class::isRecord)
                .flatMap(
                        type ->
                                Arrays.stream(type.getRecordComponents())
                                        .map(it -> type.getSimpleName() + "." + it.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
