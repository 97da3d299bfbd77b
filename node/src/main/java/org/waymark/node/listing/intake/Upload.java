// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// A file that staff sent, and how far it has come.
///
/// @param by who sent it; since its first run who began the last one, in whose name it runs
/// @param wish what was asked for last: a mapping, or the options of a directory; empty at first
/// @param code why it was given up
public record Upload(
        UUID id,
        OrganizationId publisher,
        AccountId by,
        String name,
        Kind kind,
        State state,
        Optional<String> wish,
        Optional<String> code,
        Instant at) {

    /// What was found in it.
    public enum Kind {
        /// CSV or XLSX, whose columns need a meaning.
        TABLE,
        /// A HSDS directory, which says itself what it is.
        DIRECTORY
    }

    /// How far it has come.
    public enum State {
        SENT,
        /// A dry run waits or runs.
        LOOKING,
        LOOKED,
        /// The import waits or runs.
        IMPORTING,
        IMPORTED,
        /// The last run was given up; the file is still here.
        FAILED;

        public boolean isRunning() {
            return this == LOOKING || this == IMPORTING;
        }
    }
}
