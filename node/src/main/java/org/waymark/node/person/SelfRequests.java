// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.complaint.Complaints;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Origin;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoints;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.NewReferral;
import org.waymark.node.referral.NewReferral.Protection;
import org.waymark.node.referral.PhoneOnly;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.Urgency;

/// Requests that people make themselves. The node's own intake team is their sender, and every rule
/// of other requests holds for them.
final class SelfRequests {

    // A person asked online gives their agreement for half a year; a request lasts weeks.
    private static final int CONSENT_MONTHS = 6;

    private static final Logger LOG = LoggerFactory.getLogger(SelfRequests.class);

    // 100 a day: more than a town asks here, and no more than staff can look at; behind an onion
    // service or a proxy nobody else can tell one line from another.
    private static final int MOST_A_DAY = 100;
    private static final Duration DAY = Duration.ofDays(1);

    private final Referrals referrals;
    private final Listings listings;
    private final Intake intake;
    private final Attendance attendance;
    private final Agreements agreements;
    private final FocalPoints focalPoints;
    private final Complaints complaints;
    private final boolean hasSomeoneOutside;
    private final HelpCodes codes;
    private final BaseUrl baseUrl;
    private final ZoneId zone;
    private final Clock clock;

    /// @param hasSomeoneOutside whether a phone outside takes complaints
    SelfRequests(
            Referrals referrals,
            Listings listings,
            Intake intake,
            Attendance attendance,
            Agreements agreements,
            FocalPoints focalPoints,
            Complaints complaints,
            boolean hasSomeoneOutside,
            HelpCodes codes,
            BaseUrl baseUrl,
            ZoneId zone,
            Clock clock) {
        this.referrals = referrals;
        this.listings = listings;
        this.intake = intake;
        this.attendance = attendance;
        this.agreements = agreements;
        this.focalPoints = focalPoints;
        this.complaints = complaints;
        this.hasSomeoneOutside = hasSomeoneOutside;
        this.codes = codes;
        this.baseUrl = baseUrl;
        this.zone = zone;
        this.clock = clock;
    }

    /// Whether one can ask for help from a listing here.
    sealed interface Door {
        record Open(Listing listing) implements Door {}

        /// There is no form, only a call (safety.md 9).
        record ByPhone() implements Door {}

        /// On the site of whoever runs it (federation.md): no third node sees what is written.
        record There() implements Door {}

        /// Not here: it takes no requests, nobody agreed to take ours, or nobody takes complaints.
        record Closed() implements Door {}
    }

    /// What came of asking.
    sealed interface Asked {
        /// @param sent false when it waits for the intake team to send it
        record Done(HelpCode code, boolean sent) implements Asked {}

        record ByPhone() implements Asked {}

        record Closed() implements Asked {}
    }

    Door door(ListingId id) {
        return listings.visit(id) instanceof Listings.Visit.Shown(var listing)
                ? door(listing)
                : new Door.Closed();
    }

    /// @param listing one that visitors see
    Door door(Listing listing) {
        if (PhoneOnly.covers(listing)) {
            return new Door.ByPhone();
        }
        if (listing.origin() instanceof Origin.Copy) {
            return listing.takesReferrals() ? new Door.There() : new Door.Closed();
        }
        var asker = intake.findOpen();
        // Without somebody to complain to, inside and outside, nobody asks here (safety.md 12).
        var open =
                listing.takesReferrals()
                        && asker.isPresent()
                        && hasSomeoneOutside
                        && complaints.isOpen()
                        && attendance.isKept(asker.get().id())
                        && isReached(asker.get().id(), listing);
        return open ? new Door.Open(listing) : new Door.Closed();
    }

    private boolean isReached(OrganizationId intake, Listing listing) {
        var provider =
                switch (listing.origin()) {
                    case Origin.Own(var publisher) when publisher.equals(intake) ->
                            Optional.<URI>empty();
                    case Origin.Own(var publisher) ->
                            Optional.of(baseUrl.resolve("/o/" + publisher.value()));
                    case Origin.Copy _ -> throw new IllegalStateException("asked there");
                };
        return provider.isEmpty()
                || agreements.inForce(Acting.node(intake), intake, provider.get()).isPresent();
    }

    /// Whom to call when there is no form: our own child protection, else our referral desk.
    Optional<FocalPoint> protectionPhone() {
        var points =
                intake.find()
                        .map(it -> focalPoints.list(Acting.node(it.id()), it.id()))
                        .orElse(List.of());
        return points.stream()
                .filter(it -> it.duty() == FocalPoint.Duty.CHILD_PROTECTION)
                .findFirst()
                .or(
                        () ->
                                points.stream()
                                        .filter(it -> it.duty() == FocalPoint.Duty.REFERRAL)
                                        .findFirst());
    }

    /// What the answers say about danger.
    static Set<Protection> protection(Visit.Asking asking) {
        return switch (asking.text("trouble")) {
            case "hurt" -> Set.of(Protection.VIOLENCE);
            case "controlled" -> Set.of(Protection.TRAFFICKING);
            case "tortured" -> Set.of(Protection.TORTURE);
            case "child" -> Set.of(Protection.CHILD_PROTECTION);
            default -> Set.of();
        };
    }

    static boolean isMinorAlone(Visit.Asking asking) {
        return asking.text("who").equals("minor");
    }

    /// Writes the request, with the agreement the person has just given, sends it, and gives a
    /// code.
    ///
    /// @param language of the page on which they agreed
    Asked ask(Visit.Asking asking, String language) {
        var asker = intake.findOpen();
        var door = door(new ListingId(asking.listing()));
        if (door instanceof Door.ByPhone) {
            return new Asked.ByPhone();
        }
        if (asker.isEmpty() || !(door instanceof Door.Open(var listing))) {
            return new Asked.Closed();
        }
        var acting = Acting.node(asker.get().id());
        if (referrals.countAskedOnline(acting, clock.instant().minus(DAY)) >= MOST_A_DAY) {
            return new Asked.Closed();
        }
        return switch (referrals.draft(acting, wanted(asking, listing))) {
            case MoveOutcome.Moved(var draft) -> send(acting, draft, asking, language);
            case MoveOutcome.Refused(var why) when why == MoveOutcome.Why.PROTECTION_BY_PHONE ->
                    new Asked.ByPhone();
            case MoveOutcome.Refused _,
                    MoveOutcome.AlreadyThere _,
                    MoveOutcome.NotFound _,
                    MoveOutcome.NotAllowed _ ->
                    new Asked.Closed();
        };
    }

    private Asked send(Acting acting, Referral draft, Visit.Asking asking, String language) {
        var word = Optional.of(asking.text("word")).filter(HelpCodes::isWord);
        HelpCode code;
        try {
            referrals.recordConsent(acting, draft.id(), consent(asking, language));
            // Before anything leaves: nobody is asked for a person who has no way to stop it.
            code = codes.give(draft.id(), draft.caseId(), word);
        } catch (RuntimeException e) {
            referrals.delete(acting, draft.id());
            throw e;
        }
        return new Asked.Done(code, isSent(acting, draft));
    }

    /// What cannot be sent now waits as a draft for the intake team.
    private boolean isSent(Acting acting, Referral draft) {
        try {
            return referrals.send(acting, draft.id()) instanceof MoveOutcome.Moved;
        } catch (RuntimeException e) {
            LOG.warn("A request that a person made online was not sent", e);
            return false;
        }
    }

    private Consent consent(Visit.Asking asking, String language) {
        var now = clock.instant();
        return new Consent(
                Consent.Basis.CONSENT,
                asking.text("who").equals("with-parent")
                        ? Consent.GivenBy.PARENT
                        : Consent.GivenBy.SELF,
                Consent.Method.DIGITAL,
                language,
                false,
                Set.of(Consent.Item.NEED, Consent.Item.FIT, Consent.Item.CONTACT),
                now,
                until(now),
                true,
                !asking.text("outcome").isEmpty(),
                Optional.empty(),
                Optional.of("yes").filter(asking.text("child")::equals).map(_ -> true));
    }

    private LocalDate until(Instant now) {
        return LocalDate.ofInstant(now, zone).plusMonths(CONSENT_MONTHS);
    }

    private NewReferral wanted(Visit.Asking asking, Listing listing) {
        return new NewReferral(
                listing.id(),
                asking.text("need"),
                "",
                asking.text("when").equals("two-weeks") ? Urgency.TWO_WEEKS : Urgency.THREE_DAYS,
                fit(asking, listing),
                protection(asking),
                isMinorAlone(asking),
                contact(asking),
                LocalNotes.none());
    }

    private static Travelling.Fit fit(Visit.Asking asking, Listing listing) {
        var language = asking.text("language");
        var spoken =
                listing.languages().stream()
                        .flatMap(it -> it.tag().stream())
                        .anyMatch(it -> primary(it).equals(primary(language)));
        return new Travelling.Fit(
                // Nobody compared them with what the service asks for.
                Optional.of(Travelling.Fit.NOT_COMPARED),
                spoken ? Optional.empty() : Optional.of(language),
                ticked(asking, Travelling.Wish.class),
                Integer.parseInt(asking.text("adults")),
                Integer.parseInt(asking.text("children")),
                ticked(asking, Travelling.AccessNeed.class),
                "");
    }

    private static String primary(String tag) {
        return Locale.forLanguageTag(tag).getLanguage();
    }

    private static <E extends Enum<E>> Set<E> ticked(Visit.Asking asking, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(it -> asking.list("wishes").contains(word(it)))
                .collect(Collectors.toUnmodifiableSet());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Travelling.Contact contact(Visit.Asking asking) {
        var throughUs = asking.text("reach").equals("through-us");
        var caregiver =
                Optional.of(asking.text("caregiver"))
                        .filter(it -> !it.isEmpty())
                        .filter(_ -> asking.text("who").equals("with-parent"));
        return new Travelling.Contact(
                asking.text("name"),
                of(Travelling.Channel.class, asking.text("reach")),
                throughUs ? "" : asking.text("number"),
                throughUs
                        ? Travelling.PhoneOwner.NONE
                        : of(Travelling.PhoneOwner.class, asking.text("owner")),
                asking.text("language"),
                throughUs ? "" : asking.text("another"),
                throughUs ? "" : asking.text("times"),
                caregiver);
    }

    private static <E extends Enum<E>> E of(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// For the page: the listing that is asked, while the door is open.
    Optional<Listing> listing(UUID id) {
        return door(new ListingId(id)) instanceof Door.Open(var listing)
                ? Optional.of(listing)
                : Optional.empty();
    }
}
