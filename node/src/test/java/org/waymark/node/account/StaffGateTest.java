// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.RawHttp;
import org.waymark.node.http.Site;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

class StaffGateTest {

    private static final BaseUrl BASE = BaseUrl.parse("http://shelter.example");
    private static final String COOKIE = "waymark-" + BASE.mark();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Database database;
    private static Staffed node;
    private static HttpServer server;
    private static Secret session;

    @Path("/")
    public static final class Rooms {
        @GET
        @Path("admin/me")
        public String me(@Context SecurityContext context) {
            return Staff.of(context).email();
        }

        @POST
        @Path("admin/name")
        public String name(@Context SecurityContext context, @FormParam("name") String name) {
            return name + " by " + Staff.of(context).email();
        }

        @POST
        @Path("admin/boss")
        public String boss(@Context SecurityContext context) {
            node.access.require(
                    Staff.of(context).acting(Purpose.ADMINISTRATION), Right.MANAGE_ACCOUNTS);
            return "done";
        }

        @GET
        @OpenToAll
        @Path("admin/door")
        public String door() {
            return "open";
        }

        @GET
        @Path("admin/list")
        public String list() {
            return "for staff only";
        }

        @GET
        @Path("api/v1/me")
        public String api(@Context SecurityContext context) {
            return Staff.of(context).email();
        }

        @GET
        @Path("administration")
        public String beside() {
            return "public";
        }
    }

    @BeforeAll
    static void serve() {
        database = Databases.inMemory();
        node = new Staffed(database, Clock.systemUTC());
        node.person("amal@shelter.example", node.organization("shelter"), Role.CASEWORKER);
        session =
                ((Sessions.Outcome.SignedIn)
                                node.sessions.signIn(
                                        "amal@shelter.example",
                                        Staffed.PASSWORD,
                                        Optional.empty(),
                                        "192.0.2.1"))
                        .session();
        server = HttpServer.bind("127.0.0.1", 0);
        server.serve(
                new Site(BASE, 10_000)
                        .add(new Rooms())
                        .add(new DeniedMapper())
                        .add(new StaffGate(BASE, node.sessions, node.tokens)));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void aPageWithoutASessionLeadsToTheSignInAndBack() throws Exception {
        var answer = send(request("/admin/me?x=1"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("http://shelter.example/admin/sign-in?then=%2Fadmin%2Fme%3Fx%3D1");
    }

    @Test
    void aPageWithASessionKnowsWhoAsks() throws Exception {
        assertThat(send(signedIn("/admin/me")).body()).isEqualTo("amal@shelter.example");
    }

    @Test
    void whatIsOpenToAllAndWhatOnlyBeginsWithTheSameWordNeedsNoSession() throws Exception {
        assertThat(send(request("/admin/door")).body()).isEqualTo("open");
        assertThat(send(request("/administration")).body()).isEqualTo("public");
    }

    @Test
    void anAddressThatIsNotThereLooksLikeAnyOtherToAStranger() throws Exception {
        assertThat(send(request("/admin/nothing")).statusCode()).isIn(303, 404);
    }

    /// What the router takes for the same address, the gate must too.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/list",
                "/admin;a=b/list",
                "/admin;/list",
                "//admin/list",
                "///admin/list",
                "/;x/admin/list",
                "/./admin/list",
                "/%61dmin/list",
                "/admin%2Flist",
                "/administration/../admin/list",
                "/api;a/v1/me",
                "/api/v1;a=b/me",
                "//api/v1/me"
            })
    void noSpellingOfAClosedAddressOpensIt(String path) throws Exception {
        assertThat(RawHttp.head(server.port(), path)).matches("(?s)HTTP/1.1 (303|400|401|404).*");
    }

    @Test
    void aFormWithItsTokenIsTakenAndItsFieldsArriveWhole() throws Exception {
        var answer = send(form("/admin/name", session.formToken(), "name=%D8%A3%D9%85%D9%84"));

        assertThat(answer.body()).isEqualTo("أمل by amal@shelter.example");
    }

    @Test
    void aFormWithoutATokenOrWithAnotherSessionsIsRefused() throws Exception {
        var another = node.sessions.visitor();

        for (var token : new String[] {"", "x", another.formToken(), session.value()}) {
            var answer = send(form("/admin/name", token, "name=x"));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("form-token-missing");
        }
    }

    @Test
    void aFormThatIsNotAFormIsRefused() throws Exception {
        var json =
                signedIn("/admin/name")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"));

        assertThat(send(json).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void aFormSentFromElsewhereIsRefusedEvenWithTheToken(String site) throws Exception {
        var there =
                form("/admin/name", session.formToken(), "name=x").header("Sec-Fetch-Site", site);
        var here =
                form("/admin/name", session.formToken(), "name=x")
                        .header("Sec-Fetch-Site", "same-origin");

        assertThat(send(there).statusCode()).isEqualTo(403);
        assertThat(send(here).statusCode()).isEqualTo(200);
    }

    @Test
    void aMissingRightIsARefusalWithoutDetail() throws Exception {
        var answer = send(form("/admin/boss", session.formToken(), ""));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("not-permitted").doesNotContain("MANAGE_ACCOUNTS");
    }

    @Test
    void theApiTakesTokensAndNoCookies() throws Exception {
        var amal = node.accounts.find(Acting.node(), "amal@shelter.example").orElseThrow();
        var secret = node.tokens.create(Acting.node(), amal, "t").orElseThrow().secret().value();

        assertThat(send(signedIn("/api/v1/me")).statusCode()).isEqualTo(401);
        assertThat(send(request("/api/v1/me").header("Authorization", "Bearer x")).statusCode())
                .isEqualTo(401);
        assertThat(send(request("/api/v1/me").header("Authorization", "Bearer " + secret)).body())
                .isEqualTo("amal@shelter.example");
        assertThat(
                        send(request("/admin/me").header("Authorization", "Bearer " + secret))
                                .statusCode())
                .isEqualTo(303);
    }

    @Test
    void theCookieIsBoundToHostAndNodeAndClosedToScripts() {
        var https = new StaffCookies(BaseUrl.parse("https://shelter.example")).session(session);
        var other = new StaffCookies(BaseUrl.parse("https://shelter.example:8443"));

        assertThat(https.getName()).matches("__Host-waymark-[0-9a-f]{8}");
        assertThat(https.isSecure()).isTrue();
        assertThat(https.isHttpOnly()).isTrue();
        assertThat(https.getPath()).isEqualTo("/");
        assertThat(https.getDomain()).isNull();
        assertThat(https.getSameSite()).isEqualTo(jakarta.ws.rs.core.NewCookie.SameSite.LAX);
        assertThat(other.session(session).getName()).isNotEqualTo(https.getName());

        var loopback = new StaffCookies(BASE).session(session);
        assertThat(loopback.getName()).matches("waymark-[0-9a-f]{8}");
        assertThat(loopback.isSecure()).isFalse();
    }

    private static HttpRequest.Builder form(String path, String token, String fields) {
        return signedIn(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token + "&" + fields));
    }

    private static HttpRequest.Builder signedIn(String path) {
        return request(path).header("Cookie", COOKIE + "=" + session.value());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
