// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Taxonomies;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Purpose;

/// `/admin/taxonomies`: terms beside the nine topics, and the listings that are under no topic.
@Path("/admin/taxonomies")
public final class StaffTaxonomyPages {

    private static final String SECTION = "listings";
    private static final String PAGE = "/admin/taxonomies";
    private static final String UNSORTED = PAGE + "/unsorted";
    // What one press may sort.
    private static final int ON_A_PAGE = 50;

    private final Taxonomies taxonomies;
    private final Desk desk;

    public StaffTaxonomyPages(Domains domains, Desk desk) {
        this.taxonomies = domains.taxonomies();
        this.desk = desk;
    }

    @GET
    public Response terms(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                "listing/taxonomies",
                Map.of(
                        "terms",
                        taxonomies.terms(acting),
                        "unsorted",
                        taxonomies.unsorted(acting).size()));
    }

    /// Puts a term under a topic, under none, or where the one above it stands.
    @POST
    @Path("{term}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response map(
            @Context ContainerRequestContext request,
            @PathParam("term") UUID term,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var topic = new Fields(form).text("topic");
        var done =
                topic.equals("above")
                        ? taxonomies.forget(acting, term)
                        : taxonomies.map(acting, term, Topic.ofSlug(topic));
        if (!done) {
            throw new NotFoundException();
        }
        return Sheet.to(PAGE, "saved");
    }

    /// A term of our own below a topic.
    @POST
    @Path("local")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var topic = Topic.ofSlug(fields.text("topic"));
        if (topic.isEmpty() || fields.text("name").isEmpty()) {
            return Sheet.to(PAGE, "term-incomplete");
        }
        var added =
                taxonomies.addLocal(
                        sheet.acting(Purpose.DIRECTORY),
                        topic.get(),
                        sheet.page().language().tag(),
                        fields.text("name", 200));
        return Sheet.to(PAGE, added.isPresent() ? "saved" : "term-naming");
    }

    /// Loads a taxonomy from its file, as text.
    @POST
    @Path("load")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response load(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        if (fields.text("name").isEmpty()) {
            return Sheet.to(PAGE, "term-incomplete");
        }
        try {
            var loaded =
                    taxonomies.load(
                            sheet.acting(Purpose.DIRECTORY),
                            fields.text("name", 200),
                            "en",
                            fields.text("text"));
            return sheet.show("listing/taxonomy-loaded", Map.of("loaded", loaded));
        } catch (UnusablePackageException e) {
            return Sheet.to(PAGE, e.code());
        }
    }

    @GET
    @Path("unsorted")
    public Response unsorted(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var all = taxonomies.unsorted(sheet.acting(Purpose.DIRECTORY));
        return sheet.show(
                "listing/unsorted",
                Map.of("listings", all.stream().limit(ON_A_PAGE).toList(), "total", all.size()));
    }

    /// All that are ticked under one topic, or each under the one suggested for it.
    @POST
    @Path("unsorted")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response sort(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var ticked = form.getOrDefault("listing", List.of());
        Optional<Topic> wanted = Topic.ofSlug(new Fields(form).text("topic"));
        var some =
                taxonomies.unsorted(acting).stream()
                        .filter(it -> ticked.contains(it.listing().id().toString()))
                        .limit(ON_A_PAGE)
                        .toList();
        var sorted = 0;
        for (var topic : Topic.values()) {
            List<ListingId> here =
                    some.stream()
                            .filter(
                                    it ->
                                            wanted.or(() -> it.suggested().stream().findFirst())
                                                    .filter(topic::equals)
                                                    .isPresent())
                            .map(it -> it.listing().id())
                            .toList();
            if (!here.isEmpty()) {
                sorted += taxonomies.sort(acting, here, topic);
            }
        }
        return Sheet.to(UNSORTED, sorted > 0 ? "saved" : "nothing-changed");
    }
}
