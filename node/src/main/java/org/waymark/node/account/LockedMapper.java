// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.waymark.node.http.Problem;
import org.waymark.node.privacy.LockedException;

/// What locked keys look like from outside: not now, and what opens them.
public final class LockedMapper implements ExceptionMapper<LockedException> {

    // 10 min: somebody has to come and sign in.
    private static final int RETRY_AFTER_SECONDS = 600;

    @Override
    public Response toResponse(LockedException locked) {
        return Response.fromResponse(
                        Problem.response(503, "locked", "a member of staff must sign in"))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }
}
