// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.DatabaseException;

/// Turns exceptions into [Problem]s. What we did not expect is logged under an id, and only the id
/// goes out. [ErrorPageFilter] turns a problem into a page where a person reads it.
final class ErrorMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

    // 5 s: whatever stood in its way has gone by then, or been turned away itself.
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof WebApplicationException expected) {
            var response = expected.getResponse();
            if (response.hasEntity() || response.getStatus() < 400) {
                return response;
            }
            return Response.fromResponse(response)
                    .entity(new Problem(response.getStatus(), code(response.getStatus()), ""))
                    .type(Problem.MEDIA_TYPE)
                    .build();
        }
        if (error instanceof DatabaseException busy && busy.isTurnedAway()) {
            LOG.warn("A request was turned away by the database", error);
            var refusal = Problem.response(503, "busy-now");
            return Response.fromResponse(refusal)
                    .header("Retry-After", RETRY_AFTER_SECONDS)
                    .build();
        }
        var id = UUID.randomUUID().toString();
        LOG.error("Request failed, error id {}", id, error);
        return Problem.response(500, "internal-error", id);
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "bad-request";
            case 401 -> "sign-in-needed";
            case 403 -> "not-allowed";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "body-too-large";
            case 415 -> "media-type-not-supported";
            default -> "status-" + status;
        };
    }
}
