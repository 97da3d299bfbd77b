// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.RawTarget;
import org.waymark.node.http.Shortcut;
import org.waymark.node.privacy.OrganizationId;

/// Takes what is posted to the inboxes before Jersey would look for them. What cannot be received
/// at its address is left to [InboxResource], [OrganizationInboxResource] and [GoneAddresses].
public final class InboxShortcut implements Shortcut {

    private static final Pattern OF_ORGANIZATION =
            Pattern.compile("/o/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/inbox");

    private final Inbox inbox;
    private final Room room;
    private final HostedOrganizations organizations;
    private final Whereabouts whereabouts;

    public InboxShortcut(
            Inbox inbox, Room room, HostedOrganizations organizations, Whereabouts whereabouts) {
        this.inbox = inbox;
        this.room = room;
        this.organizations = organizations;
        this.whereabouts = whereabouts;
    }

    @Override
    public Optional<Function<Posted, Response>> at(RawTarget target) {
        if (target.path().equals("/inbox")) {
            return whereabouts.isNodeGone() ? Optional.empty() : receiver(Optional.empty());
        }
        return organization(target.path())
                .filter(it -> !whereabouts.isGone(it) && organizations.find(it).isPresent())
                .flatMap(it -> receiver(Optional.of(it)));
    }

    private Optional<Function<Posted, Response>> receiver(Optional<OrganizationId> receiver) {
        return Optional.of(posted -> InboxResource.receive(inbox, room, posted, receiver));
    }

    private static Optional<OrganizationId> organization(String path) {
        var matcher = OF_ORGANIZATION.matcher(path);
        return matcher.matches()
                ? Optional.of(new OrganizationId(UUID.fromString(matcher.group(1))))
                : Optional.empty();
    }
}
