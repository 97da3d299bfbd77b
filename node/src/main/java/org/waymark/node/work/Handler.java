// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Instant;

/// Does the jobs of one kind. A job may run twice (a crash between the work and its end), so doing
/// it again must change nothing. An exception is logged and the job is tried again later, with
/// growing waits.
@FunctionalInterface
public interface Handler {

    Result run(Job job);

    /// What becomes of the job.
    sealed interface Result {
        /// Nothing is left to do; the row goes, unless it was scheduled anew meanwhile.
        record Done() implements Result {}

        /// There is more to do, at that time.
        record Again(Instant due) implements Result {}

        /// It did not work, and the handler knows when to try again. Unlike [Again], this counts as
        /// an attempt.
        record Failed(Instant due) implements Result {}
    }
}
