// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.waymark.node.exchange.ActivityHandler;
import org.waymark.node.exchange.ActivityRoutes;

/// Which domain handles which activity. [Node] registers all routes before the node serves.
public final class ActivityRouter implements ActivityRoutes {

    private record Route(String type, String subject) {}

    private final Map<Route, ActivityHandler> handlers = new ConcurrentHashMap<>();

    /// Names who handles activities of a type about a subject; [ActivityRoutes] explains subjects.
    ///
    /// @throws IllegalStateException when the route is taken
    public ActivityRouter register(String type, String subject, ActivityHandler handler) {
        if (handlers.putIfAbsent(new Route(type, subject), handler) != null) {
            throw new IllegalStateException("Two handlers for " + type + "(" + subject + ")");
        }
        return this;
    }

    @Override
    public Optional<ActivityHandler> find(String type, String subject) {
        return Optional.ofNullable(handlers.get(new Route(type, subject)));
    }
}
