// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal for machines: RFC 9457, with a stable kebab-case code that is also the key of the
/// message for people and the anchor in the manual.
public record Problem(int status, String code, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    /// The refusal as an exception: `throw Problem.of(404, "referral-not-found")`.
    public static WebApplicationException of(int status, String code) {
        return of(status, code, "");
    }

    public static WebApplicationException of(int status, String code, String detail) {
        return new WebApplicationException(code, response(status, code, detail));
    }

    public static Response response(int status, String code) {
        return response(status, code, "");
    }

    public static Response response(int status, String code, String detail) {
        return Response.status(status)
                .entity(new Problem(status, code, detail))
                .type(MEDIA_TYPE)
                .build();
    }

    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", code);
        members.put("status", status);
        members.put("code", code);
        if (!detail.isEmpty()) {
            members.put("detail", detail);
        }
        return members;
    }
}
