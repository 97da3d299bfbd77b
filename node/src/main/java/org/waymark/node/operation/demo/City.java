// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Answer;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.OwnPlaces;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.SpokenLanguage;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.operation.Terminal;
import org.waymark.node.privacy.Acting;

/// Lindmar's organisations and services, from `demo/lindmar.json`.
public final class City {

    // 16: the story of the partners and the referrals begins that many days ago.
    static final int STORY_DAYS = 16;

    private static final Map<String, DayOfWeek> DAYS =
            Map.of(
                    "MO", DayOfWeek.MONDAY,
                    "TU", DayOfWeek.TUESDAY,
                    "WE", DayOfWeek.WEDNESDAY,
                    "TH", DayOfWeek.THURSDAY,
                    "FR", DayOfWeek.FRIDAY,
                    "SA", DayOfWeek.SATURDAY,
                    "SU", DayOfWeek.SUNDAY);

    /// An organisation of the city.
    ///
    /// @param node on which of the nodes it lives, from 1
    public record Member(
            int node, String slug, String name, String phone, List<String> languages) {}

    private final JsonNode document;
    private final Map<String, Listing> listings = new HashMap<>();

    private City(JsonNode document) {
        this.document = document;
    }

    public static City read() {
        try (var in = City.class.getResourceAsStream("/demo/lindmar.json")) {
            if (in == null) {
                throw new IllegalStateException("Missing from the program: demo/lindmar.json");
            }
            return new City(new JsonMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Member> members() {
        return stream(document.get("organizations"))
                .map(
                        it ->
                                new Member(
                                        it.get("node").asInt(),
                                        it.get("slug").asText(),
                                        it.get("name").asText(),
                                        it.get("phone").asText(),
                                        texts(it.get("languages"))))
                .toList();
    }

    /// Adds what a member says of itself.
    public void settle(Domains domains, Member member) {
        hosted(domains, member);
    }

    /// Adds all services, each at the time when it was checked last, as far as the story goes back.
    ///
    /// @param domains the node of each organisation, by slug
    public void open(Map<String, Domains> domains, StoryClock clock, Terminal terminal) {
        var oldestFirst =
                stream(document.get("listings"))
                        .sorted(Comparator.comparingInt(City::checkedDaysAgo).reversed())
                        .toList();
        for (int i = 0; i < oldestFirst.size(); i++) {
            var it = oldestFirst.get(i);
            var slug = it.get("organization").asText();
            clock.passUntil(Duration.ofDays(Math.max(checkedDaysAgo(it), STORY_DAYS)));
            add(Optional.ofNullable(domains.get(slug)).orElseThrow(), slug, it);
            terminal.step("The services of Lindmar", i + 1L, oldestFirst.size());
        }
    }

    private static int checkedDaysAgo(JsonNode it) {
        return it.path("checkedDaysAgo").asInt();
    }

    /// A service that [#open] added, by its key in the file.
    public Listing listing(String key) {
        return Optional.ofNullable(listings.get(key)).orElseThrow();
    }

    private static HostedOrganization hosted(Domains domains, Member member) {
        var organizations = domains.organizations();
        var known =
                organizations
                        .findBySlug(member.slug())
                        .orElseGet(
                                () ->
                                        done(
                                                organizations.add(
                                                        Acting.node(),
                                                        member.name(),
                                                        member.slug(),
                                                        Optional.empty(),
                                                        List.of())));
        return done(
                organizations.replace(
                        Acting.node(known.id()),
                        new HostedOrganization(
                                known.id(),
                                known.slug(),
                                member.name(),
                                Optional.of(member.phone()),
                                member.languages())));
    }

    private static HostedOrganization done(HostedOrganizations.Outcome outcome) {
        if (outcome instanceof HostedOrganizations.Outcome.Done(var organization)) {
            return organization;
        }
        throw new IllegalStateException("The city does not fit: " + outcome);
    }

    private void add(Domains domains, String slug, JsonNode it) {
        var organization = domains.organizations().findBySlug(slug).orElseThrow();
        var acting = Acting.node(organization.id());
        var draft = draft(it, domains.ownPlaces(), acting);
        var listing = domains.listings().add(acting, draft);
        if (it.path("decided").asBoolean()) {
            // The safety rules hold it until a person decides; somebody did.
            domains.listings()
                    .publish(acting, listing.id(), draft.kind(), draft.reach(), draft.place());
        }
        if (it.has("checkedBy")) {
            domains.listings()
                    .confirm(
                            acting,
                            listing.id(),
                            Checked.How.valueOf(it.get("checkedBy").asText()));
        }
        if (it.path("closed").asBoolean()) {
            domains.listings().close(acting, listing.id());
        }
        listings.put(it.get("key").asText(), listing);
    }

    private Draft draft(JsonNode it, OwnPlaces places, Acting acting) {
        var builder =
                Draft.named(text(it, "name"))
                        .description(text(it, "description"))
                        .topics(
                                texts(it.get("topics")).stream()
                                        .map(City::topic)
                                        .collect(Collectors.toSet()))
                        .access(Access.valueOf(it.get("access").asText()))
                        .howToGetIn(text(it, "howToGetIn"))
                        .phones(List.of(Phone.of(it.get("phone").asText())))
                        .schedules(texts(it.path("hours")).stream().map(City::hours).toList())
                        .languages(
                                texts(it.get("languages")).stream()
                                        .map(tag -> new SpokenLanguage(Optional.of(tag), tag))
                                        .toList())
                        .cost(text(it, "cost"))
                        .bring(text(it, "bring"))
                        .nameNeeded(Answer.valueOf(it.get("nameNeeded").asText()))
                        .papersNeeded(Answer.valueOf(it.get("papersNeeded").asText()))
                        .mayHaveToReport(Answer.valueOf(it.get("mayHaveToReport").asText()))
                        .referralPolicy(ReferralPolicy.valueOf(it.get("referralPolicy").asText()))
                        .kind(Kind.valueOf(it.get("kind").asText()))
                        .reach(Reach.valueOf(it.get("reach").asText()))
                        .place(Place.valueOf(it.get("place").asText()));
        if (it.has("street")) {
            var address = address(it.get("street").asText());
            // A house is there once, however many services are in it.
            builder.spots(
                    List.of(
                            places.listAt(acting, address).stream()
                                    .findFirst()
                                    .map(OwnPlaces.Known::spot)
                                    .orElse(address)));
        }
        return builder.build();
    }

    private Spot address(String street) {
        var point = document.path("points").path(street);
        return new Spot(
                Spot.NEW,
                "",
                List.of(street),
                document.get("city").asText(),
                "",
                "10000",
                document.get("country").asText(),
                point.isArray()
                        ? Optional.of(
                                new Spot.Point(point.get(0).asDouble(), point.get(1).asDouble()))
                        : Optional.empty(),
                "",
                List.of());
    }

    private static Topic topic(String slug) {
        return Topic.ofSlug(slug).orElseThrow();
    }

    /// `MO-FR 09:00-17:00`, or one day.
    private static Schedule hours(String words) {
        var parts = words.split(" ");
        var times = parts[1].split("-");
        return Schedule.weekly(
                days(parts[0]), LocalTime.parse(times[0]), LocalTime.parse(times[1]));
    }

    private static Set<DayOfWeek> days(String words) {
        var ends = words.split("-");
        var first = DAYS.get(ends[0]);
        var last = DAYS.get(ends[ends.length - 1]);
        return EnumSet.range(first, last);
    }

    private static Text text(JsonNode it, String member) {
        var words = new TreeMap<String, String>();
        it.path(member)
                .properties()
                .forEach(entry -> words.put(entry.getKey(), entry.getValue().asText()));
        return new Text("en", words);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(it -> texts.add(it.asText()));
        return texts;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
