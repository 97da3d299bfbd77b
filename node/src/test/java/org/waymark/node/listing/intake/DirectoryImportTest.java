// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

@SuppressWarnings("NullAway.Init") // set before all
class DirectoryImportTest {

    private static final String SERVICE = "5b0e1b8a-6d2f-4a55-9a6b-7f0f2c9a1d01";
    private static final String OTHER = "5b0e1b8a-6d2f-4a55-9a6b-7f0f2c9a1d02";
    private static final String ORGANIZATION = "0c8a1a51-58b5-4a1f-8f0c-0a4f7c6f1e01";
    private static final String LOCATION = "9d6c1b8a-6d2f-4a55-9a6b-7f0f2c9a1d03";

    private static Desk desk;

    @TempDir Path folder;

    @BeforeAll
    static void open() {
        desk = new Desk(Databases.inMemory());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static ImportReport run(Path path) {
        return run(path, false);
    }

    private static ImportReport run(Path path, boolean dryRun) {
        return run(path, dryRun, desk.publisher);
    }

    private static ImportReport run(Path path, boolean dryRun, OrganizationId publisher) {
        return new DirectoryImport(desk.hsdsImport, desk.intake, desk.scratch)
                .run(
                        Acting.node(publisher),
                        path,
                        new HsdsImport.Options(
                                publisher,
                                Optional.of("DE"),
                                Desk.ZONE,
                                "en",
                                Optional.empty(),
                                dryRun),
                        Progress.SILENT);
    }

    private static Listing listing(String id) {
        return desk.listings.find(desk.amal, new ListingId(UUID.fromString(id))).orElseThrow();
    }

    private static int found(ImportReport report, Problem problem) {
        return report.problems().stream()
                .filter(line -> line.problem() == problem)
                .mapToInt(ImportReport.Line::count)
                .sum();
    }

    private Path file(String name, String text) {
        return file(name, text, StandardCharsets.UTF_8);
    }

    private Path file(String name, String text, Charset encoding) {
        try {
            Files.createDirectories(folder);
            return Files.write(folder.resolve(name), text.getBytes(encoding));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A package of HSDS 3.1, with semicolons in one file and UTF-16 in another.
    private void lindmar() {
        file(
                "organizations.csv",
                """
                id;name;description;website;parent_organization_id
                %s;Harbour Advice;We advise;harbour.example;org-2
                org-2;Port Union;Above;;%s
                """
                        .formatted(ORGANIZATION, ORGANIZATION));
        file(
                "locations.csv",
                """
                id,location_type,name,latitude,longitude,colour
                %s,physical,Quay House,"48.5",9.25,blue
                """
                        .formatted(LOCATION));
        file(
                "addresses.csv",
                """
                id,location_id,attention,address_1,city,state_province,postal_code,country,address_type
                a1,%s,Nadia Nemo,1 Quay Street,Lindmar,LI,12345,DE,physical
                """
                        .formatted(LOCATION));
        file(
                "services.csv",
                """
                id,organization_id,name,description,status,minimum_age,email,fees_description,mood
                %s,%s,Letters and forms,"We read <b>letters</b><script>x()</script>\\nwith you.",active,12,anna.b@harbour.example,Free,calm
                s-2,org-9,Soup,"",active,,office@soup.example,,
                s-3,org-2,,,active,,,,
                """
                        .formatted(SERVICE, ORGANIZATION),
                StandardCharsets.UTF_16);
        file(
                "service_at_location.csv",
                "id,service_id,location_id,description\nsal-1,%s,%s,Second floor\nsal-2,s-2,nowhere,\n"
                        .formatted(SERVICE, LOCATION));
        file(
                "phones.csv",
                """
                id,service_id,service_at_location_id,contact_id,number,extension,type,description
                p1,%s,,,555-0100,7,voice,Office
                p2,,sal-1,,555-0101,,voice,At the door
                p3,,,c1,555-0102,,voice,Hers
                p4,%s,,,555-0103,,cell,Mobile
                p5,,,,555-0104,,voice,Nobody's
                """
                        .formatted(SERVICE, SERVICE));
        file(
                "contacts.csv",
                "id,service_id,name,title,email\nc1,%s,Nadia Nemo,Adviser,nadia@h.example\n"
                        .formatted(SERVICE));
        file(
                "schedules.csv",
                "id,service_id,freq,interval,byday,opens_at,closes_at,valid_from\nw1,%s,WEEKLY,2,\"MO,WE\",9:00am,12:30,2026-01-01\n"
                        .formatted(SERVICE));
        file(
                "languages.csv",
                "id,service_id,phone_id,name,code\nl1,%s,,English and Arabic,\nl2,,p1,French,fr\n"
                        .formatted(SERVICE));
        file("taxonomies.csv", "id,name,description,uri,version\nt1,Shelf,Of ours,,1\n");
        file(
                "taxonomy_terms.csv",
                "id,code,name,description,parent_id,taxonomy_id\nx1,A,Forms,,x2,t1\nx2,B,Papers,,x1,t1\n");
        file(
                "attributes.csv",
                "id,link_id,taxonomy_term_id,link_type,link_entity,value,label\nat1,%s,x1,about,service,,Forms\nat2,%s,x1,,location,,\n"
                        .formatted(SERVICE, LOCATION));
        file(
                "cost_options.csv",
                "id,service_id,option,amount,currency\nco,%s,Copy,0.5,EUR\n".formatted(SERVICE));
        file(
                "service_capacity.csv",
                "id,service_id,unit_id,available,maximum,updated\ncap,%s,u,3,10,2026-01-31T09:00:00Z\n"
                        .formatted(SERVICE));
        file("units.csv", "id,name\nu,Beds\n");
        file(
                "metadata.csv",
                "id,resource_id,resource_type,last_action_type,updated_by\nm,%s,service,update,Nadia Nemo\n"
                        .formatted(SERVICE));
        file(
                "url.csv",
                "id,label,url,service_id\nu1,Map,https://map.example,%s\n".formatted(SERVICE));
    }

    @Test
    void aPackageOfHsdsThreeComesInWithAllItsMembers() {
        lindmar();

        var report = run(folder);

        var listing = listing(SERVICE);
        assertThat(listing.name().byLanguage().get("en")).isEqualTo("Letters and forms");
        assertThat(listing.description().byLanguage().get("en"))
                .isEqualTo("We read  letters\nwith you.");
        assertThat(listing.provider().id()).hasToString(ORGANIZATION);
        assertThat(listing.phones())
                .extracting(it -> it.number())
                .containsExactly("555-0100", "555-0101");
        assertThat(listing.languages())
                .extracting(it -> it.tag().orElse(""))
                .containsExactly("en", "ar");
        assertThat(listing.spots().getFirst().id()).hasToString(LOCATION);
        var document = document(SERVICE);
        assertThat(document)
                .contains("\"minimum_age\":12")
                .contains("\"interval\":2", "\"opens_at\":\"09:00\"", "\"amount\":0.5")
                .contains("\"unit\":{", "\"label\":\"Map\"", "\"taxonomy_term\":{")
                .doesNotContain("Nemo", "anna.b", "555-0102", "555-0103", "x()")
                .doesNotContain("mood", "colour");
        // What nobody knows is kept, and shown to nobody.
        assertThat(stored(SERVICE)).contains("\"mood\":\"calm\"");
        assertThat(stored(LOCATION)).contains("\"colour\":\"blue\"");
        assertThat(found(report, Problem.NOT_UTF_8)).isEqualTo(1);
        assertThat(found(report, Problem.MARKUP)).isEqualTo(1);
        assertThat(found(report, Problem.CYCLE)).isEqualTo(2);
        assertThat(found(report, Problem.NAME_MISSING)).isEqualTo(1);
        assertThat(found(report, Problem.ORGANIZATION_NOT_IN_PACKAGE)).isEqualTo(1);
        assertThat(found(report, Problem.REFERENCE_NOT_IN_PACKAGE)).isEqualTo(1);
        assertThat(found(report, Problem.ATTACHES_TO_NOTHING)).isEqualTo(1);
        assertThat(found(report, Problem.HISTORY)).isEqualTo(1);
        assertThat(report.services()).isEqualTo(2);

        assertThat(run(folder).changes()).isZero();
        assertThat(run(folder, true).changes()).isZero();
    }

    private static String stored(String id) {
        return desk.database.read(
                tx ->
                        tx.find(
                                        "SELECT document FROM aggregate WHERE id = ?",
                                        row -> row.text("document"),
                                        UUID.fromString(id))
                                .orElseThrow());
    }

    private static String document(String id) {
        return desk.database.read(
                tx ->
                        tx.find(
                                        "SELECT document FROM listing WHERE id = ?",
                                        row -> row.text("document"),
                                        UUID.fromString(id))
                                .orElseThrow());
    }

    /// Tables and columns as HSDS 2.0 names them, ids of any kind.
    @Test
    void aPackageOfTwoComesIn() {
        file(
                "organization.csv",
                "id,name,description,url,year_incorporated\no1,Mill,Grain,mill.example,1990\n");
        file("program.csv", "id,organization_id,name\np1,o1,Evening\n");
        file(
                "service.csv",
                "id,organization_id,program_id,name,description,url,email,status,fees,wait_time\n"
                        + "s1,o1,p1,Flour course,Baking,mill.example/flour,office@mill.example,active,None,A week\n");
        file(
                "location.csv",
                "id,organization_id,name,latitude,longitude\nl1,o1,Old mill,48.5,9.25\n");
        file(
                "service_at_location.csv",
                "id,service_id,location_id,description\na1,s1,l1,Upstairs\n");
        file(
                "physical_address.csv",
                "id,location_id,attention,address_1,city,state_province,postal_code,country\n"
                        + "d1,l1,Otto Nemo,1 Mill Lane,Lindmar,,12345,XX\n");
        file(
                "phone.csv",
                "id,service_id,number,extension,type,language,description\nt1,s1,555-0160,7,voice,English,Office\n");
        file(
                "schedule.csv",
                "id,service_id,freq,byday,opens_at,closes_at,description\n"
                        + "h1,s1,WEEKLY,\"MO,WE\",09:00,12:00,\n");
        file("language.csv", "id,service_id,language\ng1,s1,Arabic\n");
        file("eligibility.csv", "id,service_id,eligibility\ne1,s1,Adults\n");
        file("required_document.csv", "id,service_id,document\nr1,s1,Apron\n");
        file("payment_accepted.csv", "id,service_id,payment\nm1,s1,Cash\n");
        file("service_area.csv", "id,service_id,service_area,description\nv1,s1,Lindmar,\n");
        file(
                "accessibility_for_disabilities.csv",
                "id,location_id,accessibility,details\nx1,l1,Ramp,At the back\n");
        file(
                "taxonomy_term.csv",
                "id,term,description,parent_id,taxonomy,language\nT-1,Baking,Bread,,Crafts,en\n");
        file("service_attribute.csv", "id,service_id,taxonomy_term_id\nb1,s1,T-1\n");
        file(
                "metadata.csv",
                "id,resource_id,resource_type,last_action_date,last_action_type,field_name,previous_value,"
                        + "replacement_value,updated_by\nq1,s1,service,2020-01-01,update,name,Old,New,Nemo\n");

        var report = run(folder);

        var listing =
                desk.listings.list(desk.amal, "flour course", 10).stream()
                        .findFirst()
                        .orElseThrow();
        assertThat(listing.provider().name()).isEqualTo("Mill");
        assertThat(listing.eligibility().base()).isEqualTo("Adults");
        assertThat(listing.phones()).extracting(Phone::number).containsExactly("555-0160");
        assertThat(listing.languages()).extracting(it -> it.tag().orElse("")).containsExactly("ar");
        assertThat(listing.spots().getFirst().city()).isEqualTo("Lindmar");
        assertThat(listing.schedules()).hasSize(1);
        assertThat(document(listing.id().toString()))
                .contains("1 Mill Lane", "Ramp", "Apron", "Cash", "Baking", "Evening", "A week")
                .contains("\"opens_at\":\"09:00\"", "\"freq\":\"WEEKLY\"")
                .doesNotContain("Nemo");
        assertThat(report.services()).isEqualTo(1);
        assertThat(report.leftOut()).isZero();
        assertThat(run(folder).changes()).isZero();
    }

    @Test
    void whatNobodyKnowsOfAContactIsNotPublished() {
        var id = UUID.randomUUID();
        var report =
                run(
                        file(
                                "people.json",
                                """
                                [{"id": "%s", "name": "Choir of the harbour", "status": "active", "contacts": [
                                 {"first_name": "Maria", "last_name": "Lopez", "title": "Manager",
                                  "mobile": "+1 305 555 0177", "notes": "not to be told",
                                  "translations": {"es": {"name": "Maria L", "title": "Gerente"}},
                                  "phones": [{"number": "555-0178"}]},
                                 {"title": "Front desk", "phones": [{"number": "555-0179", "home": "Dock Lane 9"}]}]}]
                                """
                                        .formatted(id)));

        assertThat(document(id.toString()))
                .contains("Manager", "Gerente", "Front desk", "555-0179")
                .doesNotContain("Maria", "Lopez", "0177", "not to be told", "0178", "Dock Lane");
        assertThat(found(report, Problem.UNKNOWN_COLUMN)).isEqualTo(4);
    }

    @Test
    void whatNobodyKnowsOfAListingByPhoneIsNotPublished() {
        var id = UUID.randomUUID();
        run(
                file(
                        "phone.json",
                        """
                        [{"id": "%s", "name": "Night line", "status": "active", "place": "phone_only",
                          "where": "7 Hidden Lane", "check_months": 3, "bring": "Nothing",
                          "organization": {"id": "nl", "name": "Line", "description": "d", "seat": "Hidden Lane 8"},
                          "phones": [{"number": "555-0180", "door": "Hidden Lane 9"}],
                          "translations": {"es": {"name": "Línea", "where": "Hidden Lane 10"}}}]
                        """
                                .formatted(id)));

        assertThat(document(id.toString()))
                .contains("555-0180", "Línea", "Nothing", "check_months", "origin")
                .doesNotContain("Hidden Lane");
    }

    @Test
    void aPlaceThatAnotherServiceShowsGetsAnIdOfItsOwn() {
        var other = desk.staff.organization("second");
        var at = UUID.randomUUID();
        var text =
                """
                [{"id": "%s", "name": "Wharf café", "status": "active", "service_at_locations": [
                  {"id": "%s", "location": {"id": "wharf", "name": "Wharf"}}]}]
                """;
        var id = UUID.randomUUID();
        run(file("wharf.json", text.formatted(id, at)));
        var second = file("second.json", text.formatted(id, at));

        var report = run(second, false, other);

        assertThat(report.services()).isEqualTo(1);
        assertThat(found(report, Problem.ID_HELD_ELSEWHERE)).isGreaterThanOrEqualTo(2);
        assertThat(document(id.toString())).contains(at.toString());
        assertThat(run(second, false, other).changes()).isZero();

        // A newer package shows it at another service, which is written first.
        var moved = new UUID(0, 1);
        var newer = file("newer.json", text.formatted(moved, at));
        assertThat(run(newer).services()).isEqualTo(1);
        assertThat(run(newer).changes()).isZero();
    }

    private static final String PAGE =
            """
            {"total_items": 2, "page_number": 1, "contents": [
              {"id": "%s", "name": "Tea room", "description": "Tea", "status": "active",
               "url": "tea.example", "colour": {"of": "tea"},
               "organization": {"id": "tea", "name": "Tea Society", "description": "d",
                  "contacts": [{"name": "Nadia Nemo"}]},
               "program": {"id": "pr", "name": "Warm drinks", "description": "w"},
               "phones": [{"number": "555-0200 ext. 4"}],
               "languages": [{"code": "ar", "name": "Arabic"}],
               "translations": {"ar": {"name": "غرفة الشاي"}, "uk": {"name": "Это чайная"}, "ru": {"name": "Це чайна її"}},
               "service_at_locations": [{"id": "x", "location": {"id": "loc", "name": "Hall",
                  "addresses": [{"address_1": "2 Quay", "city": "Lindmar", "address_type": "physical"}]}}],
               "attributes": [{"taxonomy_term": {"id": "f", "name": "Food", "code": "F",
                  "taxonomy_detail": {"id": "tx", "name": "Shelf two", "description": "d"}}}],
               "topics": ["community", "nonsense"]},
              "not an object",
              {"id": "%s", "name": "Tea room again", "status": "active"}]}
            """
                    .formatted(OTHER, OTHER);

    @Test
    void aPageOfAnApiComesInWithWhatIsNestedTakenApart() {
        var report = run(file("page.json", PAGE));

        var listing = listing(OTHER);
        assertThat(listing.provider().name()).isEqualTo("Tea Society");
        assertThat(listing.topics()).containsExactly(Topic.COMMUNITY);
        assertThat(listing.name().byLanguage().get("ar")).isEqualTo("غرفة الشاي");
        assertThat(listing.name().byLanguage().get("ru")).isEqualTo("Это чайная");
        assertThat(listing.name().byLanguage().get("uk")).isEqualTo("Це чайна її");
        assertThat(listing.phones().getFirst().extension()).isEqualTo("4");
        assertThat(document(OTHER)).contains("Warm drinks").doesNotContain("Nemo", "colour");
        assertThat(stored(OTHER)).contains("\"colour\":{\"of\":\"tea\"}");
        assertThat(found(report, Problem.TEXTS_SWAPPED)).isEqualTo(1);
        assertThat(found(report, Problem.NOT_A_RECORD)).isEqualTo(1);
        assertThat(found(report, Problem.REPEATED_RECORD)).isEqualTo(1);
        assertThat(found(report, Problem.VALUE_NOT_KNOWN)).isEqualTo(1);
        assertThat(report.leftOut()).isEqualTo(2);
        assertThat(types()).containsEntry("TERM", types().get("TAXONOMY"));

        assertThat(run(file("page.json", PAGE)).changes()).isZero();
    }

    private static Map<String, Long> types() {
        return desk.database.read(
                tx -> {
                    var all = new TreeMap<String, Long>();
                    tx.list(
                                    "SELECT type FROM aggregate WHERE document LIKE '%Shelf two%' OR document LIKE '%Food%'",
                                    row -> row.text("type"))
                            .forEach(type -> all.merge(type, 1L, Long::sum));
                    return all;
                });
    }

    @Test
    void anOrganisationBringsItsServicesAndLinesOfJsonAreObjects() {
        var report =
                run(
                        file(
                                "some.ndjson",
                                """
                                {"id": "lib", "name": "Library", "description": "", "website": "https://lib.example", "services": [{"id": "read", "name": "Reading circle", "status": "active"}]}
                                {"id": "sing", "name": "Choir", "status": "active", "organization_id": "lib"}
                                """));

        assertThat(report.services()).isEqualTo(2);
        assertThat(desk.listings.list(desk.amal, "choir", 5).getFirst().provider().name())
                .isEqualTo("Library");
    }
}
