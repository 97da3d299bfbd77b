// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

/// Is told how far long work has come.
@FunctionalInterface
public interface Progress {

    /// Nobody watches.
    Progress SILENT = (_, _, _) -> {};

    /// @param what the step, in a word or two
    /// @param done how many of its things are done
    /// @param total how many there are
    void step(String what, long done, long total);
}
