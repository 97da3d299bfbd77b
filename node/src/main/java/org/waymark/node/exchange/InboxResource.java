// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.waymark.federation.signature.AcceptSignature;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.Request;
import org.waymark.node.http.Problem;
import org.waymark.node.http.RawTarget;
import org.waymark.node.http.Shortcut.Posted;
import org.waymark.node.privacy.OrganizationId;

/// The node's own inbox, shared by all its actors for what is public.
@Path("/inbox")
public final class InboxResource {

    private final Inbox inbox;
    private final Room room;

    public InboxResource(Inbox inbox, Room room) {
        this.inbox = inbox;
        this.room = room;
    }

    @POST
    public Response receive(InputStream body, @Context ContainerRequestContext context) {
        return receive(inbox, room, body, context, Optional.empty());
    }

    static Response receive(
            Inbox inbox,
            Room room,
            InputStream body,
            ContainerRequestContext context,
            Optional<OrganizationId> receiver) {
        var target = RawTarget.of(context);
        return receive(
                inbox,
                room,
                new Posted(target, context.getHeaders(), body, context.getLength()),
                receiver);
    }

    /// The same for what [InboxShortcut] takes.
    static Response receive(
            Inbox inbox, Room room, Posted posted, Optional<OrganizationId> receiver) {
        return answer(
                room.receive(
                        posted.body(),
                        posted.length(),
                        bytes -> inbox.receive(request(posted, bytes), receiver)));
    }

    private static Request request(Posted posted, byte[] body) {
        return new Request(
                "POST", posted.target().pathAndQuery(), Headers.of(posted.headers()), body);
    }

    private static Response answer(Inbox.Answer answer) {
        return switch (answer) {
            case Inbox.Answer.Taken _ -> Response.accepted().build();
            case Inbox.Answer.Refused(var status, var code, var comeAfter) -> {
                var response = Response.fromResponse(Problem.response(status, code));
                if (status == 401) {
                    response.header("Accept-Signature", AcceptSignature.OURS);
                }
                if (status == 503 || status == 429) {
                    response.header(HttpHeaders.RETRY_AFTER, comeAfter.toSeconds());
                }
                yield response.build();
            }
        };
    }
}
