// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.util.Optional;

/// A call to the other organisation, recorded in one tap. It stays here.
///
/// @param callBackAt when they asked to be called again
public record Call(Result result, String role, Optional<Instant> callBackAt) {

    public enum Result {
        REACHED,
        NO_ANSWER,
        CALL_BACK,
        /// Before there is a referral: afterwards it is an answer, see [Travelling.Told].
        SAID_YES,
        SAID_NO;

        boolean isAnswer() {
            return this == SAID_YES || this == SAID_NO;
        }
    }
}
