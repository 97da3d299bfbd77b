// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.account;

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
import java.util.List;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Account;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.Accounts.Outcome;
import org.waymark.node.account.Role;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/people`: who works here, and taking roles away from who leaves.
@Path("/admin/people")
public final class StaffPeoplePages {

    private static final String LIST = "/admin/people";

    private final Accounts accounts;
    private final Desk desk;

    public StaffPeoplePages(Domains domains, Desk desk) {
        this.accounts = domains.accounts();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, "people");
        var people = accounts.list(sheet.acting(Purpose.ADMINISTRATION));
        return sheet.show("account/people", Map.of("people", people));
    }

    @GET
    @Path("{id}")
    public Response show(@Context ContainerRequestContext request, @PathParam("id") String id) {
        var sheet = desk.open(request, "people");
        return show(200, sheet, person(sheet, id), List.of());
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response takeAway(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "people");
        var acting = sheet.acting(Purpose.ADMINISTRATION);
        var person = person(sheet, id);
        var roles = new Fields(form).choices("roles", Role.class);
        if (roles.isEmpty()) {
            return again(sheet, person, "staff.people.choose");
        }
        return switch (accounts.takeRoles(acting, person.email(), acting.organization(), roles)) {
            case Outcome.LastAdministrator _ -> again(sheet, person, "staff.people.last");
            case Outcome.OperatorOnly _ -> again(sheet, person, "staff.people.operator");
            case Outcome.LastKeyHolder _ -> again(sheet, person, "staff.people.last-key");
            case Outcome.Done _,
                    Outcome.NotFound _,
                    Outcome.NotAnAddress _,
                    Outcome.PasswordRefused _ ->
                    Sheet.to(LIST, "roles-taken");
        };
    }

    private Account person(Sheet sheet, String id) {
        return accounts.list(sheet.acting(Purpose.ADMINISTRATION)).stream()
                .filter(it -> it.id().value().toString().equals(id))
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }

    private static Response again(Sheet sheet, Account person, String why) {
        return show(422, sheet, person, List.of(new Wrong("roles", sheet.page().say(why))));
    }

    private static Response show(int status, Sheet sheet, Account person, List<Wrong> errors) {
        var roles = person.rolesIn(sheet.staff().organization()).stream().sorted().toList();
        return sheet.show(
                status,
                "account/person",
                Map.of("person", person, "roles", roles, "errors", errors));
    }
}
