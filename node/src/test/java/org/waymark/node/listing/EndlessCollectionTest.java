// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TwoNodes;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;

/// A partner whose list of listings has no end.
class EndlessCollectionTest {

    @Tag("attack:endless-collection")
    @Test
    void aPageThatNamesItselfIsReadOnce() {
        assertThat(pagesRead(page -> page)).isEqualTo(1);
    }

    @Tag("attack:endless-collection")
    @Test
    @EnabledIfSystemProperty(named = "waymark.long", matches = "true")
    void pagesWithoutEndAreReadToTheLimit() {
        assertThat(pagesRead(page -> page + 1)).isEqualTo(5_000);
    }

    private static int pagesRead(IntUnaryOperator next) {
        try (var nodes = TwoNodes.peered()) {
            var partner = nodes.clinic.organizationActor();
            nodes.clinic.stop();
            var server = HttpServer.bind("127.0.0.1", nodes.clinic.url().getPort());
            try {
                var list = new EndlessList(partner, next);
                server.serve(
                        new Site(BaseUrl.parse(nodes.clinic.url().toString()), 1 << 20).add(list));
                nodes.shelter
                        .database()
                        .run(
                                tx ->
                                        nodes.shelter
                                                .node()
                                                .work()
                                                .schedule(
                                                        tx,
                                                        "listing-pull",
                                                        partner.toString(),
                                                        nodes.clock.instant(),
                                                        ""));
                nodes.shelter.runDue();
                return list.pages.get();
            } finally {
                server.close();
            }
        }
    }

    @Path("/o/{id}/listings")
    public static final class EndlessList {

        private final URI address;
        private final IntUnaryOperator next;
        private final AtomicInteger pages = new AtomicInteger();

        EndlessList(URI partner, IntUnaryOperator next) {
            this.address = URI.create(partner + "/listings");
            this.next = next;
        }

        @GET
        public Response get(@QueryParam("page") Integer page, @QueryParam("since") String since) {
            if (page == null) {
                var id = since == null ? address : URI.create(address + "?since=" + since);
                return answer(Draft.of("OrderedCollection", id).set("first", page(1)));
            }
            pages.incrementAndGet();
            return answer(
                    Draft.of("OrderedCollectionPage", page(page))
                            .set("partOf", address)
                            .set("next", page(next.applyAsInt(page))));
        }

        private URI page(int number) {
            return URI.create(address + "?page=" + number);
        }

        private static Response answer(Draft draft) {
            return Response.ok(draft.bytes(), "application/activity+json").build();
        }
    }
}
