// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What staff of one node change, on the public site of the other, with the wire between them whole
/// or cut.
@Tag("packaged")
final class NewsTest {

    private static final Duration BUDGET = Duration.ofSeconds(5);

    @TempDir static Path scratch;
    private static Partners partners;
    private static Side shelter;
    private static Side clinic;

    @BeforeAll
    static void start() {
        partners = Partners.start(scratch);
        shelter = partners.shelter();
        clinic = partners.clinic();
        clinic.signIn();
    }

    @AfterAll
    static void stop() {
        partners.close();
    }

    @Test
    void aListingChangedOnAStaffPageShowsOnThePartnersSiteWithinFiveSeconds() {
        rename("Marigold beds");
        var onItsPage = until("on its page", () -> names("Marigold beds"));
        var inSearch = until("in the search", () -> finds("marigold"));

        System.out.println("Shown after " + onItsPage + ", found " + inSearch + " later");
        assertThat(onItsPage.plus(inSearch)).isLessThan(BUDGET);
    }

    @Test
    void whatHappenedWhileTheNetworkWasDownArrivesOnceAndInOrder() throws IOException {
        var person = new Person();
        var referral = partners.agreed(person);
        shelter.relay.cut();
        clinic.relay.cut();
        var before = clinic.relay.seen().size();
        var beforeAtShelter = shelter.relay.seen().size();

        rename("Poppy beds");
        rename("Daisy beds");
        rename("Clover beds");
        shelter.move(referral, "send", "");
        until("the news met a dead line", () -> shelter.relay.turnedAway() > 0);
        until("the referral met a dead line", () -> clinic.relay.turnedAway() > 0);
        assertThat(names("Clover beds")).isFalse();
        assertThat(clinic.state(referral)).isEmpty();

        shelter.relay.mend();
        clinic.relay.mend();
        until("the listing", () -> names("Clover beds") && finds("clover"));
        until("the referral", () -> clinic.state(referral).equals("sent"));
        clinic.move(referral, "receive", "");
        until("the answer", () -> shelter.state(referral).equals("received"));

        checkOnceAndInOrder(posted(clinic, before));
        checkOnceAndInOrder(posted(shelter, beforeAtShelter));
        assertThat(names("Clover beds")).isTrue();
    }

    /// As the form of the staff pages sends it.
    private static void rename(String name) {
        var path = "/admin/listings/" + partners.ownBeds();
        var found = Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(clinic.page(path));
        assertThat(found.find()).isTrue();
        var saved =
                clinic.form(
                        path,
                        Map.of(
                                "version", found.group(1),
                                "language", "en",
                                "name", name,
                                "topics", "housing",
                                "referrals", "taken"));
        assertThat(saved.headers().firstValue("Location").orElse(saved.body()))
                .endsWith("?done=saved");
    }

    private static boolean names(String name) {
        return shelter.visit("/en/s/" + partners.beds()).contains(name);
    }

    private static boolean finds(String word) {
        return shelter.visit("/en/search?q=" + word).contains("/en/s/" + partners.beds());
    }

    private static List<JsonNode> posted(Side side, int after) throws IOException {
        var found = new ArrayList<JsonNode>();
        var start = Pattern.compile("\r\n\r\n(?=\\{)");
        for (var request : side.relay.seen().stream().skip(after).toList()) {
            for (var match : start.matcher(request).results().toList()) {
                found.add(new ObjectMapper().readTree(request.substring(match.end())));
            }
        }
        return found;
    }

    /// No activity came twice, and each thing's versions only grew.
    private static void checkOnceAndInOrder(List<JsonNode> activities) {
        assertThat(activities).isNotEmpty();
        assertThat(activities).extracting(it -> it.path("id").asText()).doesNotHaveDuplicates();
        var versions = new LinkedHashMap<String, List<Long>>();
        for (var activity : activities) {
            var thing = activity.path("object");
            if (thing.has("waymark:version")) {
                versions.computeIfAbsent(thing.path("id").asText(), _ -> new ArrayList<>())
                        .add(thing.path("waymark:version").asLong());
            }
        }
        assertThat(versions.values()).allSatisfy(it -> assertThat(it).isSorted());
    }
}
