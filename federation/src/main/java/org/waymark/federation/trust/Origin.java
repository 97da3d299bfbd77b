// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.trust;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Scheme, host and port of an address (RFC 6454): who answers for it (FEP-fe34). Two spellings of
/// one host are one origin; a spelling that different programs may read differently is none.
///
/// @param scheme `https` or `http`
/// @param host in lower case
/// @param port always given
public record Origin(String scheme, String host, int port) {

    /// The origin of an http or https address. Empty for other schemes, for user-info, for a
    /// trailing dot, for host names outside ASCII (their `xn--` form is accepted), for
    /// percent-encoded hosts and for IPv4 addresses written in other ways than four decimal
    /// numbers.
    public static Optional<Origin> of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.isOpaque()) {
            return Optional.empty();
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!plain(host)) {
            return Optional.empty();
        }
        int port = uri.getPort();
        return switch (scheme) {
            case "https" -> Optional.of(new Origin(scheme, host, port == -1 ? 443 : port));
            case "http" -> Optional.of(new Origin(scheme, host, port == -1 ? 80 : port));
            default -> Optional.empty();
        };
    }

    /// The host, with its port unless it is the scheme's own: what a `Host` header says.
    public String authority() {
        boolean usual = port == ("https".equals(scheme) ? 443 : 80);
        return usual ? host : host + ":" + port;
    }

    private static boolean plain(String host) {
        if (host.startsWith("[")) {
            return true;
        }
        if (host.endsWith(".") || host.length() > 253) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) > 0x7e || host.charAt(i) == '%') {
                return false;
            }
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        // A last label that begins with a digit is an IPv4 address to somebody (WHATWG URL, "ends
        // in a number"), so it must be one to everybody.
        return last.isEmpty() || !Character.isDigit(last.charAt(0)) || dottedQuad(host);
    }

    private static boolean dottedQuad(String host) {
        int numbers = 0;
        for (int from = 0; from <= host.length(); numbers++) {
            int dot = host.indexOf('.', from);
            int end = dot < 0 ? host.length() : dot;
            if (!isOctet(host, from, end)) {
                return false;
            }
            from = end + 1;
        }
        return numbers == 4;
    }

    private static boolean isOctet(String host, int from, int end) {
        if (end == from || end - from > 3 || (end - from > 1 && host.charAt(from) == '0')) {
            return false;
        }
        int number = 0;
        for (int i = from; i < end; i++) {
            int digit = host.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = number * 10 + digit;
        }
        return number <= 255;
    }
}
