// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.OrganizationId;

/// Who lives here, by address. All of it is public.
public final class LocalActors {

    private final BaseUrl baseUrl;
    private final HostedOrganizations organizations;

    public LocalActors(BaseUrl baseUrl, HostedOrganizations organizations) {
        this.baseUrl = baseUrl;
        this.organizations = organizations;
    }

    /// The node's own actor, which signs peering and public fetches.
    public LocalActor node() {
        return new LocalActor(baseUrl.resolve("/actor"), Optional.empty());
    }

    /// The actor of an organisation, whether or not it is hosted here.
    public LocalActor of(OrganizationId organization) {
        return new LocalActor(
                baseUrl.resolve("/o/" + organization.value()), Optional.of(organization));
    }

    /// The organisations hosted here, as actors.
    public List<LocalActor> organizations() {
        return organizations.list().stream().map(it -> of(it.id())).toList();
    }

    /// The actor at an address, when it lives here.
    public Optional<LocalActor> find(URI id) {
        var node = node();
        return id.equals(node.id())
                ? Optional.of(node)
                : organizationOf(id).flatMap(organizations::find).map(it -> of(it.id()));
    }

    /// The address of a new activity. Addresses are never used again, so the UUID is a fresh one.
    public URI activity(UUID fresh) {
        return baseUrl.resolve("/a/" + fresh);
    }

    /// Whether something was minted here.
    public boolean isOurs(URI id) {
        return baseUrl.owns(id);
    }

    private Optional<OrganizationId> organizationOf(URI id) {
        var prefix = baseUrl.resolve("/o/").toString();
        var text = id.toString();
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            var uuid = UUID.fromString(text.substring(prefix.length()));
            // A second spelling of the same UUID is another address, hence nobody.
            return Optional.of(new OrganizationId(uuid))
                    .filter(organization -> of(organization).id().equals(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
