// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Many servers in one process, each at an address of its own in 127.0.0.0/8, with a node (`/node`) and an organisation (`/clinic`) that
/// share one key pair. They accept whoever follows them and write down what they are sent, and when.
final class Hosts implements AutoCloseable {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final String JSON = "application/activity+json";

    /// Something that was posted to an inbox, and when it was answered.
    record Post(int host, long nanoTime, String body) {}

    private final int port;
    private final int count;
    private final KeyPair keys;
    private final ServerSocket[] doors;
    final Queue<Post> posts = new ConcurrentLinkedQueue<>();
    final AtomicInteger fetches = new AtomicInteger();
    private final Set<Integer> silent = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;

    Hosts(int count) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.keys = generator.generateKeyPair();
        this.count = count;
        this.doors = new ServerSocket[count];
        int free = 0;
        for (int host = 0; host < count; host++) {
            doors[host] = new ServerSocket(free, 50, InetAddress.getByName(name(host)));
            free = doors[0].getLocalPort();
            var door = doors[host];
            int number = host;
            Thread.ofPlatform().daemon().start(() -> open(number, door));
        }
        this.port = free;
    }

    private static String name(int host) {
        return "127.0." + (1 + host / 250) + "." + (1 + host % 250);
    }

    URI base(int host) {
        return URI.create("http://" + name(host) + ":" + port);
    }

    URI clinic(int host) {
        return base(host).resolve("/clinic");
    }

    /// From now on these take a request and never answer it.
    void silence(Set<Integer> hosts) {
        silent.clear();
        silent.addAll(hosts);
    }

    /// From now on every answer to a post takes this long.
    void slowDown(Duration by) {
        delay = by;
    }

    private void open(int host, ServerSocket door) {
        while (true) {
            try {
                var socket = door.accept();
                Thread.ofPlatform().daemon().start(() -> serve(host, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(int host, Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                var request = Http.read(in);
                if (request.first().startsWith("POST")) {
                    if (silent.contains(host)) {
                        Thread.sleep(Duration.ofMinutes(10));
                    }
                    Thread.sleep(delay);
                    posts.add(new Post(host, System.nanoTime(), request.text()));
                    socket.getOutputStream().write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    answer(host, request.text());
                } else {
                    fetches.incrementAndGet();
                    var body = document(host, request.first().split(" ")[1]).getBytes(StandardCharsets.UTF_8);
                    var type = request.first().contains("webfinger") ? "application/jrd+json" : JSON;
                    var head = body.length == 0 ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK\r\nContent-Type: " + type;
                    socket.getOutputStream().write((head + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                }
            }
        } catch (IOException e) {
            // The other side has enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(int host, String activity) {
        if (!activity.contains("\"type\":\"Follow\"")) {
            return;
        }
        var me = string(activity, "object");
        var follower = string(activity, "actor");
        var accept = "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Accept\",\"id\":\"" + base(host) + "/a/" + UUID.randomUUID()
                + "\",\"actor\":\"" + me + "\",\"to\":[\"" + follower + "\"],\"object\":" + activity + "}";
        Thread.ofPlatform().daemon().start(() -> {
            try {
                var inbox = URI.create(follower).resolve("/inbox");
                Http.ask(inbox, signed(me, inbox, accept));
            } catch (IOException e) {
                System.err.println("Accept: " + e);
            }
        });
    }

    /// The string member of a document as our node writes it.
    static String string(String document, String member) {
        var start = document.indexOf("\"" + member + "\":\"");
        return document.substring(start + member.length() + 4, document.indexOf('"', start + member.length() + 4));
    }

    private String document(int host, String target) {
        var base = base(host).toString();
        if (target.startsWith("/.well-known/webfinger")) {
            return "{\"subject\":\"" + base + "\",\"links\":[{\"rel\":\"self\",\"type\":\"" + JSON + "\",\"href\":\"" + base + "/node\"}]}";
        }
        return switch (target) {
            case "/node" -> actor(base, "node", "Application", ",\"waymark:organizations\":\"" + base + "/organizations\"");
            case "/clinic" -> actor(base, "clinic", "Organization", ",\"followers\":\"" + base + "/clinic/followers\"");
            case "/organizations" -> "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"OrderedCollection\",\"id\":\"" + base
                    + "/organizations\",\"totalItems\":1,\"orderedItems\":[{\"type\":\"Organization\",\"id\":\"" + base + "/clinic\",\"inbox\":\"" + base
                    + "/clinic/inbox\",\"name\":\"Clinic\"}]}";
            default -> target.startsWith("/stranger") ? actor(base, target.substring(1), "Person", "") : "";
        };
    }

    private String actor(String base, String name, String type, String more) {
        var id = base + "/" + name;
        var pem = "-----BEGIN PUBLIC KEY-----\\n" + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()) + "\\n-----END PUBLIC KEY-----\\n";
        return "{\"@context\":[\"https://www.w3.org/ns/activitystreams\",\"https://w3id.org/security/v1\"],\"type\":\"" + type + "\",\"id\":\"" + id
                + "\",\"preferredUsername\":\"" + name + "\",\"name\":\"Host " + name + "\",\"inbox\":\"" + id + "/inbox\",\"outbox\":\"" + id
                + "/outbox\",\"endpoints\":{\"sharedInbox\":\"" + base + "/inbox\"},\"publicKey\":{\"id\":\"" + id + "#main-key\",\"owner\":\"" + id
                + "\",\"publicKeyPem\":\"" + pem + "\"}" + more + "}";
    }

    /// A listing told of, complete with what our own program would say, small.
    String create(int host, int number) {
        var note = base(host) + "/s/" + new UUID(host, number);
        var name = "Advice " + number + " at host " + host;
        return "{\"@context\":[\"https://www.w3.org/ns/activitystreams\",{\"waymark\":\"https://w3id.org/waymark/v1#\",\"hsdsService\":{\"@id\":\"waymark:hsdsService\",\"@type\":\"@json\"}}],"
                + "\"type\":\"Create\",\"id\":\"" + base(host) + "/a/" + UUID.randomUUID() + "\",\"actor\":\"" + clinic(host)
                + "\",\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"],\"object\":{\"type\":\"Note\",\"id\":\"" + note + "\",\"attributedTo\":\"" + clinic(host)
                + "\",\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"],\"name\":\"" + name + "\",\"content\":\"<p>" + name
                + ". Walk in, Mon 9-12. Free, in English and Arabic.</p>\",\"published\":\"2026-01-05T09:00:00Z\",\"waymark:version\":" + (1769936400000L + number)
                + ",\"hsdsService\":{\"id\":\"" + new UUID(host, number) + "\",\"name\":\"" + name
                + "\",\"description\":\"Walk in, Mon 9-12. Free, in English and Arabic.\",\"status\":\"active\",\"kind\":\"help\",\"reach\":\"public\",\"place\":\"exact\"}}}";
    }

    /// A POST of an activity, signed with draft-cavage-12 by an actor of ours.
    byte[] signed(String actor, URI inbox, String activity) {
        try {
            var body = activity.getBytes(StandardCharsets.UTF_8);
            var date = DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
            var digest = "SHA-256=" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
            var text = "(request-target): post " + Http.target(inbox) + "\nhost: " + inbox.getAuthority() + "\ndate: " + date + "\ndigest: " + digest;
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Http.post(inbox, Map.of("Date", date, "Digest", digest, "Content-Type", JSON, "Signature",
                            "keyId=\"" + actor + "#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest\",signature=\""
                                    + Base64.getEncoder().encodeToString(signature.sign()) + "\""), body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        for (var door : doors) {
            door.close();
        }
    }
}
