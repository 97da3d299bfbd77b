// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.util.List;

/// How the node listens.
///
/// @param address the address to listen on; `0.0.0.0` for all
/// @param port 0 picks a free one
/// @param internalPort the second listener, on 127.0.0.1 only; 0 picks a free one
/// @param maxBodyBytes larger request bodies are refused with 413
/// @param maxUploadMegabytes of a file that staff send for an import
/// @param trustedProxies networks of the proxies whose word for a visitor's address counts
public record HttpSettings(
        String address,
        int port,
        int internalPort,
        int maxBodyBytes,
        int maxUploadMegabytes,
        List<String> trustedProxies) {

    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// 1 MiB: the limit of a federation document (federation.md, Limits); imports come as files.
    public static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

    /// 200 MB: twenty times the largest directory that we know, as CSV.
    public static final int DEFAULT_MAX_UPLOAD_MEGABYTES = 200;

    /// Of the file alone.
    public long maxFileBytes() {
        return maxUploadMegabytes * 1_000_000L;
    }

    /// With some room for the rest of the form.
    public long maxUploadBytes() {
        return maxFileBytes() + (1 << 16);
    }
}
