// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.start;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.exchange.KeyLock;
import org.waymark.node.privacy.LockedException;

/// `/admin/`: today's tasks.
@Path("/admin")
public final class StaffStartPages {

    private final Desk desk;
    private final KeyLock lock;
    private final List<Tasks> sources;

    /// Where tasks come from: one for each domain that has some.
    public interface Tasks {
        List<Task> of(Sheet sheet);
    }

    public StaffStartPages(Desk desk, KeyLock lock, List<Tasks> sources) {
        this.lock = lock;
        this.desk = desk;
        this.sources = List.copyOf(sources);
    }

    @GET
    public Response start(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, "");
        var tasks =
                sources.stream()
                        .flatMap(source -> tasks(source, sheet).stream())
                        .sorted(Comparator.comparing(Task::clock))
                        .toList();
        return sheet.show("start/today", Map.of("tasks", tasks, "locked", lock.isLocked()));
    }

    // Whoever reads nothing about people has other tasks while the keys are locked.
    private static List<Task> tasks(Tasks source, Sheet sheet) {
        try {
            return source.of(sheet);
        } catch (LockedException _) {
            return List.of();
        }
    }
}
