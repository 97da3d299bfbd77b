// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import java.util.List;
import java.util.Optional;

/// One kind of object of HSDS.
///
/// @param file its table in a data package
public record HsdsObject(String name, String file, List<HsdsMember> members) {

    public HsdsObject {
        members = List.copyOf(members);
    }

    public Optional<HsdsMember> member(String name) {
        return members.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /// What its table has: values, without lists and objects.
    public List<HsdsMember> columns() {
        return members.stream().filter(it -> it.type().isValue()).toList();
    }
}
