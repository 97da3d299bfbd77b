// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.extension;

import java.util.List;
import java.util.ServiceLoader;

/// The pages staff work on, brought by another jar. A node without such a jar is a headless node:
/// it serves everything but `/admin/`.
public interface StaffSite {

    /// The Jersey resources, filters and mappers to bind, all instances. Everything below `/admin/`
    /// is closed to strangers by `account.StaffGate`, whatever is bound here.
    List<Object> resources(Domains domains);

    /// The resources of every staff site on the class path; usually one, or none.
    static List<Object> found(Domains domains) {
        return ServiceLoader.load(StaffSite.class, StaffSite.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(site -> site.resources(domains).stream())
                .toList();
    }
}
