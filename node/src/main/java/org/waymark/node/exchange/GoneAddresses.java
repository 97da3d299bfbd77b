// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.page.Languages;
import org.waymark.node.privacy.OrganizationId;

/// Answers 410 at every address that machines had of an organisation which is gone, and of the node
/// when it closed: actor, inbox, outbox and all below. Browsers are sent to the page as before.
public final class GoneAddresses implements ContainerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern OF_ORGANIZATION = Pattern.compile("o/([0-9a-fA-F-]{36})(/.*)?");
    private static final Pattern OF_NODE =
            Pattern.compile("actor(/.*)?|inbox/?|nodeinfo/.*|\\.well-known/nodeinfo/?");

    private final Whereabouts whereabouts;
    private final SharedAddress address;

    public GoneAddresses(Whereabouts whereabouts, BaseUrl baseUrl, Languages languages) {
        this.whereabouts = whereabouts;
        this.address = new SharedAddress(baseUrl, languages);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        // A page is only read: nothing that is sent here is for one, whatever it accepts.
        if (READING.contains(request.getMethod())
                && address.isBrowser(request.getHeaderString(HttpHeaders.ACCEPT))) {
            return;
        }
        if (OF_NODE.matcher(path).matches() && whereabouts.isNodeGone()) {
            request.abortWith(Problem.response(410, "node-gone"));
        } else if (organization(path).filter(whereabouts::isGone).isPresent()) {
            request.abortWith(Problem.response(410, "organization-gone"));
        }
    }

    private static Optional<OrganizationId> organization(String path) {
        var matcher = OF_ORGANIZATION.matcher(path);
        try {
            return matcher.matches()
                    ? Optional.of(new OrganizationId(UUID.fromString(matcher.group(1))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
