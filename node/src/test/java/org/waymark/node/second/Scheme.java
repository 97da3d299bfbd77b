// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two ways to sign a request, each as the document tells it.
enum Scheme {
    /// draft-cavage-12 with RSA.
    CAVAGE {
        @Override
        Map<String, String> sign(Identity by, String method, URI target, byte[] body) {
            var headers = new LinkedHashMap<String, String>();
            headers.put("Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
            headers.put("Digest", "SHA-256=" + base64(Identity.sha256(body)));
            var names = "(request-target) host date digest";
            var text = cavageText(names, method, target, it -> headers.getOrDefault(it, ""));
            headers.put(
                    "Signature",
                    "keyId=\"%s\",algorithm=\"rsa-sha256\",headers=\"%s\",signature=\"%s\""
                            .formatted(by.rsaKeyId(), names, base64(by.signRsa(text))));
            return headers;
        }
    },

    /// RFC 9421 with Ed25519.
    RFC_9421 {
        @Override
        Map<String, String> sign(Identity by, String method, URI target, byte[] body) {
            var headers = new LinkedHashMap<String, String>();
            headers.put("Content-Digest", "sha-256=:" + base64(Identity.sha256(body)) + ":");
            var parameters =
                    "(%s);created=%d;keyid=\"%s\""
                            .formatted(
                                    body.length == 0
                                            ? "\"@method\" \"@target-uri\""
                                            : "\"@method\" \"@target-uri\" \"content-digest\"",
                                    Instant.now().getEpochSecond(),
                                    by.ed25519KeyId());
            var text = newText(parameters, method, target, it -> headers.getOrDefault(it, ""));
            headers.put("Signature-Input", "sig1=" + parameters);
            headers.put("Signature", "sig1=:" + base64(by.signEd25519(text)) + ":");
            return headers;
        }
    };

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final Pattern MEMBER = Pattern.compile("([a-zA-Z]+)=\"([^\"]*)\"");
    private static final Pattern INPUT =
            Pattern.compile("([a-z0-9]+)=(\\(([^)]*)\\)((?:;[a-z]+=(?:\"[^\"]*\"|[0-9]+))*))");
    private static final Duration SKEW = Duration.ofHours(1);

    abstract Map<String, String> sign(Identity by, String method, URI target, byte[] body);

    /// What a good signature says of its request.
    record Signed(Scheme scheme, URI keyId) {}

    /// Checks a request.
    ///
    /// @param header its headers by name, "" where there is none
    /// @param keys the key with that id, as its owner's server shows it
    /// @throws IllegalArgumentException with the reason why it is not believed
    static Signed verify(
            String method,
            URI target,
            UnaryOperator<String> header,
            byte[] body,
            Function<URI, PublicKey> keys) {
        return header.apply("Signature-Input").isEmpty()
                ? verifyCavage(method, target, header, body, keys)
                : verifyNew(method, target, header, body, keys);
    }

    private static Signed verifyCavage(
            String method,
            URI target,
            UnaryOperator<String> header,
            byte[] body,
            Function<URI, PublicKey> keys) {
        var members = new LinkedHashMap<String, String>();
        MEMBER.matcher(header.apply("Signature"))
                .results()
                .forEach(it -> members.put(it.group(1), it.group(2)));
        var names = members.getOrDefault("headers", "");
        var covered = List.of(names.split(" "));
        require(covered.containsAll(List.of("(request-target)", "host", "date")), names);
        require(header.apply("Host").equals(target.getRawAuthority()), "host");
        var date = ZonedDateTime.parse(header.apply("Date"), DATE).toInstant();
        require(isNow(date), "date " + date);
        if (body.length > 0) {
            require(covered.contains("digest"), names);
            var digest = "SHA-256=" + base64(Identity.sha256(body));
            require(header.apply("Digest").equals(digest), "digest");
        }
        var id = URI.create(members.getOrDefault("keyId", ""));
        var text = cavageText(names, method, target, header);
        var signed = Base64.getDecoder().decode(members.getOrDefault("signature", ""));
        require(Identity.verifies("SHA256withRSA", keys.apply(id), text, signed), "signature");
        return new Signed(CAVAGE, id);
    }

    private static Signed verifyNew(
            String method,
            URI target,
            UnaryOperator<String> header,
            byte[] body,
            Function<URI, PublicKey> keys) {
        var input = INPUT.matcher(header.apply("Signature-Input"));
        require(input.matches(), "input");
        var covered = List.of(input.group(3).replace("\"", "").split(" "));
        require(covered.containsAll(List.of("@method", "@target-uri")), input.group(3));
        if (body.length > 0) {
            require(covered.contains("content-digest"), input.group(3));
            var digest = "sha-256=:" + base64(Identity.sha256(body)) + ":";
            require(header.apply("Content-Digest").equals(digest), "content-digest");
        }
        var created = parameter(input, "created=([0-9]+)");
        require(isNow(Instant.ofEpochSecond(Long.parseLong(created))), "created");
        var id = URI.create(parameter(input, "keyid=\"([^\"]*)\""));
        var text = newText(input.group(2), method, target, header);
        var value = header.apply("Signature");
        var signed =
                Base64.getDecoder()
                        .decode(value.replaceFirst("^" + input.group(1) + "=:(.*):$", "$1"));
        require(Identity.verifies("Ed25519", keys.apply(id), text, signed), "signature");
        return new Signed(RFC_9421, id);
    }

    private static String parameter(Matcher input, String pattern) {
        var found = Pattern.compile(pattern).matcher(input.group(4));
        require(found.find(), pattern);
        return found.group(1);
    }

    private static byte[] cavageText(
            String names, String method, URI target, Function<String, String> header) {
        var lines = new ArrayList<String>();
        for (var name : names.split(" ")) {
            lines.add(
                    switch (name) {
                        case "(request-target)" ->
                                name
                                        + ": "
                                        + method.toLowerCase(Locale.ROOT)
                                        + " "
                                        + pathAndQuery(target);
                        case "host" -> "host: " + target.getRawAuthority();
                        case "date" -> "date: " + header.apply("Date");
                        case "digest" -> "digest: " + header.apply("Digest");
                        default -> name + ": " + header.apply(name);
                    });
        }
        return String.join("\n", lines).getBytes(UTF_8);
    }

    private static byte[] newText(
            String parameters, String method, URI target, Function<String, String> header) {
        var lines = new ArrayList<String>();
        for (var name :
                parameters.substring(1, parameters.indexOf(')')).replace("\"", "").split(" ")) {
            lines.add(
                    "\"%s\": %s"
                            .formatted(
                                    name,
                                    switch (name) {
                                        case "@method" -> method;
                                        case "@target-uri" -> target.toString();
                                        case "content-digest" -> header.apply("Content-Digest");
                                        default -> header.apply(name);
                                    }));
        }
        lines.add("\"@signature-params\": " + parameters);
        return String.join("\n", lines).getBytes(UTF_8);
    }

    private static String pathAndQuery(URI target) {
        var query = target.getRawQuery();
        return target.getRawPath() + (query == null ? "" : "?" + query);
    }

    private static boolean isNow(Instant instant) {
        return Duration.between(instant, Instant.now()).abs().compareTo(SKEW) < 0;
    }

    private static void require(boolean isSo, String what) {
        if (!isSo) {
            throw new IllegalArgumentException("not signed as the document says: " + what);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
