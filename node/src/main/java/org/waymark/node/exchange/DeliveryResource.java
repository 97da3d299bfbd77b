// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.account.Staff;
import org.waymark.node.http.Problem;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// `/api/v1/deliveries`: how what we sent fares, by listing or referral (`about`) or by the other
/// server (`host`). It says nothing of what was sent.
@Path("api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveryResource {

    private final Deliveries deliveries;
    private final RemoteHosts hosts;

    public DeliveryResource(Deliveries deliveries, RemoteHosts hosts) {
        this.deliveries = deliveries;
        this.hosts = hosts;
    }

    @GET
    public byte[] list(
            @QueryParam("about") @DefaultValue("") String about,
            @QueryParam("host") @DefaultValue("") String host,
            @Context SecurityContext context) {
        var acting = acting(context);
        if (!about.isEmpty()) {
            return StrictJson.write(write(deliveries.about(acting, uri(about))));
        }
        if (host.isEmpty()) {
            throw Problem.of(400, "about-or-host-missing");
        }
        var found = write(deliveries.failing(acting, host));
        found.put("queued", deliveries.countQueued(acting, host));
        hosts.find(acting, host).ifPresent(it -> found.set("host", write(it)));
        return StrictJson.write(found);
    }

    /// Queues again what was given up, and tries at once what waits.
    @POST
    @Path("send-again")
    public Response sendAgain(
            @QueryParam("about") @DefaultValue("") String about,
            @QueryParam("host") @DefaultValue("") String host,
            @Context SecurityContext context) {
        var acting = acting(context);
        if (!about.isEmpty()) {
            deliveries.sendAgainAbout(acting, uri(about));
        } else if (!host.isEmpty()) {
            deliveries.sendAgainTo(acting, host);
        } else {
            throw Problem.of(400, "about-or-host-missing");
        }
        return Response.noContent().build();
    }

    private static ObjectNode write(List<Delivery> deliveries) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("deliveries");
        deliveries.forEach(it -> list.add(write(it)));
        return json;
    }

    private static ObjectNode write(Delivery delivery) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("activity", delivery.activity().toString());
        json.put("host", Lanes.host(delivery.inbox()));
        json.put("state", delivery.state().name().toLowerCase(Locale.ROOT));
        json.put("attempts", delivery.attempts());
        json.put("queuedAt", delivery.queuedAt().toString());
        if (delivery.state() == DeliveryState.QUEUED) {
            json.put("due", delivery.due().toString());
        }
        put(json, "failingSince", delivery.failingSince());
        delivery.code().ifPresent(it -> json.put("code", it));
        put(json, "endedAt", delivery.endedAt());
        return json;
    }

    private static ObjectNode write(RemoteHost host) {
        var json = JsonNodeFactory.instance.objectNode();
        put(json, "heardAt", host.heardAt());
        put(json, "reachedAt", host.reachedAt());
        json.put("failures", host.failures());
        put(json, "failingSince", host.failingSince());
        put(json, "restUntil", host.restUntil());
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<Instant> at) {
        at.ifPresent(it -> json.put(name, it.toString()));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw Problem.of(400, "address-malformed");
        }
    }

    private static Acting acting(SecurityContext context) {
        return Staff.of(context).acting(Purpose.PARTNERSHIP);
    }
}
