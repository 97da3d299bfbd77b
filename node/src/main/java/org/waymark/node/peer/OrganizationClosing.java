// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

/// Someone would begin something new for an organisation that closes. A refusal with the code
/// `organization-closing`.
public final class OrganizationClosing extends RuntimeException {

    private static final long serialVersionUID = 1;

    OrganizationClosing() {
        super("This organisation closes, or has closed: it begins nothing new");
    }
}
