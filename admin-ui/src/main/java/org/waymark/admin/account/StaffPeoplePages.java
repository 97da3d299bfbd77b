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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/// `/admin/people`: who works here, giving them roles in this organisation, and taking roles away
/// from who leaves. What they are for another organisation of the site is not seen and stays.
@Path("/admin/people")
public final class StaffPeoplePages {

    private static final String LIST = "/admin/people";
    private static final int LONGEST_EMAIL = 255;
    // Who reads complaints is named by the operator.
    private static final List<Role> GIVEN =
            Arrays.stream(Role.values()).filter(it -> it != Role.OMBUDSPERSON).toList();

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
    @Path("{id}/give")
    public Response more(@Context ContainerRequestContext request, @PathParam("id") String id) {
        var sheet = desk.open(request, "people");
        return more(200, sheet, person(sheet, id), List.of());
    }

    @POST
    @Path("{id}/give")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response give(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "people");
        var person = person(sheet, id);
        var roles = new Fields(form).choices("roles", Role.class);
        if (roles.isEmpty()) {
            var wrong = new Wrong("roles", sheet.page().say("staff.people.choose"));
            return more(422, sheet, person, List.of(wrong));
        }
        var acting = sheet.acting(Purpose.ADMINISTRATION);
        if (isOneself(sheet, person)) {
            var wrong = new Wrong("roles", sheet.page().say("staff.people.not-oneself"));
            return more(422, sheet, person, List.of(wrong));
        }
        return switch (accounts.giveRoles(acting, person.email(), roles)) {
            case Outcome.Done _ -> Sheet.to(LIST, "roles-given");
            case Outcome.OperatorOnly _ -> {
                var wrong = new Wrong("roles", sheet.page().say("staff.people.operator"));
                yield more(422, sheet, person, List.of(wrong));
            }
            case Outcome.NotFound _,
                    Outcome.NotAnAddress _,
                    Outcome.PasswordRefused _,
                    Outcome.LastAdministrator _,
                    Outcome.LastKeyHolder _ ->
                    throw new NotFoundException();
        };
    }

    private static boolean isOneself(Sheet sheet, Account person) {
        return person.id().equals(sheet.staff().account());
    }

    private static Response more(int status, Sheet sheet, Account person, List<Wrong> errors) {
        var has = person.rolesIn(sheet.staff().organization());
        var others = GIVEN.stream().filter(it -> !has.contains(it)).toList();
        return sheet.show(
                status,
                "account/person-give",
                Map.of(
                        "person",
                        person,
                        "isOperators",
                        has.contains(Role.OMBUDSPERSON),
                        "roles",
                        Fields.among(sheet.page(), "staff.role", others, Set.of()),
                        "errors",
                        errors));
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
