// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.person.PersonMessage;
import org.waymark.node.privacy.AuditEntry;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.ReferralEvent;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.team.CaseNote;

/// Everything that is kept about the person of one request: theirs to see and to take along. Of the
/// staff it names nobody, and of a household nobody else: not that there is one, who said yes to it
/// when, nor that somebody left.
///
/// @param with the other organisation
public record CasePackage(
        String with,
        String state,
        Optional<Travelling.FirstStep> need,
        Optional<Travelling.Contact> contact,
        Optional<LocalNotes> notes,
        Optional<Consent> agreement,
        List<Line> history,
        List<Said> messages,
        List<Noted> colleaguesNotes,
        List<Seen> seen) {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .build();

    public record Line(Instant at, String by, String what, Optional<Travelling> content) {
        static Line of(ReferralEvent event) {
            return new Line(event.at(), event.by().name(), event.kind().name(), event.content());
        }
    }

    public record Said(Instant at, String kind, String text) {}

    /// What colleagues wrote for each other about it.
    public record Noted(Instant at, String text) {}

    /// When somebody of this organisation looked at it or did something; never who.
    public record Seen(Instant at, String action) {}

    static CasePackage of(
            OpenedReferral opened,
            List<PersonMessage> messages,
            List<CaseNote> notes,
            List<AuditEntry> entries) {
        var isOfHousehold = opened.notes().flatMap(LocalNotes::household).isPresent();
        return new CasePackage(
                opened.referral().partnerName(),
                opened.referral().effectiveState().name(),
                opened.firstStep(),
                opened.contact(),
                opened.notes().map(it -> new LocalNotes(it.name(), it.caseNumber(), it.note())),
                opened.consent(),
                opened.timeline().stream()
                        .filter(it -> !isOfHousehold || it.kind() != ReferralEvent.Kind.CONSENT)
                        .map(Line::of)
                        .toList(),
                messages.stream()
                        .map(it -> new Said(it.at(), it.kind().name(), it.text()))
                        .toList(),
                notes.stream().map(it -> new Noted(it.at(), it.words())).toList(),
                entries.stream()
                        .filter(it -> !isOfHousehold || !tellsOfOthers(it.action()))
                        .map(it -> new Seen(it.recordedAt(), it.action()))
                        .toList());
    }

    /// Each adult's yes is a line like the person's own, which stands in the agreement.
    private static boolean tellsOfOthers(String action) {
        return action.startsWith("household-") || action.equals("referral-consent");
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A file cannot be written", e);
        }
    }
}
