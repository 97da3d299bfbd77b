// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Way;
import org.waymark.node.page.Language;
import org.waymark.node.page.Languages;
import org.waymark.node.page.Pages;

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
        return FeedResource.answer("application/xml", xml.tag("/sitemapindex").toString());
    }

    @GET
    @Path("sitemap/{number:[1-9]\\d{0,3}}.xml")
    public Response file(@PathParam("number") int number) {
        var ids = ids();
        var from = (number - 1) * perFile();
        if (from > 0 && from >= ids.size()) {
            throw new NotFoundException();
        }
        var some = ids.subList(from, Math.min(ids.size(), from + perFile()));
        StreamingOutput file = out -> write(out, number == 1, some);
        return Response.ok(file, "application/xml;charset=utf-8")
                .tag(new EntityTag(number + "-" + hash(some)))
                .header("Cache-Control", Pages.Keep.SHARED.header())
                .build();
    }

    /// Bit by bit: a file has some megabytes.
    private void write(OutputStream out, boolean first, List<ListingId> ids) throws IOException {
        var xml = new Xml();
        xml.tag("urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
        if (first) {
            languages.list().forEach(it -> address(xml, it, ""));
        }
        for (var id : ids) {
            languages.list().forEach(it -> address(xml, it, "s/" + id));
            out.write(xml.taken().getBytes(StandardCharsets.UTF_8));
        }
        out.write(xml.tag("/urlset").taken().getBytes(StandardCharsets.UTF_8));
    }

    private String hash(List<ListingId> ids) {
        var bytes = ByteBuffer.allocate(16 * ids.size());
        for (var id : ids) {
            bytes.putLong(id.value().getMostSignificantBits());
            bytes.putLong(id.value().getLeastSignificantBits());
        }
        var tags = languages.list().stream().map(Language::tag).collect(Collectors.joining());
        return UUID.nameUUIDFromBytes(bytes.array()) + "-" + tags;
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
}
