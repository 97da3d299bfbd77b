// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A signed request that can be tampered with; each scheme knows how to sign it again.
///
/// @param <M> the message itself, so that calls can be chained
abstract class TamperedRequest<M extends TamperedRequest<M>> {
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private String method;
    private String target;
    private byte[] body;

    TamperedRequest(String method, String target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.body = body;
        headers.forEach((name, value) -> this.headers.put(name, new ArrayList<>(List.of(value))));
    }

    abstract M self();

    Request request() {
        return new Request(method, target, Headers.of(headers), body);
    }

    String target() {
        return target;
    }

    String get(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    M put(String name, String value) {
        headers.put(name, new ArrayList<>(List.of(value)));
        return self();
    }

    void add(String name, String value) {
        headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    void remove(String name) {
        headers.remove(name);
    }

    M edit(String name, UnaryOperator<String> change) {
        return put(name, change.apply(get(name)));
    }

    void method(String other) {
        method = other;
    }

    void target(String other) {
        target = other;
    }

    void body(String other) {
        body = other.getBytes(StandardCharsets.UTF_8);
    }

    /// Changes one character of the signature.
    ///
    /// @param at where, behind its beginning
    void flip(String beginning, int at) {
        edit(
                "Signature",
                it -> {
                    int place = it.indexOf(beginning) + at;
                    char other = it.charAt(place) == 'A' ? 'B' : 'A';
                    return it.substring(0, place) + other + it.substring(place + 1);
                });
    }
}
