// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.waymark.node.account.Secret;
import org.waymark.node.database.Database;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.SecretSeal;

/// The visits under way: rows sealed under a secret in a cookie that ends with the browser. They
/// end at quick exit, or when they were not used for a while.
final class Visits {

    // 2 h: nobody answers questions or reads about a request for longer.
    static final Duration LONGEST = Duration.ofHours(2);

    private static final String USE = "person-visit";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private final boolean secure;
    private final String cookieName;

    Visits(Database database, BaseUrl baseUrl, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.secure = baseUrl.secure();
        this.cookieName = (secure ? "__Host-" : "") + "waymark-" + baseUrl.mark() + "-visit";
    }

    /// A visit with the secret that opens it.
    record Open(Secret secret, Visit visit) {}

    /// What is sealed: one of the two.
    private record Packet(Optional<Visit.Asking> asking, Optional<Visit.Reading> reading) {

        static Packet of(Visit visit) {
            return switch (visit) {
                case Visit.Asking asking -> new Packet(Optional.of(asking), Optional.empty());
                case Visit.Reading reading -> new Packet(Optional.empty(), Optional.of(reading));
            };
        }

        Visit open() {
            return reading.isPresent() ? reading.get() : asking.orElseThrow();
        }
    }

    /// Begins one, in the place of what this browser did before.
    NewCookie open(ContainerRequestContext request, Visit visit) {
        var secret = Secret.random(random);
        var before = secret(request);
        database.run(
                tx -> {
                    before.ifPresent(it -> VisitTable.remove(tx, it.hash()));
                    VisitTable.add(tx, secret.hash(), seal(secret, visit), clock.instant());
                });
        return cookie(secret.value(), -1);
    }

    /// The visit of this browser; it counts as used. Empty when there is none or its time is over.
    Optional<Open> find(ContainerRequestContext request) {
        return secret(request).flatMap(this::find);
    }

    private Optional<Open> find(Secret secret) {
        var now = clock.instant();
        var stored = database.read(tx -> VisitTable.find(tx, secret.hash()));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        var visit = unseal(secret, stored.get().content());
        var over =
                stored.get().usedAt().plus(visit.idle()).isBefore(now)
                        || stored.get().openedAt().plus(LONGEST).isBefore(now);
        database.run(
                tx -> {
                    if (over) {
                        VisitTable.remove(tx, secret.hash());
                    } else {
                        VisitTable.used(tx, secret.hash(), now);
                    }
                });
        return over ? Optional.empty() : Optional.of(new Open(secret, visit));
    }

    void replace(Open open, Visit visit) {
        var content = seal(open.secret(), visit);
        database.run(tx -> VisitTable.replace(tx, open.secret().hash(), content, clock.instant()));
    }

    /// Ends it.
    ///
    /// @return whether it was still there: of two who end it at once only one did
    boolean end(Open open) {
        return database.write(tx -> VisitTable.remove(tx, open.secret().hash())) > 0;
    }

    /// Takes back an end, for what could not be done.
    void restore(Open open) {
        var content = seal(open.secret(), open.visit());
        database.run(tx -> VisitTable.add(tx, open.secret().hash(), content, clock.instant()));
    }

    /// Quick exit: whatever this browser did here is gone.
    void leave(ContainerRequestContext request) {
        secret(request).ifPresent(it -> database.run(tx -> VisitTable.remove(tx, it.hash())));
    }

    /// Takes the cookie away.
    NewCookie ended() {
        return cookie("", 0);
    }

    private Optional<Secret> secret(ContainerRequestContext request) {
        return Optional.ofNullable(request.getCookies().get(cookieName))
                .map(Cookie::getValue)
                .flatMap(Secret::parse);
    }

    private NewCookie cookie(String value, int maxAgeSeconds) {
        return new NewCookie.Builder(cookieName)
                .value(value)
                .path("/")
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAgeSeconds)
                .build();
    }

    private static byte[] seal(Secret secret, Visit visit) {
        try {
            return SecretSeal.seal(secret.value(), USE, JSON.writeValueAsBytes(Packet.of(visit)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A visit cannot be written", e);
        }
    }

    private static Visit unseal(Secret secret, byte[] content) {
        try {
            return JSON.readValue(SecretSeal.open(secret.value(), USE, content), Packet.class)
                    .open();
        } catch (IOException e) {
            throw new IllegalStateException("A visit cannot be read", e);
        }
    }
}
