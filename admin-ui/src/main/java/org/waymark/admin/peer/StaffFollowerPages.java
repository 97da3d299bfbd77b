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
import java.net.URI;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.Follower.State;
import org.waymark.node.peer.Followers;
import org.waymark.node.privacy.Purpose;

/// `/admin/followers`: who follows the public listings from other networks, and who asks to.
@Path("/admin/followers")
public final class StaffFollowerPages {

    static final String LIST = "/admin/followers";

    private final Followers followers;
    private final Desk desk;

    public StaffFollowerPages(Domains domains, Desk desk) {
        this.followers = domains.followers();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        return sheet.show(
                "peer/followers",
                Map.of(
                        "waiting",
                        followers.list(acting, State.WAITING),
                        "following",
                        followers.list(acting, State.FOLLOWING)));
    }

    @POST
    @Path("{move}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response move(
            @Context ContainerRequestContext request,
            @PathParam("move") String move,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var actor = actor(new Fields(form).text("actor", 1_000));
        var outcome =
                switch (move) {
                    case "accept" -> followers.accept(acting, actor);
                    case "reject" -> followers.reject(acting, actor);
                    default -> throw new NotFoundException();
                };
        return switch (outcome) {
            case DONE -> Sheet.to(LIST, "follower-" + move);
            case ALREADY_THERE -> Sheet.to(LIST, "already-so");
            case NOT_FOUND -> Sheet.to(LIST, "too-late");
        };
    }

    private static URI actor(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
