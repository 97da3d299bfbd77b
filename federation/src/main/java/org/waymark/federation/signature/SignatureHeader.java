// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of a `Signature` header (draft-cavage-12, section 4.1): `name="text"` or
/// `name=123`, separated by commas. One pass, no regular expression: a stranger writes it.
final class SignatureHeader {
    // 8 kB: an RSA-8192 signature takes 1.4 kB.
    private static final int MAX_CHARACTERS = 8_192;

    private SignatureHeader() {}

    /// The parameters by name; empty when it cannot be read or names one twice.
    static Optional<Map<String, String>> parse(String header) {
        if (header.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < header.length()) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                return Optional.empty();
            }
            String name = header.substring(at, equals).strip();
            int end;
            String value;
            if (equals + 1 < header.length() && header.charAt(equals + 1) == '"') {
                int quote = header.indexOf('"', equals + 2);
                if (quote < 0) {
                    return Optional.empty();
                }
                value = header.substring(equals + 2, quote);
                end = quote + 1;
            } else {
                int comma = header.indexOf(',', equals);
                end = comma < 0 ? header.length() : comma;
                value = header.substring(equals + 1, end).strip();
            }
            if (name.isEmpty() || parameters.put(name, value) != null) {
                return Optional.empty();
            }
            at = skipSeparator(header, end);
            if (at < 0) {
                return Optional.empty();
            }
        }
        return parameters.isEmpty() ? Optional.empty() : Optional.of(parameters);
    }

    /// Where the next parameter begins, the length when there is none, -1 when something else
    /// stands there.
    private static int skipSeparator(String header, int end) {
        int at = end;
        while (at < header.length() && header.charAt(at) == ' ') {
            at++;
        }
        if (at == header.length()) {
            return at;
        }
        if (header.charAt(at) != ',') {
            return -1;
        }
        return at + 1;
    }
}
