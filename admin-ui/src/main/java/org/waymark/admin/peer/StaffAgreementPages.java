// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.peer;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.exchange.Fingerprint;
import org.waymark.node.exchange.KeyRenewal;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementId;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Agreements.Outcome;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.peer.Vouches;
import org.waymark.node.privacy.Purpose;

/// `/admin/agreements/{id}`: what two organisations signed, and the signing.
@Path("/admin/agreements/{id}")
public final class StaffAgreementPages {

    private static final String HERE = "/admin/agreements/";

    private final Agreements agreements;
    private final KeyRenewal keyRenewal;
    private final Vouches vouches;
    private final Clock clock;
    private final Desk desk;

    public StaffAgreementPages(Domains domains, Desk desk) {
        this.agreements = domains.agreements();
        this.keyRenewal = domains.keyRenewal();
        this.vouches = domains.vouches();
        this.clock = domains.clock();
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        var agreement = get(sheet, id);
        return sheet.show(
                "peer/agreement",
                Map.of(
                        "agreement",
                        agreement,
                        "terms",
                        agreement.terms().orElseGet(() -> proposed(sheet)),
                        "today",
                        today(sheet),
                        "fingerprint",
                        fingerprint(agreement),
                        "vouch",
                        vouches.find(sheet.acting(Purpose.PARTNERSHIP), agreement.id()).stream()
                                .toList(),
                        "ourSigner",
                        agreement.peer().isHere()
                                ? ""
                                : Fingerprint.spoken(
                                        keyRenewal.signer(
                                                sheet.acting(Purpose.PARTNERSHIP),
                                                agreement.organization())),
                        "ourFingerprint",
                        agreement
                                .ours()
                                .filter(_ -> !agreement.peer().isHere())
                                .map(signed -> Fingerprint.spoken(signed.sealKey()))
                                .orElse("")));
    }

    private AgreementTerms proposed(Sheet sheet) {
        return AgreementTerms.shortest(today(sheet).plusYears(1));
    }

    private LocalDate today(Sheet sheet) {
        return LocalDate.ofInstant(clock.instant(), sheet.zone());
    }

    /// What people compare by phone: of the key that is new, else of the one relied on.
    private static String fingerprint(Agreement agreement) {
        if (agreement.peer().isHere()) {
            return "";
        }
        return agreement
                .changedKey()
                .or(() -> agreement.pinned().map(Agreement.Pinned::key))
                .or(() -> agreement.theirs().map(signed -> signed.sealKey()))
                .map(key -> Fingerprint.spoken(key))
                .orElse("");
    }

    /// Asks before what cannot be taken back.
    @GET
    @Path("end")
    public Response sure(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        return sheet.show("peer/end", Map.of("agreement", get(sheet, id)));
    }

    @POST
    @Path("{move}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response move(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("move") String move,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var agreement = new AgreementId(id);
        var fields = new Fields(form);
        if (move.equals("vouch") || move.equals("unvouch")) {
            return vouched(
                    id,
                    move,
                    move.equals("vouch")
                            ? vouches.give(acting, agreement)
                            : vouches.takeBack(acting, agreement));
        }
        var outcome =
                switch (move) {
                    case "offer" -> agreements.offer(acting, agreement, terms(sheet, fields));
                    case "sign" -> agreements.sign(acting, agreement);
                    case "decline" -> agreements.decline(acting, agreement);
                    case "end" ->
                            agreements.end(
                                    acting,
                                    agreement,
                                    fields.isTicked("purge") ? Copied.PURGE : Copied.KEEP);
                    case "confirm-key" ->
                            get(sheet, id)
                                    .changedKey()
                                    .filter(
                                            key ->
                                                    Fingerprint.spoken(key)
                                                            .equals(fields.text("compared")))
                                    .map(key -> agreements.confirmKey(acting, agreement, key))
                                    .orElseGet(Outcome.NotFound::new);
                    default -> throw new NotFoundException();
                };
        return switch (outcome) {
            case Outcome.Done _ -> Sheet.to(HERE + id, "agreement-" + move);
            case Outcome.NotFound _ -> throw new NotFoundException();
            case Outcome.NotAllowed _ -> Sheet.to(HERE + id, "too-late");
            case Outcome.FocalPointsMissing _ ->
                    Sheet.to("/admin/focal-points", "focal-points-missing");
            case Outcome.EndsTooEarly _ -> Sheet.to(HERE + id, "agreement-too-early");
        };
    }

    private static Response vouched(UUID id, String move, Vouches.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Sheet.to(HERE + id, "agreement-" + move);
            case ALREADY_THERE -> Sheet.to(HERE + id, "already-so");
            case NOT_ALLOWED -> Sheet.to(HERE + id, "too-late");
            case NOT_FOUND -> throw new NotFoundException();
        };
    }

    private AgreementTerms terms(Sheet sheet, Fields fields) {
        var shortest = proposed(sheet);
        return new AgreementTerms(
                fields.optional("purpose").orElse(shortest.purpose()),
                shortest.services(),
                shortest.dataGroups(),
                fields.optional("retention").orElse(shortest.retention()),
                shortest.incidentHours(),
                fields.optional("complaints").orElse(shortest.complaints()),
                fields.optional("confidentiality").orElse(shortest.confidentialityLimits()),
                fields.optional("duty-to-report").orElse(shortest.dutyToReport()),
                date(fields.text("ends-on")).orElse(shortest.endsOn()));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Agreement get(Sheet sheet, UUID id) {
        return agreements
                .find(sheet.acting(Purpose.PARTNERSHIP), new AgreementId(id))
                .orElseThrow(NotFoundException::new);
    }
}
