// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.mail;

import gg.jte.Content;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.exchange.MailDesk;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Page;
import org.waymark.node.privacy.Purpose;

/// `/admin/mail`: mail that did not arrive.
@Path("/admin/mail")
public final class StaffMailPages implements StaffStartPages.Tasks {

    private static final String LIST = "/admin/mail";

    private final MailDesk mail;
    private final Desk desk;

    public StaffMailPages(Domains domains, Desk desk) {
        this.mail = domains.mailDesk();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, "partners");
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        return sheet.show(
                "mail/list",
                Map.of("standing", mail.standing(acting), "failed", mail.failed(acting)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "partners");
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var forget = new Fields(form).text("forget", 36);
        if (forget.isEmpty()) {
            mail.sendAgain(acting);
            return Sheet.to(LIST, "sent-again");
        }
        mail.forget(acting, id(forget));
        return Sheet.to(LIST);
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!mail.isOn() || !sheet.may(Right.SEE_PARTNERS)) {
            return List.of();
        }
        var page = sheet.page();
        var failed = mail.failed(sheet.acting(Purpose.PARTNERSHIP));
        return failed.stream()
                .flatMap(post -> post.failure().stream())
                .skip(Math.max(0, failed.size() - 1))
                .map(
                        oldest ->
                                new Task(
                                        oldest.at(),
                                        "wait",
                                        "alert",
                                        page.say("staff.mail.failed.state"),
                                        page.count("staff.mail.failed", failed.size()),
                                        sheet.when(oldest.at()),
                                        LIST))
                .toList();
    }

    /// Why it did not arrive, in words.
    public static Content reason(Page page, String code) {
        var key = "staff.mail.code." + code;
        return page.messages().has(key) ? page.say(key) : page.ltr(code);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
