// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The address that every id of this node begins with, fixed at `init` (architecture, 7). It has no
/// path, and no slash at its end.
public record BaseUrl(URI uri) {

    public BaseUrl {
        var scheme = uri.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException(
                    "The base URL must begin with https:// (or http:// on a test network), but is "
                            + uri);
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The base URL needs a host name, but is " + uri);
        }
        if (!uri.getRawPath().isEmpty()
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The base URL must end after the host and port, but is " + uri);
        }
    }

    /// Reads what a person typed: a slash at the end and capitals in the host are forgiven.
    public static BaseUrl parse(String text) {
        var trimmed = text.strip();
        if (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return new BaseUrl(URI.create(trimmed.toLowerCase(Locale.ROOT)));
    }

    /// An address below the base URL.
    ///
    /// @param path begins with a slash
    public URI resolve(String path) {
        return URI.create(uri + path);
    }

    public boolean secure() {
        return "https".equals(uri.getScheme());
    }

    /// Host, and port unless it is the scheme's own.
    public String authority() {
        return uri.getRawAuthority();
    }

    /// Whether an id was minted by this node.
    public boolean owns(URI id) {
        var text = id.toString();
        return text.equals(uri.toString()) || text.startsWith(uri + "/");
    }

    /// Eight hex digits that tell this node from another on the same host: cookies ignore ports.
    public String mark() {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(uri.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
