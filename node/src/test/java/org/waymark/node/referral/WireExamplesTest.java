// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.peerOf;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.Expected;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TwoNodes;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;
import org.waymark.node.referral.placecheck.PlaceAnswer;

/// The examples of FEDERATION.md: what two nodes really said to each other, with names, keys, ids
/// and times made the same in each run. `-Dwaymark.golden=write` writes them anew; then read the
/// difference before you commit it.
class WireExamplesTest {

    private static final Path EXAMPLES = Path.of("src/test/resources/wire/sent");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern POSTED = Pattern.compile("\r\n\r\n(?=\\{)");

    /// Members whose values differ from run to run, or that nobody could read.
    private static final Map<String, String> VEILED =
            Map.of(
                    "publicKeyPem", "-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n",
                    "publicKeyMultibase", "z6Mk...",
                    "proofValue", "z3sX...",
                    "waymark:sealed", "AXeQ...",
                    "waymark:sealKey", "z6LS...",
                    "waymark:announcement", "MEUC...",
                    "waymark:headDigest", "5f70...",
                    "waymark:mark", "9c1e...",
                    "waymark:cursor", "AbC1...");

    private static final Map<String, String> CONTEXTS =
            Map.of(
                    "https://www.w3.org/ns/activitystreams", "activitystreams.json",
                    "https://w3id.org/security/v1", "security-v1.json",
                    "https://w3id.org/security/data-integrity/v1", "data-integrity-v1.json",
                    "https://www.w3.org/ns/did/v1", "did-v1.json",
                    "https://w3id.org/security/multikey/v1", "multikey-v1.json");

    @Test
    void areWhatTheCodeSends() throws IOException {
        var said = said();

        if (System.getProperty("waymark.golden", "").equals("write")) {
            Files.createDirectories(EXAMPLES);
            for (var example : said.entrySet()) {
                Files.writeString(EXAMPLES.resolve(example.getKey()), example.getValue());
            }
        }
        var kept = new TreeMap<String, String>();
        for (var file : files().toList()) {
            kept.put(file.getFileName() + "", Files.readString(file));
        }
        assertThat(said.keySet()).isEqualTo(kept.keySet());
        said.forEach((name, text) -> assertThat(text).as(name).isEqualTo(kept.get(name)));
    }

    @Test
    void areAllNamedInTheDocument() throws IOException {
        var document = Files.readString(Path.of("../FEDERATION.md"));

        assertThat(files())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(document).contains("wire/sent/" + it.getFileName()));
    }

    @Tag("attack:verified-copy-differs")
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void loseNoMemberInAJsonLdProcessor(Path example) throws IOException {
        var document = (ObjectNode) StrictJson.read(Files.readAllBytes(example)).orElseThrow();
        var whole = expanded(document);

        var lost = new ArrayList<String>();
        for (var pointer : members("", document)) {
            var without = document.deepCopy();
            var cut = pointer.lastIndexOf('/');
            var name = pointer.substring(cut + 1).replace("~1", "/").replace("~0", "~");
            ((ObjectNode) without.at(pointer.substring(0, cut))).remove(name);
            if (expanded(without).equals(whole)) {
                lost.add(pointer);
            }
        }

        // Whoever reads it as JSON-LD sees each member: leaving it out makes a difference.
        assertThat(lost).isEmpty();
    }

    static Stream<Path> files() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(it -> it.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    /// Every member of every object, but for contexts and what stands as JSON within.
    private static List<String> members(String at, JsonNode node) {
        var members = new ArrayList<String>();
        if (node instanceof ObjectNode object) {
            for (var member : object.properties()) {
                var name = member.getKey().replace("~", "~0").replace("/", "~1");
                if (Set.of("@context", "type").contains(member.getKey())) {
                    continue;
                }
                members.add(at + "/" + name);
                if (!Set.of("hsdsService", "waymark:focalPoints").contains(member.getKey())
                        && !member.getKey().endsWith("Map")) {
                    members.addAll(members(at + "/" + name, member.getValue()));
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                members.addAll(members(at + "/" + i, array.get(i)));
            }
        }
        return members;
    }

    private static String expanded(ObjectNode document) {
        try {
            var text = new String(StrictJson.write(document), StandardCharsets.UTF_8);
            DocumentLoader bundled = (url, _) -> context(url);
            return JsonLd.expand(JsonDocument.of(new StringReader(text)))
                    .loader(bundled)
                    .get()
                    .toString();
        } catch (JsonLdError e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The contexts that lie beside the tests; nothing is ever fetched.
    private static Document context(URI url) throws JsonLdError {
        var name = CONTEXTS.get(url.toString());
        if (name == null) {
            throw new JsonLdError(
                    JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, url + " is not bundled");
        }
        try (InputStream file =
                Files.newInputStream(Path.of("src/test/resources/contexts", name))) {
            return JsonDocument.of(file);
        } catch (IOException e) {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, e);
        }
    }

    /// Lets a shelter and a clinic do all they do with each other, and writes down what went by.
    private static Map<String, String> said() {
        try (var two = new Partnered()) {
            listings(two);
            referrals(two);
            var said = new TreeMap<String, ObjectNode>();
            documents(two).forEach(said::put);
            hear(two, said);
            handOver(two);
            hear(two, said);
            vouch(two);
            hear(two, said);
            keepHeads(two);
            hear(two, said);
            return written(said, two);
        }
    }

    /// What went by; the first of each kind stays.
    private static void hear(Partnered two, Map<String, ObjectNode> said) {
        Stream.of(two.clinicDoor, two.shelterDoor)
                .flatMap(it -> it.seen().stream())
                .filter(it -> it.startsWith("POST "))
                .flatMap(it -> POSTED.splitAsStream(it).skip(1).limit(1))
                .map(WireExamplesTest::json)
                .forEach(it -> said.putIfAbsent(name(it), it));
    }

    private static void listings(Partnered two) {
        var listings = two.nodes.clinic.domains().listings();
        var acting = two.nodes.clinic.acting();
        var added = listings.add(acting, Samples.beds());
        two.settle();
        two.nodes.clock.advance(Duration.ofSeconds(1));
        var draft = listings.edit(acting, added.id()).orElseThrow();
        listings.replace(
                acting,
                added.id(),
                added.version(),
                draft.name(Text.of("en", "Beds for the night")).build());
        two.settle();
        listings.close(acting, added.id());
        two.settle();
    }

    private static void handOver(Partnered two) {
        var clinic = two.nodes.clinic.domains();
        var kitchen =
                clinic.listings()
                        .add(
                                two.nodes.clinic.acting(),
                                Draft.named(Text.of("en", "Open kitchen")).build());
        two.settle();
        clinic.handOvers()
                .offer(
                        two.nodes.clinic.acting(),
                        kitchen.id(),
                        two.nodes.shelter.organizationActor());
        two.settle();
        var shelter = two.nodes.shelter;
        var offered = shelter.domains().handOvers().list(shelter.acting()).getFirst();
        shelter.domains().handOvers().accept(shelter.acting(), offered.id());
        two.settle();
    }

    private static void vouch(Partnered two) {
        var vouches = two.nodes.clinic.domains().vouches();
        var agreement = TwoNodes.agreementOf(two.nodes.clinic, two.nodes.shelter).id();
        vouches.give(two.nodes.clinic.acting(), agreement);
        two.settle();
        vouches.takeBack(two.nodes.clinic.acting(), agreement);
        two.settle();
    }

    private static void keepHeads(Partnered two) {
        var clinic = two.nodes.clinic;
        var shelter = two.nodes.shelter;
        clinic.domains().auditKeepers().ask(clinic.acting(), peerOf(clinic, shelter).id());
        two.settle();
        shelter.domains().auditKeepers().agree(shelter.acting(), peerOf(shelter, clinic).id());
        two.settle();
    }

    private static void referrals(Partnered two) {
        var yes = two.sent();
        two.clinic.ask(two.carlo, two.clinicId(yes), "How many children?");
        two.settle();
        two.shelter.answer(two.sara, yes, "Two");
        two.settle();
        two.clinic.waitlist(two.carlo, two.clinicId(yes), new Travelling.Waiting("two weeks"));
        two.settle();
        two.clinic.accept(two.carlo, two.clinicId(yes), Samples.come());
        two.settle();
        two.clinic.complete(two.carlo, two.clinicId(yes), Samples.helped(two.nodes.clock));
        two.settle();
        var no = two.sent();
        two.clinic.decline(
                two.carlo,
                two.clinicId(no),
                new Travelling.Refusal(Travelling.Reason.NO_PLACE, "full", List.of()));
        two.settle();
        var stopped = two.sent();
        two.shelter.cancel(two.sara, stopped, Travelling.StopReason.FOUND_ELSEWHERE);
        two.settle();
        two.clinic.receive(two.carlo, two.clinicId(two.sent()));
        two.settle();
        two.shelter.delete(two.sara, two.sent());
        two.settle();
        var day = LocalDate.of(2026, 3, 16);
        two.nodes.shelter.domains().placeChecks().ask(two.sara, List.of(two.beds), 2, 1, day);
        two.settle();
        var asked = two.nodes.clinic.domains().placeChecks();
        asked.answer(two.carlo, asked.list(two.carlo).getFirst().id(), PlaceAnswer.YES);
        two.settle();
    }

    private static Map<String, ObjectNode> documents(Partnered two) {
        var client =
                GuardedClient.of(
                        ClientSettings.of(NetworkRules.allowing(List.of("127.0.0.0/8")), "reader"),
                        two.nodes.clock);
        var organization = two.nodes.clinic.organizationActor();
        var documents = new LinkedHashMap<String, ObjectNode>();
        documents.put("actor-node.json", get(client, two.nodes.clinic.actor()));
        documents.put("actor-organization.json", get(client, organization));
        var listings = get(client, URI.create(organization + "/listings"));
        documents.put("listings.json", listings);
        documents.put(
                "listings-page.json", get(client, URI.create(listings.path("first").asText())));
        return documents;
    }

    private static ObjectNode get(GuardedClient client, URI address) {
        var answer = (Exchange.Answer) client.get(address, Expected.ACTIVITY);
        return StrictJson.read(answer.body()).orElseThrow();
    }

    private static ObjectNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static String name(ObjectNode activity) {
        var about = activity.path("object").path("type").asText("");
        if (about.equals("Offer")) {
            about = activity.path("object").path("object").path("type").asText("");
        }
        if (about.isEmpty()) {
            about = activity.path("result").path("type").asText("");
        }
        if (about.isEmpty()) {
            about = activity.path("waymark:kept").path("type").asText("");
        }
        if (about.isEmpty() && activity.has("context")) {
            about = "Referral";
        }
        if (about.equals("Tombstone")) {
            about = activity.path("object").path("formerType").asText("");
        }
        if (about.isEmpty() && activity.path("object").asText("").contains("/o/")) {
            about = "organization";
        }
        return (activity.path("type").asText() + "-" + about.replace("waymark:", ""))
                        .replaceAll("-$", "")
                        .toLowerCase(Locale.ROOT)
                + ".json";
    }

    /// With addresses, ids and what is secret or changes made the same in every run.
    private static Map<String, String> written(Map<String, ObjectNode> said, Partnered two) {
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        var writer = new JsonMapper().writer(printer);
        var ids = new LinkedHashMap<String, String>();
        var written = new TreeMap<String, String>();
        said.forEach(
                (name, json) -> {
                    veil(json);
                    try {
                        var text =
                                writer.writeValueAsString(json)
                                        .replace(
                                                two.nodes.shelter.url().toString(),
                                                "https://shelter.example")
                                        .replace(
                                                two.nodes.clinic.url().toString(),
                                                "https://clinic.example")
                                        .replace(
                                                two.nodes.clinic.url().getAuthority(),
                                                "clinic.example")
                                        .replace("127.0.0.1", "clinic.example")
                                        // Where a page begins differs with the data.
                                        .replaceAll("([?&]page=)[\\w-]+", "$1AbC1");
                        written.put(
                                name,
                                UUID.matcher(text)
                                                .replaceAll(
                                                        it ->
                                                                ids.computeIfAbsent(
                                                                        it.group(),
                                                                        _ ->
                                                                                numbered(
                                                                                        ids.size()
                                                                                                + 1)))
                                        + "\n");
                    } catch (JsonProcessingException e) {
                        throw new IllegalArgumentException(e);
                    }
                });
        return written;
    }

    private static String numbered(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    private static void veil(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (var name : object.propertyStream().map(Map.Entry::getKey).toList()) {
                if (VEILED.containsKey(name)) {
                    object.set(name, TextNode.valueOf(VEILED.get(name)));
                } else if (name.equals("waymark:version")) {
                    object.set(name, LongNode.valueOf(1_772_442_000_000L));
                } else {
                    veil(object.get(name));
                }
            }
        }
        if (node instanceof ArrayNode array) {
            array.forEach(WireExamplesTest::veil);
        }
    }
}
