// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.OrganizationId;
import picocli.CommandLine.Option;

/// `--publisher`: into whose directory an `import` command writes.
final class PublisherOption {

    @Option(
            names = "--publisher",
            required = true,
            paramLabel = "SLUG",
            description = "The organisation of this node that publishes them.")
    private String publisher = "";

    /// Empty, and said, where there is none of that name.
    Optional<OrganizationId> find(Domains domains, Terminal terminal) {
        var organization = domains.organizations().findBySlug(publisher);
        if (organization.isEmpty()) {
            terminal.error("No organisation here is called " + publisher + ".");
        }
        return organization.map(HostedOrganization::id);
    }
}
