// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import org.waymark.federation.signature.Headers;

/// What came of one request to another server.
public sealed interface Exchange {

    /// The other server answered. Redirects are answers too: nobody follows them unasked.
    ///
    /// @param body inflated; of the media type asked for when the status is 2xx; empty after a POST
    @SuppressWarnings("ArrayRecordComponent") // bytes of one exchange, never compared
    record Answer(int status, Headers headers, byte[] body) implements Exchange {

        /// Whether the status is 2xx.
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /// We would not: the address or what came back breaks our rules, and trying again will not
    /// help.
    ///
    /// @param code `address-malformed`, `address-not-allowed`, `plain-http-not-allowed`,
    ///   `media-type-wrong`, `body-too-large`, `encoding-unknown`
    record Refused(String code) implements Exchange {}

    /// It did not work this time.
    ///
    /// @param code `host-unknown`, `connection-failed`, `tls-failed`, `deadline-passed`,
    ///   `answer-malformed`, `interrupted`
    record Failed(String code) implements Exchange {}
}
