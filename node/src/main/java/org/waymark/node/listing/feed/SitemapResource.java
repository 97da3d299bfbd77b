// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Way;
import org.waymark.node.page.Language;
import org.waymark.node.page.Languages;

/// For search engines: the addresses of all public listings in all languages of this node
/// (sitemaps.org), and where to find them.
@Path("/")
public final class SitemapResource {

    // sitemaps.org allows 50,000 addresses in a file.
    private static final int ADDRESSES = 50_000;

    private final Listings listings;
    private final Languages languages;
    private final BaseUrl baseUrl;

    public SitemapResource(Listings listings, Languages languages, BaseUrl baseUrl) {
        this.listings = listings;
        this.languages = languages;
        this.baseUrl = baseUrl;
    }

    @GET
    @Path("robots.txt")
    public Response robots() {
        return Response.ok(
                        "User-agent: *\nDisallow: /admin/\nSitemap: "
                                + baseUrl.resolve("/sitemap.xml")
                                + "\n",
                        "text/plain;charset=utf-8")
                .build();
    }

    @GET
    @Path("sitemap.xml")
    public Response index() {
        var xml = new Xml();
        xml.tag("sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
        var files = Math.max(1, Math.ceilDiv(ids().size(), perFile()));
        for (int file = 1; file <= files; file++) {
            var address = baseUrl.resolve("/sitemap/" + file + ".xml").toString();
            xml.tag("sitemap").element("loc", address).tag("/sitemap");
        }
        return answer(xml.tag("/sitemapindex"));
    }

    @GET
    @Path("sitemap/{number:[1-9]\\d{0,3}}.xml")
    public Response file(@PathParam("number") int number) {
        var ids = ids();
        var from = (number - 1) * perFile();
        if (from > 0 && from >= ids.size()) {
            throw new NotFoundException();
        }
        var xml = new Xml();
        xml.tag("urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
        if (number == 1) {
            languages.list().forEach(it -> address(xml, it, ""));
        }
        for (var id : ids.subList(from, Math.min(ids.size(), from + perFile()))) {
            languages.list().forEach(it -> address(xml, it, "s/" + id));
        }
        return answer(xml.tag("/urlset"));
    }

    private void address(Xml xml, Language language, String path) {
        var address = baseUrl.resolve("/" + language.tag() + "/" + path).toString();
        xml.tag("url").element("loc", address).tag("/url");
    }

    private List<ListingId> ids() {
        return listings.listIds(Way.SITEMAP);
    }

    private int perFile() {
        return ADDRESSES / languages.list().size() - 1;
    }

    private static Response answer(Xml xml) {
        return Response.ok(xml.toString(), "application/xml;charset=utf-8").build();
    }
}
