// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.Role;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.HttpServer;
import org.waymark.node.operation.Terminal;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.operation.demo.City;
import org.waymark.node.operation.demo.City.Member;
import org.waymark.node.operation.demo.Story;
import org.waymark.node.operation.demo.StoryClock;
import org.waymark.node.privacy.Acting;

/// The invented city of Lindmar as data folders, built once: every node is founded as `init` does,
/// then the city's past is played through with a clock of its own, over real sockets on loopback,
/// so that its history is as long as it says.
///
/// @param folder holds `node-1`, `node-2` and `logins`
record Demo(Path folder, int nodes, int port) {

    private static final String LOGINS = "logins";
    // 130 days: a little before the service that was checked longest ago.
    private static final Duration PAST = Duration.ofDays(130);

    List<Path> dataFolders() {
        return IntStream.rangeClosed(1, nodes).mapToObj(n -> folder.resolve("node-" + n)).toList();
    }

    /// Who can sign in where, with which password.
    List<String> logins() {
        try {
            return Files.readAllLines(folder.resolve(LOGINS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Builds everything in a folder beside and moves it into place, so that a broken attempt
    /// leaves nothing behind.
    void build(Terminal terminal) {
        var unfinished = folder.resolveSibling(folder.getFileName() + "-unfinished");
        remove(unfinished);
        new Demo(unfinished, nodes, port).buildHere(terminal);
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same before it is built, when any other ports will do.
    void requireFreePortsToBuild() {
        for (int n = 1; n <= nodes; n++) {
            if (HttpServer.isTaken("127.0.0.1", port + n - 1)) {
                throw taken(n);
            }
        }
    }

    private UnusableSettingException taken(int n) {
        return new UnusableSettingException(
                "Port " + (port + n - 1) + " is taken. Choose others with --port.");
    }

    /// A city that was built for other ports or another number of nodes cannot be moved: its ids
    /// hold its addresses.
    ///
    /// @throws UnusableSettingException saying what to do
    void requireSameShape() {
        var built = shape();
        if (!built.equals(nodes + " " + port)) {
            var parts = built.split(" ");
            throw new UnusableSettingException(
                    "The city in "
                            + folder
                            + " was built with --nodes "
                            + parts[0]
                            + " --port "
                            + parts[1]
                            + ". Start it so, or delete that folder to build a new one.");
        }
    }

    /// @throws UnusableSettingException saying what to do where something answers there already
    void requireFreePorts() {
        for (int n = 1; n <= nodes; n++) {
            // Not by beginning to serve there: the server's own log says it with two stacks.
            if (HttpServer.isTaken("127.0.0.1", port + n - 1)) {
                throw new UnusableSettingException(
                        "Port "
                                + (port + n - 1)
                                + " is taken. If the demonstration runs already, stop it there with"
                                + " Ctrl-C, or open http://127.0.0.1:"
                                + port
                                + "/. If another program uses the port, end it, or delete "
                                + folder
                                + " and build the city anew with another --port.");
            }
        }
    }

    private String shape() {
        try {
            return Files.readString(folder.resolve("shape")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void buildHere(Terminal terminal) {
        var city = City.read();
        var clock = new StoryClock(Clock.systemUTC(), Instant.now().minus(PAST));
        var logins = new ArrayList<String>();
        var open = new ArrayList<Node>();
        var domains = new HashMap<String, Domains>();
        try {
            for (int n = 1; n <= nodes; n++) {
                var number = n;
                var members = city.members().stream().filter(it -> at(it) == number).toList();
                var server = bind(n);
                var node = found(n, members, clock, logins);
                open.add(node);
                node.start(server);
                for (var member : members) {
                    city.settle(node.domains(), member);
                    addStaff(node.domains(), member, logins);
                    domains.put(member.slug(), node.domains());
                }
            }
            city.open(domains, clock, terminal);
            new Story(city, domains, clock, () -> open.forEach(node -> node.work().runDue()))
                    .tell(terminal);
        } finally {
            open.forEach(Node::close);
        }
        writePrivately(LOGINS, logins);
        writePrivately("shape", List.of(nodes + " " + port));
    }

    private int at(Member member) {
        return Math.min(member.node(), nodes);
    }

    private HttpServer bind(int n) {
        try {
            return HttpServer.bind("127.0.0.1", port + n - 1);
        } catch (RuntimeException e) {
            throw taken(n);
        }
    }

    private Node found(int n, List<Member> members, Clock clock, List<String> logins) {
        var data = dataFolders().get(n - 1);
        var first = members.getFirst();
        writeSettings(data, n, first);
        var settings = NodeSettings.load(data, java.util.Map.of(), List.of());
        var founding =
                new Founding(
                        "http://127.0.0.1:" + (port + n - 1),
                        first.name(),
                        first.slug(),
                        "admin@node-" + n + ".lindmar.example",
                        password());
        founding.found(settings);
        logins.add("");
        logins.add(founding.baseUrl() + "/admin/");
        logins.add(line("administrator", founding.adminEmail(), founding.adminPassword()));
        return Node.open(settings, clock);
    }

    private void writeSettings(Path data, int n, Member first) {
        try {
            Files.createDirectories(data);
            Files.write(
                    data.resolve("waymark.conf"),
                    List.of(
                            "# A node of the demonstration. Nothing in it is real.",
                            "training = true",
                            "country = XL",
                            "zone = Europe/Berlin",
                            "http.port = " + (port + n - 1),
                            "federation.allow-networks = 127.0.0.0/8",
                            "complaint.outside-name = Ombudsperson of Lindmar",
                            "complaint.outside-phone = 01632 960 199",
                            "intake.organization = " + first.slug(),
                            "contact.phone = 01632 960 100",
                            "contact.hours = Mon-Fri 9-17"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addStaff(Domains domains, Member member, List<String> logins) {
        var organization =
                domains.organizations().findBySlug(member.slug()).map(HostedOrganization::id);
        for (var role : List.of(Role.MANAGER, Role.CASEWORKER, Role.OMBUDSPERSON)) {
            var email = role.word() + "@" + member.slug() + ".example";
            var password = password();
            domains.accounts()
                    .add(
                            Acting.node(),
                            email,
                            password,
                            organization.orElseThrow(),
                            switch (role) {
                                case MANAGER -> Set.of(Role.MANAGER, Role.EDITOR, Role.CASEWORKER);
                                case CASEWORKER -> Set.of(Role.CASEWORKER, Role.EDITOR);
                                case ADMINISTRATOR, EDITOR, VOLUNTEER, OMBUDSPERSON -> Set.of(role);
                            });
            logins.add(line(member.name(), email, password));
        }
    }

    private static String line(String who, String email, String password) {
        return "  " + who + ": " + email + "  " + password;
    }

    /// 64 random bits: the demonstration listens on loopback only.
    private static String password() {
        var bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void writePrivately(String name, List<String> lines) {
        try {
            var file = folder.resolve(name);
            Files.write(file, lines);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
