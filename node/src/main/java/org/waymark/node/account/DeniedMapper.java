// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.waymark.node.http.Problem;

/// What a missing right looks like from outside; which right it was stays inside.
public final class DeniedMapper implements ExceptionMapper<Access.Denied> {

    @Override
    public Response toResponse(Access.Denied denied) {
        return Problem.response(403, "not-permitted");
    }
}
