// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

/// Gives received activities their meaning. It may be called more than once for one activity (a
/// crash between the effect and its note), so doing it again must change nothing. It opens its own
/// transaction. An exception is a fault of ours: it is tried again some times, then set aside.
@FunctionalInterface
public interface ActivityHandler {

    Result handle(ReceivedActivity received);

    /// What came of it.
    sealed interface Result {

        record Done() implements Result {}

        /// It came before what it needs. It is held and offered again for an hour.
        ///
        /// @param reason stable kebab-case code
        record NotYet(String reason) implements Result {}

        /// The actor may not do this, or it makes no sense. Without effect, for good.
        ///
        /// @param code stable kebab-case code
        record Refused(String code) implements Result {}
    }
}
