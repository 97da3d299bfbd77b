// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.discovery;

import java.net.URI;

/// The host-meta document (RFC 6415), for servers that still ask it where WebFinger is.
public final class HostMeta {
    /// The media type to serve it as.
    public static final String MEDIA_TYPE = "application/xrd+xml; charset=utf-8";

    private HostMeta() {}

    /// The document to serve.
    ///
    /// @param baseUrl where this server lives
    public static String xml(URI baseUrl) {
        String origin = baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
                  <Link rel="lrdd" template="%s/.well-known/webfinger?resource={uri}"/>
                </XRD>
                """
                .formatted(origin.replace("&", "&amp;").replace("\"", "&quot;"));
    }
}
