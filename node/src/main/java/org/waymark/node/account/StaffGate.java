// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.server.ContainerRequest;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.MultipartForm;
import org.waymark.node.http.MultipartStream;
import org.waymark.node.http.Problem;

/// Stands before `/admin/` and `/api/v1/`: closed unless a session or a token opens it, and no form
/// of another site gets through. Says who it is by [Staff#of(SecurityContext)].
///
/// The API takes tokens only and pages take cookies only, so no other site's page can use the API
/// with a visitor's cookie.
@Priority(Priorities.AUTHENTICATION)
public final class StaffGate implements ContainerRequestFilter {

    /// The hidden field of every form under `/admin/`.
    public static final String FORM_TOKEN = "token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> API = List.of("api", "v1");
    private static final List<String> PAGES = List.of("admin");
    private static final String BEARER = "Bearer ";

    private final BaseUrl baseUrl;
    private final StaffCookies cookies;
    private final Sessions sessions;
    private final ApiTokens tokens;

    public StaffGate(BaseUrl baseUrl, Sessions sessions, ApiTokens tokens) {
        this.baseUrl = baseUrl;
        this.cookies = new StaffCookies(baseUrl);
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var names = names(request);
        if (isBelow(names, API)) {
            filterApi(request);
        } else if (isBelow(names, PAGES)) {
            filterPage((ContainerRequest) request);
        }
    }

    /// The names between the slashes as the router sees them: without what may stand behind a
    /// semicolon, so that `/admin;x/` is no way around.
    private static List<String> names(ContainerRequestContext request) {
        return request.getUriInfo().getPathSegments().stream()
                .map(PathSegment::getPath)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean isBelow(List<String> names, List<String> root) {
        return names.size() >= root.size() && names.subList(0, root.size()).equals(root);
    }

    private void filterApi(ContainerRequestContext request) {
        var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        var staff =
                header != null && header.startsWith(BEARER)
                        ? tokens.find(header.substring(BEARER.length()).strip())
                        : Optional.<Staff>empty();
        if (staff.isEmpty()) {
            var refusal = Problem.response(401, "token-needed");
            request.abortWith(
                    Response.fromResponse(refusal)
                            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                            .build());
            return;
        }
        request.setSecurityContext(new Known(staff.get(), baseUrl.secure()));
    }

    private void filterPage(ContainerRequest request) {
        var unsafe = !SAFE.contains(request.getMethod());
        var staff = cookies.session(request).flatMap(secret -> sessions.find(secret.value()));
        if (MultipartStream.isComing(request) && staff.isEmpty()) {
            // Nothing of it is read, and nothing more of it waited for.
            request.abortWith(
                    Response.fromResponse(toSignIn(request)).header("Connection", "close").build());
            return;
        }
        if (unsafe && !(isFromOurPages(request) && hasFormToken(request))) {
            request.abortWith(
                    Response.fromResponse(Problem.response(403, "form-token-missing"))
                            .header(
                                    "Connection",
                                    MultipartStream.isComing(request) ? "close" : null)
                            .build());
            return;
        }
        if (staff.isPresent()) {
            request.setSecurityContext(new Known(staff.get(), baseUrl.secure()));
        } else if (!isOpenToAll(request)) {
            request.abortWith(unsafe ? Problem.response(401, "sign-in-needed") : toSignIn(request));
        }
    }

    /// What the browser itself says about where the request comes from; old browsers say nothing,
    /// and then the token decides alone. `Origin` is no help: our `Referrer-Policy` makes it
    /// `null`.
    private static boolean isFromOurPages(ContainerRequestContext request) {
        var site = request.getHeaderString("Sec-Fetch-Site");
        return site == null || site.equals("same-origin");
    }

    private boolean hasFormToken(ContainerRequest request) {
        var secret = cookies.session(request);
        var type = request.getMediaType();
        if (secret.isEmpty() || type == null) {
            return false;
        }
        if (MultipartStream.isComing(request)) {
            var given = begun(request, type).fields().get(FORM_TOKEN);
            return given != null && secret.get().isFormToken(given);
        }
        if (MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type)) {
            request.bufferEntity();
            var boundary = type.getParameters().getOrDefault("boundary", "");
            var token =
                    MultipartForm.parse(request.readEntity(byte[].class), boundary)
                            .fields()
                            .get(FORM_TOKEN);
            return token != null && secret.get().isFormToken(token);
        }
        if (!MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)) {
            return false;
        }
        request.bufferEntity();
        var given = request.readEntity(Form.class).asMap().getFirst(FORM_TOKEN);
        return given != null && secret.get().isFormToken(given);
    }

    private static MultipartStream begun(ContainerRequest request, MediaType type) {
        try {
            var boundary = type.getParameters().getOrDefault("boundary", "");
            var form = MultipartStream.begin(request.getEntityStream(), boundary);
            form.keep(request);
            return form;
        } catch (IOException e) {
            throw Problem.of(400, "bad-request");
        }
    }

    private static boolean isOpenToAll(ContainerRequest request) {
        var method = request.getUriInfo().getMatchedResourceMethod();
        return method != null
                && method.getInvocable().getHandlingMethod().isAnnotationPresent(OpenToAll.class);
    }

    private Response toSignIn(ContainerRequestContext request) {
        var uri = request.getUriInfo().getRequestUri();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var then = URLEncoder.encode(uri.getRawPath() + query, StandardCharsets.UTF_8);
        return Response.seeOther(URI.create(baseUrl + "/admin/sign-in?then=" + then)).build();
    }

    private record Known(Staff staff, boolean isSecure) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return staff;
        }

        @Override
        public boolean isUserInRole(String role) {
            return Role.find(role).filter(staff.roles()::contains).isPresent();
        }

        @Override
        public String getAuthenticationScheme() {
            return staff.session().isPresent() ? "Cookie" : "Bearer";
        }
    }
}
