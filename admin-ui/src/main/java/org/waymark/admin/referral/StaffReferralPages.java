// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.peer.StaffDeliveryPages;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Origin;
import org.waymark.node.listing.Topic;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.CallId;
import org.waymark.node.referral.HouseholdPart;
import org.waymark.node.referral.LifeCycle;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralEvent;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Screening;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.suggest.Suggestion;
import org.waymark.node.referral.suggest.Wanted;
import org.waymark.node.referral.team.Care;
import org.waymark.node.referral.writing.ReceiverSet;

/// `/admin/referrals`: the list, a new one, and the page of one.
@Path("/admin/referrals")
public final class StaffReferralPages {

    static final String LIST = "/admin/referrals";
    static final String SECTION = "referrals";

    private final Domains domains;
    private final Referrals referrals;
    private final Clock clock;
    private final Desk desk;
    private final Phones phones;
    private final Refusals refusals;

    public StaffReferralPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.referrals = domains.referrals();
        this.clock = domains.clock();
        this.desk = desk;
        this.phones = new Phones(domains);
        this.refusals = new Refusals(domains);
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("show") @DefaultValue("all") String show,
            @QueryParam("word") @DefaultValue("") String word,
            @QueryParam("handler") @DefaultValue("") String handler) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var now = clock.instant();
        var filter = Filter.of(show);
        var care = domains.handlers().care(acting);
        var entries =
                referrals.list(acting).stream()
                        .filter(one -> word.isEmpty() || Fields.word(one.word()).equals(word))
                        .filter(one -> isWith(care, one.id(), handler))
                        .map(one -> ReferralEntry.of(sheet, one, now))
                        .filter(entry -> filter.shows(entry, now))
                        .sorted(Comparator.comparing(ReferralEntry::clockAt))
                        .toList();
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("filter", filter);
        parameters.put("word", word);
        parameters.put("handler", handler);
        parameters.put("care", care);
        parameters.put("colleagues", domains.accounts().colleagues(acting));
        parameters.put("waiting", entries.stream().filter(ReferralEntry::ourTurn).toList());
        parameters.put("open", entries.stream().filter(it -> it.open() && !it.ourTurn()).toList());
        parameters.put("finished", entries.reversed().stream().filter(it -> !it.open()).toList());
        return sheet.show("referral/list", parameters);
    }

    /// @param handler `mine` with what is done for others, `nobody`, an account, or nothing for all
    private static boolean isWith(Care care, ReferralId id, String handler) {
        return switch (handler) {
            case "" -> true;
            case "mine" -> care.today(id).filter(care.me()::equals).isPresent();
            case "nobody" -> care.today(id).isEmpty();
            default -> care.handler(id).filter(it -> it.toString().equals(handler)).isPresent();
        };
    }

    /// What a list shows of all there is.
    public enum Filter {
        ALL,
        IN,
        OUT,
        LATE;

        static Filter of(String text) {
            return Arrays.stream(values())
                    .filter(it -> Fields.word(it).equals(text))
                    .findFirst()
                    .orElse(ALL);
        }

        boolean shows(ReferralEntry entry, Instant now) {
            return switch (this) {
                case ALL -> true;
                case IN -> entry.isIncoming();
                case OUT -> !entry.isIncoming();
                case LATE -> entry.referral().noAnswerSince(now).isPresent();
            };
        }
    }

    @GET
    @Path("new")
    public Response blank(
            @Context ContainerRequestContext request,
            @QueryParam("listing") UUID listing,
            @QueryParam("call") List<UUID> calls,
            @QueryParam("adults") @DefaultValue("1") String adults,
            @QueryParam("children") @DefaultValue("0") String children,
            @QueryParam("template") @DefaultValue("") String template) {
        var sheet = desk.open(request, SECTION);
        var found = listing(sheet, new ListingId(listing));
        var known = new MultivaluedHashMap<String, String>();
        known.add("adults", adults);
        known.add("children", children);
        domains.writingAids().templates(sheet.acting(Purpose.HELP)).stream()
                .filter(it -> it.id().toString().equals(template))
                .forEach(it -> known.add("reason", it.words()));
        var fields = new Fields(known);
        return form(200, sheet, found, calls, fields, List.of(), List.of());
    }

    /// The form with what was read from a row.
    Response prefilled(Sheet sheet, UUID listing, List<UUID> calls, Fields fields) {
        var found = listing(sheet, new ListingId(listing));
        return form(200, sheet, found, calls, fields, List.of(), List.of());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response write(
            @Context ContainerRequestContext request,
            @QueryParam("listing") UUID listing,
            @QueryParam("call") List<UUID> calls,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var found = listing(sheet, new ListingId(listing));
        var fields = new Fields(form);
        var filled = ReferralForm.read(found.id(), fields, sheet.page());
        if (filled.referral().isEmpty()) {
            return form(422, sheet, found, calls, fields, filled.errors(), List.of());
        }
        var alike =
                fields.isTicked("really")
                        ? List.<Referral>of()
                        : referrals
                                .duplicates()
                                .before(sheet.acting(Purpose.HELP), filled.referral().get());
        if (!alike.isEmpty()) {
            return form(409, sheet, found, calls, fields, List.of(), alike);
        }
        var after = calls.stream().map(CallId::new).collect(Collectors.toSet());
        var outcome = referrals.draft(sheet.acting(Purpose.HELP), filled.referral().get(), after);
        return switch (outcome) {
            case MoveOutcome.Moved(var written) -> Sheet.to(LIST + "/" + written.id());
            case MoveOutcome.AlreadyThere(var written) -> Sheet.to(LIST + "/" + written.id());
            case MoveOutcome.Refused(var why) ->
                    refusals.show(
                            sheet, why, publisher(found), StaffCallPages.writing(listing, calls));
            case MoveOutcome.NotFound _, MoveOutcome.NotAllowed _ -> throw new NotFoundException();
        };
    }

    /// @param answer which of the receiver's three answers is open: `yes`, `no` or `question`
    @GET
    @Path("{id}")
    public Response show(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @QueryParam("answer") @DefaultValue("yes") String answer) {
        var sheet = desk.open(request, SECTION);
        return show(200, sheet, id, answer, new Fields(new MultivaluedHashMap<>()), List.of());
    }

    /// The same, with an answer that could not be sent as it was typed.
    Response show(
            int status, Sheet sheet, UUID id, String answer, Fields typed, List<Wrong> errors) {
        var opened =
                referrals
                        .find(sheet.acting(Purpose.HELP), new ReferralId(id))
                        .orElseThrow(NotFoundException::new);
        var entry = ReferralEntry.of(sheet, opened.referral(), clock.instant());
        var page = sheet.page();
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("opened", opened);
        parameters.put("entry", entry);
        parameters.put("answer", answer);
        parameters.put("typed", typed);
        parameters.put("errors", errors);
        parameters.put(
                "need",
                opened.firstStep()
                        .map(step -> Facts.need(sheet, opened.referral().side(), step))
                        .orElse(List.of()));
        parameters.put(
                "contact",
                opened.contact().map(contact -> Facts.contact(sheet, contact)).orElse(List.of()));
        var deliveries = deliveries(sheet, opened);
        parameters.put("contactTakenBack", isContactTakenBack(deliveries));
        parameters.put("moments", new Timeline(sheet, opened, deliveries).moments());
        parameters.put(
                "deliveries", StaffDeliveryPages.about(domains, sheet, opened.referral().uri()));
        parameters.put("phones", phones.ofPartner(sheet, opened.referral().partner()));
        parameters.put("warnings", warnings(opened));
        parameters.put(
                "following",
                domains.personDesk().find(sheet.acting(Purpose.HELP), opened.referral().id()));
        parameters.put("languages", page.languages());
        var named = referrals.successions().named(sheet.acting(Purpose.HELP), new ReferralId(id));
        parameters.put("named", named.stream().flatMap(it -> seen(sheet, it).stream()).toList());
        parameters.put("others", others(sheet, opened));
        parameters.put("sets", sets(sheet, opened));
        var acting = sheet.acting(Purpose.HELP);
        parameters.put(
                "alike",
                opened.contact().isPresent() && opened.referral().side() == Side.RECEIVER
                        ? referrals.duplicates().besides(acting, opened.referral().id())
                        : List.of());
        parameters.put("tracking", TrackingRow.of(sheet, opened));
        parameters.put("care", domains.handlers().care(acting));
        parameters.put("colleagues", domains.accounts().colleagues(acting));
        parameters.put("caseNotes", domains.caseNotes().list(acting, opened.referral().id()));
        parameters.put("awaited", awaited(sheet, opened));
        parameters.put(
                "duties",
                referrals.duties().list(sheet.acting(Purpose.HELP), opened.referral().id()));
        return sheet.show(status, "referral/show", parameters);
    }

    /// The adults of a household who have not said yes to this one.
    private List<HouseholdPart.Member> awaited(Sheet sheet, OpenedReferral opened) {
        var today = LocalDate.ofInstant(clock.instant(), sheet.zone());
        return opened.notes()
                .flatMap(LocalNotes::household)
                .map(it -> it.awaited(today))
                .orElse(List.of());
    }

    private List<ReceiverSet> sets(Sheet sheet, OpenedReferral opened) {
        return opened.referral().state() == LifeCycle.State.DRAFT
                ? domains.writingAids().sets(sheet.acting(Purpose.HELP))
                : List.of();
    }

    private Optional<Listing> seen(Sheet sheet, ListingId id) {
        return domains.listings().find(sheet.acting(Purpose.HELP), id);
    }

    /// Who else could be asked about the same topic, while it is a draft or may be handed on.
    private List<Suggestion> others(Sheet sheet, OpenedReferral opened) {
        var referral = opened.referral();
        var mayHandOn =
                referral.side() == Side.RECEIVER
                        && opened.contact().isPresent()
                        && opened.firstStep()
                                .flatMap(Travelling.FirstStep::consent)
                                .filter(it -> it.onward().orElse(0) > 0)
                                .isPresent();
        if (referral.state() != LifeCycle.State.DRAFT && !mayHandOn) {
            return List.of();
        }
        var topic = opened.firstStep().map(it -> it.need().topic()).orElse("");
        return domains.suggestions()
                .list(
                        sheet.acting(Purpose.HELP),
                        new Wanted(
                                Arrays.stream(Topic.values())
                                        .filter(it -> it.slug().equals(topic))
                                        .findFirst(),
                                opened.contact().map(Travelling.Contact::language),
                                Optional.empty(),
                                referral.listing().stream().collect(Collectors.toSet())));
    }

    private static Set<Screening.Warning> warnings(OpenedReferral opened) {
        return opened.firstStep()
                .map(
                        step ->
                                Screening.warnings(
                                        step.need().reason(),
                                        step.fit().unsureCriterion().orElse("")))
                .orElse(Set.of());
    }

    /// How far our own messages came; the other side's are here already.
    private Map<ReferralEvent, List<Delivery>> deliveries(Sheet sheet, OpenedReferral opened) {
        var found = new LinkedHashMap<ReferralEvent, List<Delivery>>();
        for (var event : opened.timeline()) {
            event.activity()
                    .filter(domains.baseUrl()::owns)
                    .map(activity -> domains.deliveries().of(sheet.acting(Purpose.HELP), activity))
                    .ifPresent(list -> found.put(event, list));
        }
        return found;
    }

    private static boolean isContactTakenBack(Map<ReferralEvent, List<Delivery>> deliveries) {
        return deliveries.entrySet().stream()
                .filter(it -> it.getKey().kind() == ReferralEvent.Kind.CONTACT)
                .flatMap(it -> it.getValue().stream())
                .anyMatch(StaffDeliveryPages::isTakenBack);
    }

    private Response form(
            int status,
            Sheet sheet,
            Listing listing,
            List<UUID> calls,
            Fields fields,
            List<Wrong> errors,
            List<Referral> alike) {
        var acting = sheet.acting(Purpose.HELP);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("listing", listing);
        parameters.put("full", listing.standing().isFull(domains.standings().today()));
        parameters.put("query", StaffCallPages.parameters(listing.id().value(), calls));
        parameters.put("calls", referrals.calls().recent(acting, listing.id()));
        parameters.put("fields", fields);
        parameters.put("errors", errors);
        parameters.put("alike", alike);
        parameters.put("templates", domains.writingAids().templates(acting));
        parameters.put(
                "unattended",
                referrals
                        .whomToAsk(acting, listing)
                        .filter(it -> !domains.suggestions().isAttended(acting, it))
                        .isPresent());
        parameters.put(
                "suggestions",
                domains.suggestions()
                        .list(
                                acting,
                                new Wanted(
                                        listing.topics().stream().sorted().findFirst(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Set.of(listing.id()))));
        parameters.put("phones", phones.ofPartner(sheet, publisher(listing)));
        return sheet.show(status, "referral/new", parameters);
    }

    private Listing listing(Sheet sheet, ListingId id) {
        return domains.listings()
                .find(sheet.acting(Purpose.HELP), id)
                .orElseThrow(NotFoundException::new);
    }

    private URI publisher(Listing listing) {
        return switch (listing.origin()) {
            case Origin.Copy(var actor, _, _, _) -> actor;
            case Origin.Own(var publisher) -> domains.baseUrl().resolve("/o/" + publisher.value());
        };
    }
}
