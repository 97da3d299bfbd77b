// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.database.Database;
import org.waymark.node.peer.StillOpen;

/// The organisation whose staff look after what people ask for themselves: the one that is named in
/// the settings, or the only one there is. With several and none named there is none.
final class Intake {

    private final Database database;
    private final HostedOrganizations organizations;
    private final Optional<String> slug;

    /// @param slug of the one that is named
    Intake(Database database, HostedOrganizations organizations, Optional<String> slug) {
        this.database = database;
        this.organizations = organizations;
        this.slug = slug;
    }

    Optional<HostedOrganization> find() {
        var all = organizations.list();
        return slug.isPresent()
                ? organizations.findBySlug(slug.get())
                : all.stream().findFirst().filter(_ -> all.size() == 1);
    }

    /// The same, unless it begins nothing new any more.
    Optional<HostedOrganization> findOpen() {
        return find().filter(it -> database.read(tx -> StillOpen.isSo(tx, it.id())));
    }
}
