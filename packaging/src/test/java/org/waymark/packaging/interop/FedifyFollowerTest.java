// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.packaging.PackagedNode;

/// A person on a Fedify server, who is nobody's partner, follows an organisation of a node in
/// `open-listings` mode and reads its public listings as posts.
@Tag("packaged")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FedifyFollowerTest {

    private static final String SLUG = "shelter";

    @TempDir static Path scratch;
    private static Fedify fedify;
    private static PackagedNode node;
    private static Editor editor;
    private static URI organization;
    private static String follow = "";
    // Less than all when Fedify could not be installed, or something did not start.
    private static final List<Runnable> opened = new ArrayList<>();

    @BeforeAll
    static void open() {
        fedify = Fedify.start(scratch.resolve("fedify"));
        opened.add(fedify::close);
        node =
                PackagedNode.init(PackagedNode.IMAGE, scratch.resolve("node"), "Shelter")
                        .environment("WAYMARK_FEDERATION_ALLOW_NETWORKS", "127.0.0.0/8")
                        .environment("WAYMARK_FEDERATION_MODE", "open-listings")
                        .start();
        opened.add(node::close);
        editor = Editor.at(node, SLUG);
        var listed = node.run("organization", "list", "--data", node.data()).text();
        var found = Pattern.compile("[0-9a-f-]{36}").matcher(listed);
        assertThat(found.find()).as(listed).isTrue();
        organization = node.address().resolve("/o/" + found.group());
    }

    @AfterAll
    static void stop() {
        opened.forEach(Runnable::run);
    }

    @Test
    @Order(1)
    void aFollowIsAcceptedAtOnceAndNobodyIsAsked() {
        follow = reader("Follow", Map.of()).path("id").asText();

        until("accepted", () -> !heard("Accept").isEmpty());
        assertThat(heard("Accept"))
                .allMatch(it -> it.path("actor").asText().equals(organization.toString()));
        assertThat(fedify.fetch(URI.create(organization + "/followers")).path("totalItems").asInt())
                .isEqualTo(1);
    }

    @Test
    @Order(2)
    void aPublicListingIsAPostFromItsPublicationToItsEnd() {
        var listing = editor.add("Lavender beds");
        var uri = node.address().resolve("/s/" + listing).toString();
        until("create", () -> !fedify.heard("Create", "Lavender beds").isEmpty());
        editor.rename(listing, "Rosemary beds");
        until("update", () -> !fedify.heard("Update", "Rosemary beds").isEmpty());
        editor.close(listing);
        until("delete", () -> !fedify.heard("Delete", uri).isEmpty());

        var post = fedify.heard("Create", "Lavender beds").getFirst();
        assertThat(post.path("actor").asText()).isEqualTo(organization.toString());
        assertThat(post.path("content").asText()).startsWith("<p><strong>Lavender beds</strong>");
        assertThat(post.path("url").asText()).isEqualTo(node.address() + "/en/s/" + listing);
        assertThat(post.path("tags")).anyMatch(it -> it.asText().startsWith("#"));
        assertThat(fedify.posted()).allMatch(it -> it.path("status").asInt() == 202);
    }

    @Test
    @Order(3)
    void whatAFollowerSaysOfItIsHeardAndForgotten() {
        var note =
                Map.of(
                        "type",
                        "Note",
                        "id",
                        fedify.address() + "/notes/stranger",
                        "attributedTo",
                        fedify.address() + "/u/reader",
                        "content",
                        "<p>A listing of theirs?</p>",
                        "hsdsService",
                        Map.of("name", "Not a listing of ours"));
        var answer =
                fedify.ask(
                        "post",
                        Map.of(
                                "from",
                                "reader",
                                "inbox",
                                organization + "/inbox",
                                "body",
                                Map.of("type", "Create", "object", note)));

        assertThat(answer.path("status").asInt()).isEqualTo(202);
        assertThat(editor.page("/en/search?q=listing")).doesNotContain("Not a listing of ours");
    }

    @Test
    @Order(4)
    void whoWasDeadForAWhileReadsWhatWasMissedWhenItIsBack() {
        var listing = editor.add("Fennel beds");
        until("create", () -> !fedify.heard("Create", "Fennel beds").isEmpty());
        fedify.kill();

        editor.rename(listing, "Chive beds");
        fedify.turnAwayOne();
        fedify.start();

        until("update", () -> !fedify.heard("Update", "Chive beds").isEmpty());
        assertThat(fedify.heard("Update", "Chive beds")).hasSize(1);
    }

    @Test
    @Order(5)
    void whoUnfollowsHearsNothingMore() {
        reader("Undo", Map.of("id", follow));
        until(
                "forgotten",
                () ->
                        fedify.fetch(URI.create(organization + "/followers"))
                                        .path("totalItems")
                                        .asInt()
                                == 0);
        var posted = fedify.posted().size();

        editor.add("Thyme beds");
        // The page of listings shows it after the commit that would have told followers.
        until("shown", () -> editor.page("/en/search?q=thyme").contains("Thyme beds"));

        assertThat(fedify.posted()).hasSize(posted);
    }

    private static JsonNode reader(String verb, Map<String, String> more) {
        var words = new java.util.HashMap<String, String>(more);
        words.putAll(Map.of("from", "reader", "verb", verb, "to", organization.toString()));
        return fedify.ask("send", words);
    }

    private static List<JsonNode> heard(String type) {
        return fedify.heard().stream().filter(it -> it.path("type").asText().equals(type)).toList();
    }
}
