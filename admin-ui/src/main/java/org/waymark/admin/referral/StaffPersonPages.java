// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.person.PersonDesk;
import org.waymark.node.person.PersonMessage;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.ReferralId;

/// What staff do for the person beside the request: the help code, face to face, and messages.
@Path("/admin/referrals")
public final class StaffPersonPages {

    private final PersonDesk person;
    private final Desk desk;

    public StaffPersonPages(Domains domains, Desk desk) {
        this.person = domains.personDesk();
        this.desk = desk;
    }

    /// Shows a new code, once; it is on this page and nowhere else.
    @POST
    @Path("{id}/person/code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response giveCode(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var word = new Fields(form).text("word", 100);
        if (!word.isEmpty() && !PersonDesk.isWord(word)) {
            return Sheet.to(here(id), "word-too-short");
        }
        var acting = sheet.acting(Purpose.HELP);
        var before = person.find(acting, new ReferralId(id)).orElseThrow(NotFoundException::new);
        if (!StaffPersonPages.mark(before).equals(new Fields(form).text("before", 30))) {
            // The page of the code was loaded again, or a colleague was faster: the code on the
            // slip stays the one that counts.
            return Sheet.to(here(id), "code-given-before");
        }
        var code =
                person.giveCode(
                                acting,
                                new ReferralId(id),
                                Optional.of(word).filter(it -> !it.isEmpty()))
                        .orElseThrow(NotFoundException::new);
        return sheet.show(
                "referral/code",
                Map.of(
                        "code",
                        code,
                        "hasWord",
                        before.hasWord() || !word.isEmpty(),
                        "here",
                        here(id),
                        "languages",
                        sheet.page().languages()));
    }

    /// Which code a form was made beside.
    public static String mark(PersonDesk.Following following) {
        return following.codeGivenAt().map(it -> Long.toString(it.toEpochMilli())).orElse("none");
    }

    @POST
    @Path("{id}/person/word")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response setWord(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var word = new Fields(form).text("word", 100);
        var set = person.setWord(sheet.acting(Purpose.HELP), new ReferralId(id), word);
        return Sheet.to(here(id), set ? "person-word" : "word-too-short");
    }

    @POST
    @Path("{id}/person/message")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response write(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var text = new Fields(form).text("text", PersonMessage.MAX_TEXT);
        if (text.isEmpty()) {
            return Sheet.to(here(id), "words-missing");
        }
        var written = person.write(sheet.acting(Purpose.HELP), new ReferralId(id), text);
        return Sheet.to(here(id), written ? "person-written" : "too-late");
    }

    @POST
    @Path("{id}/person/{message}/settled")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response settle(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("message") UUID message) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var settled = person.settle(acting, new ReferralId(id), message);
        var waits =
                !settled
                        && person.find(acting, new ReferralId(id)).stream()
                                .flatMap(it -> it.messages().stream())
                                .anyMatch(it -> it.id().equals(message) && it.waits());
        return Sheet.to(here(id), waits ? "data-not-stopped" : "person-settled");
    }

    private static String here(UUID id) {
        return StaffReferralPages.LIST + "/" + id;
    }
}
