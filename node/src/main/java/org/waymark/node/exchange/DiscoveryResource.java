// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waymark.federation.discovery.Account;
import org.waymark.federation.discovery.HostMeta;
import org.waymark.federation.discovery.NodeInfo;
import org.waymark.federation.discovery.WebFinger;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// How others find our actors: WebFinger (by name, by address, and the node by its base URL or bare
/// domain, FEP-d556), host-meta and where NodeInfo is. Open to every origin, since all of it is
/// public.
@Path("/.well-known")
public final class DiscoveryResource {

    private final BaseUrl baseUrl;
    private final String accountDomain;
    private final LocalActors actors;
    private final HostedOrganizations organizations;
    private final Whereabouts whereabouts;

    /// @param accountDomain the part after the @ of our actors' names
    public DiscoveryResource(
            BaseUrl baseUrl,
            String accountDomain,
            LocalActors actors,
            HostedOrganizations organizations,
            Whereabouts whereabouts) {
        this.baseUrl = baseUrl;
        this.accountDomain = accountDomain;
        this.actors = actors;
        this.organizations = organizations;
        this.whereabouts = whereabouts;
    }

    @GET
    @Path("webfinger")
    public Response webFinger(@QueryParam("resource") @Nullable String resource) {
        if (resource == null || resource.isBlank()) {
            throw Problem.of(400, "resource-missing");
        }
        return find(resource)
                .map(it -> json(it.json(), "application/jrd+json"))
                .orElseThrow(() -> Problem.of(404, "account-not-found"));
    }

    @GET
    @Path("host-meta")
    public Response hostMeta() {
        return open(Response.ok(HostMeta.xml(baseUrl.uri()), HostMeta.MEDIA_TYPE));
    }

    @GET
    @Path("nodeinfo")
    public Response nodeInfoLinks() {
        return json(NodeInfo.wellKnown(baseUrl.resolve("/nodeinfo/2.1")), "application/json");
    }

    private Optional<WebFinger> find(String resource) {
        var account = Account.parse(resource).filter(it -> isOurs(it.host()));
        if (account.isPresent()) {
            return account.get().name().equals(accountDomain)
                    ? Optional.of(node())
                    : organizations.findBySlug(account.get().name()).map(this::organization);
        }
        var address =
                resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
        if (address.equals(baseUrl.toString()) || address.equals(accountDomain)) {
            return Optional.of(node());
        }
        return address(address)
                .flatMap(actors::find)
                .flatMap(
                        actor ->
                                actor.organization().isEmpty()
                                        ? Optional.of(node())
                                        : actor.organization()
                                                .flatMap(organizations::find)
                                                .map(this::organization));
    }

    private boolean isOurs(String host) {
        return host.equals(accountDomain) || host.equals(baseUrl.authority());
    }

    private WebFinger node() {
        if (whereabouts.isNodeGone()) {
            throw Problem.of(410, "node-gone");
        }
        return new WebFinger(
                "acct:" + accountDomain + "@" + accountDomain,
                actors.node().id(),
                baseUrl.resolve("/"));
    }

    private WebFinger organization(HostedOrganization hosted) {
        if (whereabouts.isGone(hosted.id())) {
            throw Problem.of(410, "organization-gone");
        }
        var actor = actors.of(hosted.id()).id();
        return new WebFinger("acct:" + hosted.slug() + "@" + accountDomain, actor, actor);
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Response json(JsonNode json, String mediaType) {
        return open(Response.ok(StrictJson.write(json), mediaType));
    }

    private static Response open(Response.ResponseBuilder response) {
        return response.header("Access-Control-Allow-Origin", "*").build();
    }
}
