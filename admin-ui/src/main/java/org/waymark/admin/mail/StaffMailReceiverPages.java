// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.mail;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.freshness.Told;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.mailed.MailReceiver;
import org.waymark.node.referral.mailed.MailReceivers;

/// `/admin/mail-receivers`: organisations without a node that we may ask by mail.
@Path("/admin/mail-receivers")
public final class StaffMailReceiverPages {

    private static final String LIST = "/admin/mail-receivers";

    private final MailReceivers receivers;
    private final Domains domains;
    private final Desk desk;

    public StaffMailReceiverPages(Domains domains, Desk desk) {
        this.receivers = domains.mailReceivers();
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, "partners");
        return list(200, sheet, List.of());
    }

    private Response list(int status, Sheet sheet, List<Wrong> errors) {
        return sheet.show(
                status,
                "mail/receivers",
                Map.of(
                        "receivers",
                        receivers.list(sheet.acting(Purpose.PARTNERSHIP)),
                        "now",
                        domains.clock().instant(),
                        "isOn",
                        domains.mailDesk().isOn(),
                        "errors",
                        errors));
    }

    /// Who runs this listing of ours, and where to ask.
    @GET
    @Path("of/{listing}")
    public Response of(@Context ContainerRequestContext request, @PathParam("listing") UUID id) {
        var sheet = desk.open(request, "partners");
        return of(
                200, sheet, listing(sheet, id), new Fields(new MultivaluedHashMap<>()), List.of());
    }

    private Response of(
            int status, Sheet sheet, Listing listing, Fields fields, List<Wrong> errors) {
        var known =
                receivers.list(sheet.acting(Purpose.PARTNERSHIP)).stream()
                        .filter(it -> it.provider().equals(listing.provider().id()))
                        .findFirst();
        return sheet.show(
                status,
                "mail/receiver",
                Map.of(
                        "listing",
                        listing,
                        "known",
                        known,
                        "mailbox",
                        given(fields, "mailbox", known.map(it -> it.mailbox().text())),
                        "phone",
                        given(fields, "phone", known.map(MailReceiver::phone)),
                        "language",
                        known.map(MailReceiver::language).orElse(listing.name().baseLanguage()),
                        "ready",
                        known.filter(it -> it.isReady(domains.clock().instant())).isPresent(),
                        "ours",
                        listing.provider().id().equals(sheet.organization().id().value()),
                        "errors",
                        errors));
    }

    private static String given(Fields fields, String name, Optional<String> known) {
        return fields.optional(name).or(() -> known).orElse("");
    }

    @POST
    @Path("of/{listing}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response put(
            @Context ContainerRequestContext request,
            @PathParam("listing") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "partners");
        var listing = listing(sheet, id);
        var fields = new Fields(form);
        var mailbox = MailAddress.of(fields.text("mailbox", 254));
        var phone = fields.text("phone", 60);
        var errors = new ArrayList<Wrong>();
        if (mailbox.isEmpty()) {
            errors.add(new Wrong("mailbox", sheet.page().say("staff.care.mail.wrong")));
        }
        if (phone.isEmpty()) {
            errors.add(new Wrong("phone", sheet.page().say("staff.receiver.phone.wrong")));
        }
        if (!errors.isEmpty()) {
            return of(422, sheet, listing, fields, errors);
        }
        var language =
                desk.pages()
                        .languages()
                        .find(fields.text("language", 20))
                        .orElse(sheet.page().language());
        var put =
                receivers.put(
                        sheet.acting(Purpose.PARTNERSHIP),
                        listing,
                        mailbox.orElseThrow(),
                        phone,
                        language.tag());
        if (put.isEmpty()) {
            throw new NotFoundException();
        }
        return Sheet.to(LIST, "saved");
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "partners");
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var fields = new Fields(form);
        switch (fields.text("what")) {
            case "confirm" -> {
                var with = fields.text("with", 120);
                if (with.isEmpty()) {
                    var wrong = sheet.page().say("staff.receiver.with.wrong");
                    return list(422, sheet, List.of(new Wrong("with-" + id, wrong)));
                }
                var asked = MailAddress.of(fields.text("mailbox", 254));
                if (asked.filter(it -> receivers.confirm(acting, id, it, with)).isEmpty()) {
                    var wrong = sheet.page().say("staff.shared.stale");
                    return list(409, sheet, List.of(new Wrong("with-" + id, wrong)));
                }
            }
            case "agree" -> {
                var until = Told.day(fields.text("until"));
                if (!until.isUnderstood()) {
                    var example = domains.standings().today().plusYears(1).toString();
                    var wrong = sheet.page().say("check.day.wrong", example);
                    return list(422, sheet, List.of(new Wrong("until-" + id, wrong)));
                }
                receivers.agree(acting, id, until.found());
            }
            default -> throw new NotFoundException();
        }
        return Sheet.to(LIST, "saved");
    }

    private Listing listing(Sheet sheet, UUID id) {
        return domains.listings()
                .find(sheet.acting(Purpose.PARTNERSHIP), new ListingId(id))
                .filter(sheet::publishes)
                .orElseThrow(NotFoundException::new);
    }
}
