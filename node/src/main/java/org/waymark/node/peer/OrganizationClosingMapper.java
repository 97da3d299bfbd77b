// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.waymark.node.http.Problem;

/// What it looks like from outside when an organisation begins nothing new any more.
public final class OrganizationClosingMapper implements ExceptionMapper<OrganizationClosing> {

    @Override
    public Response toResponse(OrganizationClosing closing) {
        return Problem.response(409, "organization-closing");
    }
}
