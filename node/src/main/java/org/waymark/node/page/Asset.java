// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// A file every visitor gets byte for byte the same, addressed by its content so that it can be
/// kept for ever.
///
/// @param name for example `print.css`
/// @param version the first 12 hexadecimal digits of the content's SHA-256
record Asset(String name, String mediaType, byte[] content, String version) {

    static Asset of(String name, String mediaType, byte[] content) {
        return new Asset(name, mediaType, content, HexFormat.of().formatHex(sha256(content), 0, 6));
    }

    String path() {
        return "/assets/" + version + "/" + name;
    }

    /// What lets a browser use it inline: `sha256-…` (Content Security Policy 3, section 2.3).
    String inlineHash() {
        return "sha256-" + Base64.getEncoder().encodeToString(sha256(content));
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
