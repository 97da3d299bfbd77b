// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.database.Database;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.AuditEntry;
import org.waymark.node.privacy.LockedException;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.ReferralEvent;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Travelling;

/// What there is about one person's request, opened for the person, and what they can do with it.
final class PersonFile {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .build();

    private final Database database;
    private final Referrals referrals;
    private final HostedOrganizations organizations;
    private final HelpCodes codes;
    private final PersonMessages messages;
    private final Attendance attendance;
    private final Audit audit;
    private final ZoneId zone;
    private final Clock clock;

    PersonFile(
            Database database,
            Referrals referrals,
            HostedOrganizations organizations,
            HelpCodes codes,
            PersonMessages messages,
            Attendance attendance,
            Audit audit,
            ZoneId zone,
            Clock clock) {
        this.database = database;
        this.referrals = referrals;
        this.organizations = organizations;
        this.codes = codes;
        this.messages = messages;
        this.attendance = attendance;
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
    }

    /// @param asker who asks for them, by name
    /// @param isMailed who was asked has no node, and opens it by a link
    /// @param shown when staff here opened it
    record Opened(
            OpenedReferral referral,
            String asker,
            boolean isMailed,
            boolean hasWord,
            List<PersonMessage> messages,
            List<Instant> shown) {}

    ZoneId zone() {
        return zone;
    }

    /// Empty once nothing is left of it.
    Optional<Opened> open(Visit.Reading reading) {
        return find(reading).map(this::opened);
    }

    private Optional<OpenedReferral> find(Visit.Reading reading) {
        return referrals.findForPerson(Acting.node(), new ReferralId(reading.referral()));
    }

    private Opened opened(OpenedReferral found) {
        var id = found.referral().id();
        // Staff of the same house open either half.
        var isMailed = referrals.isAskedByMail(Acting.node(), found.referral());
        var halves = referrals.halves(Acting.node(), id);
        return database.read(
                tx ->
                        new Opened(
                                found,
                                organizations
                                        .find(found.referral().organization())
                                        .map(HostedOrganization::name)
                                        .orElse(""),
                                isMailed,
                                HelpCodeTable.findOf(tx, id)
                                        .flatMap(HelpCodeTable.Stored::wordHash)
                                        .isPresent(),
                                messages.list(tx, found.referral()),
                                halves.stream()
                                        .flatMap(it -> audit.list(tx, it.toString()).stream())
                                        .filter(it -> it.action().equals("referral-shown"))
                                        .filter(it -> !it.acting().isNode())
                                        .map(AuditEntry::recordedAt)
                                        .sorted()
                                        .toList()));
    }

    /// What came of a message.
    enum Written {
        DONE,
        /// The case was erased, or there were too many today.
        NOT_TAKEN,
        /// Nobody looks after messages here now: the phone is the way.
        CLOSED
    }

    Written write(Visit.Reading reading, Kind kind, String text) {
        var found = find(reading).map(OpenedReferral::referral);
        if (found.isEmpty()) {
            return Written.NOT_TAKEN;
        }
        if (!attendance.isKept(found.get().organization())) {
            return Written.CLOSED;
        }
        return database.write(tx -> messages.write(tx, found.get(), kind, text))
                ? Written.DONE
                : Written.NOT_TAKEN;
    }

    /// Stops it. Sharing and contact end at once, the rest is erased after the freeze, and staff
    /// here look after the person by the safe contact.
    Stopped stop(Visit.Reading reading) {
        var id = new ReferralId(reading.referral());
        var organization = referrals.askedBy(Acting.node(), id);
        if (organization.isEmpty()) {
            return Stopped.BEFORE;
        }
        try {
            var outcome = referrals.withdrawByCode(Acting.node(organization.get()), id);
            return outcome instanceof MoveOutcome.Moved ? Stopped.NOW : Stopped.BEFORE;
        } catch (LockedException e) {
            var outcome = referrals.withdrawLocked(Acting.node(organization.get()), id);
            return outcome instanceof MoveOutcome.Moved ? Stopped.WHILE_LOCKED : Stopped.BEFORE;
        }
    }

    /// What came of stopping.
    enum Stopped {
        NOW,
        /// It had ended already.
        BEFORE,
        /// The keys are locked: it has ended here, and the others hear of it when they are opened.
        WHILE_LOCKED
    }

    private record Line(Instant at, String by, String what, Optional<Travelling> content) {
        static Line of(ReferralEvent event) {
            return new Line(event.at(), event.by().name(), event.kind().name(), event.content());
        }
    }

    private record Said(Instant at, Kind kind, String text) {}

    private record Whole(
            String askedBy,
            String asked,
            Optional<Travelling.FirstStep> need,
            Optional<Travelling.Contact> contact,
            Optional<Consent> agreement,
            List<Line> history,
            List<Said> messages,
            List<Instant> openedByStaff) {}

    Optional<String> download(Visit.Reading reading) {
        return open(reading)
                .map(
                        it ->
                                write(
                                        new Whole(
                                                it.asker(),
                                                it.referral().referral().partnerName(),
                                                it.referral().firstStep(),
                                                it.referral().contact(),
                                                it.referral().consent(),
                                                it.referral().timeline().stream()
                                                        .map(Line::of)
                                                        .toList(),
                                                it.messages().stream()
                                                        .map(
                                                                one ->
                                                                        new Said(
                                                                                one.at(),
                                                                                one.kind(),
                                                                                one.text()))
                                                        .toList(),
                                                it.shown())));
    }

    private static String write(Whole whole) {
        try {
            return JSON.writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A file cannot be written", e);
        }
    }

    /// The appointment as iCalendar (RFC 5545): when, and nothing else.
    Optional<String> calendar(Visit.Reading reading, String title) {
        return find(reading)
                .flatMap(PersonFile::appointment)
                .map(at -> Appointment.calendar(at, title, clock.instant()));
    }

    /// The newest appointment the other side gave.
    static Optional<Instant> appointment(OpenedReferral found) {
        return found.timeline().reversed().stream()
                .flatMap(it -> it.content().stream())
                .filter(Travelling.NextStep.class::isInstance)
                .map(Travelling.NextStep.class::cast)
                .flatMap(it -> it.appointment().stream())
                .findFirst();
    }
}
