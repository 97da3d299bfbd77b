// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.webserver.http.Handler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/// Everything one listener answers: resources, filters and mappers, given as instances.
public final class Site {

    private final BaseUrl baseUrl;
    private final int maxBodyBytes;
    private final TrustedProxies proxies;
    private final List<Object> parts = new ArrayList<>();
    private final List<Shortcut> shortcuts = new ArrayList<>();
    private final Map<String, Long> files = new HashMap<>();

    /// @param baseUrl what requests are resolved against, whatever their Host header says
    public Site(BaseUrl baseUrl, int maxBodyBytes) {
        this(baseUrl, maxBodyBytes, TrustedProxies.NONE);
    }

    /// The same behind proxies.
    public Site(BaseUrl baseUrl, int maxBodyBytes, TrustedProxies proxies) {
        this.baseUrl = baseUrl;
        this.maxBodyBytes = maxBodyBytes;
        this.proxies = proxies;
        add(new ErrorMapper());
        add(new JsonBody());
    }

    /// Adds one resource, filter, body reader or mapper.
    public Site add(Object part) {
        parts.add(part);
        return this;
    }

    /// Adds one that answers before all resources.
    public Site addShortcut(Shortcut shortcut) {
        shortcuts.add(shortcut);
        return this;
    }

    /// Lets a form with a file in it be larger than other bodies. Whoever answers there reads it by
    /// [MultipartStream], and so does who looks at its fields before.
    ///
    /// @param path as it stands on the wire, nothing below it
    public Site takesFile(String path, long mostBytes) {
        files.put(path, mostBytes);
        return this;
    }

    public Site addAll(Collection<?> more) {
        more.forEach(this::add);
        return this;
    }

    Handler handler() {
        var configuration =
                new ResourceConfig()
                        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                        .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                        .property(CommonProperties.JSON_PROCESSING_FEATURE_DISABLE, true)
                        .property(CommonProperties.MOXY_JSON_FEATURE_DISABLE, true)
                        .property(CommonProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 1 << 16)
                        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                        .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
                        .property(ServerProperties.BV_FEATURE_DISABLE, true);
        parts.forEach(part -> configuration.register(part.getClass()));
        configuration.register(new Instances(parts));
        return new JerseyBridge(
                new ApplicationHandler(configuration),
                baseUrl,
                maxBodyBytes,
                Map.copyOf(files),
                proxies,
                new Shortcuts(shortcuts, securityHeaders()));
    }

    private SecurityHeaders securityHeaders() {
        return parts.stream()
                .filter(SecurityHeaders.class::isInstance)
                .map(SecurityHeaders.class::cast)
                .findFirst()
                .orElseGet(() -> new SecurityHeaders(baseUrl, List.of()));
    }

    /// Binds each part under its own class: registering instances works too, but Jersey warns.
    private static final class Instances extends AbstractBinder {

        private final List<Object> parts;

        Instances(List<Object> parts) {
            this.parts = parts;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected void configure() {
            parts.forEach(part -> bind(part).to((Class<Object>) part.getClass()));
        }
    }
}
