// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;

/// An actor that lives here: the node itself, or an organisation it hosts.
///
/// @param organization empty for the node
public record LocalActor(URI id, Optional<OrganizationId> organization) {

    public URI inbox() {
        return organization.isPresent()
                ? below("/inbox")
                : URI.create(id.resolve("/inbox").toString());
    }

    /// An address below the actor's own.
    ///
    /// @param path begins with a slash
    public URI below(String path) {
        return URI.create(id + path);
    }
}
