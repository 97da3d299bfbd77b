// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.ListingPostTable.Roundup;
import org.waymark.node.page.Direction;
import org.waymark.node.page.Language;
import org.waymark.node.page.Pages;
import org.waymark.node.privacy.OrganizationId;

/// One post about many changed listings: how many there are, and where to read them.
public final class RoundupNote {

    private final Database database;
    private final BaseUrl baseUrl;
    private final Pages pages;

    public RoundupNote(Database database, BaseUrl baseUrl, Pages pages) {
        this.database = database;
        this.baseUrl = baseUrl;
        this.pages = pages;
    }

    /// A roundup that was posted.
    Optional<byte[]> find(OrganizationId publisher, UUID id) {
        return database.read(tx -> ListingPostTable.findPosted(tx, publisher, id))
                .map(it -> of(it, it.postedAt().orElseThrow()).bytes());
    }

    URI address(Roundup roundup) {
        return URI.create(actor(roundup) + "/posts/" + roundup.id());
    }

    Draft of(Roundup roundup, Instant posted) {
        var contents = JsonNodeFactory.instance.objectNode();
        pages.languages().list().forEach(it -> contents.put(it.tag(), content(it, roundup)));
        return note(roundup, contents)
                .set("published", posted)
                .to(Contexts.PUBLIC)
                .cc(URI.create(actor(roundup) + "/followers"));
    }

    private Draft note(Roundup roundup, ObjectNode contents) {
        return Draft.of("Note", address(roundup))
                .set("attributedTo", actor(roundup))
                .set("content", contents.elements().next())
                .set("contentMap", contents)
                .set("url", actor(roundup));
    }

    private String content(Language language, Roundup roundup) {
        var page = pages.open(language, "");
        var link = baseUrl.resolve("/" + language.tag() + "/o/" + roundup.publisher());
        return "<p%s>%s<br><a href=\"%s\">%s</a></p>"
                .formatted(
                        language.direction() == Direction.RTL ? " dir=\"rtl\"" : "",
                        page.plainCount("post.roundup", roundup.changes()),
                        link,
                        link);
    }

    private URI actor(Roundup roundup) {
        return baseUrl.resolve("/o/" + roundup.publisher());
    }
}
