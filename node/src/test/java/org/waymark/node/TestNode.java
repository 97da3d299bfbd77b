// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.account.Account;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.Role;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.HttpServer;
import org.waymark.node.listing.HandOverActivities;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// A whole node on a free port of this machine, in a folder of its own that goes when it is closed.
/// Several can live in one test. A still one ([#still]) runs its workers only when the test says
/// so.
public final class TestNode implements AutoCloseable {

    public static final String PASSWORD = "correct horse battery";

    private final Path folder;
    private final URI url;
    private final NodeSettings settings;
    private final Clock clock;
    private final HostedOrganization organization;
    private Node node;
    private Optional<Relay> door = Optional.empty();

    private TestNode(
            Path folder,
            URI url,
            NodeSettings settings,
            Clock clock,
            HostedOrganization organization) {
        this.folder = folder;
        this.url = url;
        this.settings = settings;
        this.clock = clock;
        this.organization = organization;
        this.node = Node.open(settings, clock);
    }

    /// Founds and starts a node with one organisation and its administrator `admin@SLUG.example`.
    ///
    /// @param settings more of them, as `key=value`
    public static TestNode start(String slug, String name, String... settings) {
        var server = HttpServer.bind("127.0.0.1", 0);
        var made = found(server.port(), Clock.systemUTC(), slug, name, settings);
        made.node.start(server);
        return made;
    }

    /// The same with the test's clock, and with workers that rest until [#runDue()].
    public static TestNode still(Clock clock, String slug, String name, String... settings) {
        var server = HttpServer.bind("127.0.0.1", 0);
        var made = found(server.port(), clock, slug, name, settings);
        made.node.serveOnly(server);
        return made;
    }

    /// A still one that others reach only through a relay, which sees all they say.
    public static TestNode behind(
            Relay relay, Clock clock, String slug, String name, String... settings) {
        var made = found(relay.port(), clock, slug, name, settings);
        var server = HttpServer.bind("127.0.0.1", 0);
        made.node.serveOnly(server);
        relay.passOnTo(server.port());
        made.door = Optional.of(relay);
        return made;
    }

    private static TestNode found(
            int port, Clock clock, String slug, String name, String... settings) {
        try {
            var folder = Files.createTempDirectory("waymark-test");
            var url = URI.create("http://127.0.0.1:" + port);
            var all = new ArrayList<>(List.of("federation.allow-networks=127.0.0.0/8"));
            all.addAll(List.of(settings));
            var loaded = NodeSettings.load(folder.resolve("data"), Map.of(), all);
            Databases.prepare(loaded.data().resolve("database"));
            var organization =
                    new Founding(url.toString(), name, slug, "admin@" + slug + ".example", PASSWORD)
                            .found(loaded);
            return new TestNode(folder, url, loaded, clock, organization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs, in this thread, what is due now.
    ///
    /// @return how many jobs ran
    public int runDue() {
        return node.work().runDue();
    }

    /// Stops it: from outside it looks like a power cut.
    public void stop() {
        node.close();
    }

    /// Starts a still node again, on the same data and address.
    public void startAgain() {
        var server = HttpServer.bind("127.0.0.1", door.isPresent() ? 0 : url.getPort());
        door.ifPresent(it -> it.passOnTo(server.port()));
        node = Node.open(settings, clock);
        node.serveOnly(server);
    }

    /// The node's own actor.
    public URI actor() {
        return url.resolve("/actor");
    }

    /// The actor of the first organisation.
    public URI organizationActor() {
        return url.resolve("/o/" + organization.id().value());
    }

    /// The node itself, acting for the first organisation.
    public Acting acting() {
        return Acting.node(organization.id());
    }

    /// The rows, for what no domain shows.
    public Database database() {
        return node.database();
    }

    /// What this node makes of words about listings that change hands.
    public HandOverActivities handedOver() {
        return node.handedOver();
    }

    public URI url() {
        return url;
    }

    public NodeSettings settings() {
        return settings;
    }

    public Node node() {
        return node;
    }

    public Domains domains() {
        return node.domains();
    }

    /// The organisation it was founded with.
    public HostedOrganization organization() {
        return organization;
    }

    /// A person of the first organisation, with the password [#PASSWORD].
    public Account person(String email, Role... roles) {
        return person(email, organization.id(), roles);
    }

    public Account person(String email, OrganizationId of, Role... roles) {
        var added = domains().accounts().add(Acting.node(), email, PASSWORD, of, Set.of(roles));
        return ((Accounts.Outcome.Done) added).account();
    }

    /// That person acting for the organisation they joined first.
    public static Acting acting(Account account, Purpose purpose) {
        return new Acting(account.id(), account.organizations().getFirst(), purpose);
    }

    @Override
    public void close() {
        node.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(TestNode::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
