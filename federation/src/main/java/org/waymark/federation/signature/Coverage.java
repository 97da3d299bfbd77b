// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.waymark.federation.signature.StructuredFields.Item;
import org.waymark.federation.signature.StructuredFields.Member;
import org.waymark.federation.signature.StructuredFields.Value;

/// What a signature of RFC 9421 covers of a request, and whether that is enough.
final class Coverage {
    // Components with parameters are not among them, nor @query-param and @status: who needs a part
    // of something can cover all of it.
    private static final Set<String> DERIVED =
            Set.of(
                    "@method",
                    "@target-uri",
                    "@authority",
                    "@scheme",
                    "@request-target",
                    "@path",
                    "@query");

    private Coverage() {}

    /// Whether we can compute a component of a request.
    static boolean knows(String name) {
        return name.startsWith("@")
                ? DERIVED.contains(name)
                : !name.isEmpty() && name.equals(name.toLowerCase(Locale.ROOT));
    }

    /// Empty when method, target, host and body are covered by components we know, each once and
    /// each of one line; otherwise why not.
    static String faultOf(Request request, Member input) {
        var names = new HashSet<String>();
        for (Item item : input.items()) {
            if (!(item.value() instanceof Value.Text(String name)) || !names.add(name)) {
                return "signature-malformed";
            }
            if (!item.parameters().isEmpty() || !knows(name)) {
                return "signature-component-unknown";
            }
        }
        if (!names.contains("@method") || !coversTarget(request, names)) {
            return "signature-uncovered";
        }
        for (String name : names) {
            if (request.headers().all(name).size() > 1) {
                return "header-doubled";
            }
        }
        // Ours, because the host header gives the authority even when it is not itself covered.
        if (request.headers().all("Host").size() > 1) {
            return "header-doubled";
        }
        if (request.body().length == 0 && !names.contains("content-digest")) {
            return "";
        }
        String fault =
                ContentDigest.faultOf(request.headers().all("Content-Digest"), request.body());
        if (!fault.isEmpty()) {
            return fault;
        }
        return names.contains("content-digest") ? "" : "digest-uncovered";
    }

    /// Host, path and query: as one address, or as its parts.
    private static boolean coversTarget(Request request, Set<String> names) {
        if (names.contains("@target-uri")) {
            return true;
        }
        boolean host = names.contains("@authority") || names.contains("host");
        boolean query = names.contains("@query") || request.target().indexOf('?') < 0;
        return host && (names.contains("@request-target") || (names.contains("@path") && query));
    }

    /// The value of a component (RFC 9421, section 2); empty when the request has none.
    static Optional<String> valueOf(Request request, String scheme, String name) {
        if (!name.startsWith("@")) {
            // Several lines are one value (RFC 9421, section 2.1); who accepts only one sees to it.
            return Optional.of(request.headers().all(name))
                    .filter(it -> !it.isEmpty())
                    .map(it -> it.stream().map(String::strip).collect(Collectors.joining(", ")));
        }
        String target = request.target();
        int query = target.indexOf('?');
        return switch (name) {
            case "@method" -> Optional.of(request.method());
            case "@scheme" -> Optional.of(scheme.toLowerCase(Locale.ROOT));
            case "@authority" -> authority(request, scheme);
            case "@target-uri" ->
                    authority(request, scheme)
                            .map(it -> scheme.toLowerCase(Locale.ROOT) + "://" + it + target);
            case "@request-target" -> Optional.of(target);
            case "@path" -> Optional.of(query < 0 ? target : target.substring(0, query));
            case "@query" -> Optional.of(query < 0 ? "?" : target.substring(query));
            default -> Optional.empty();
        };
    }

    /// The host in lower case, without the port that the scheme implies.
    private static Optional<String> authority(Request request, String scheme) {
        String usual = "https".equalsIgnoreCase(scheme) ? ":443" : ":80";
        return request.headers()
                .first("Host")
                .map(it -> it.strip().toLowerCase(Locale.ROOT))
                .map(it -> it.endsWith(usual) ? it.substring(0, it.length() - usual.length()) : it);
    }

    static List<String> names(Member input) {
        return input.items().stream()
                .map(Item::value)
                .filter(Value.Text.class::isInstance)
                .map(it -> ((Value.Text) it).value())
                .toList();
    }
}
