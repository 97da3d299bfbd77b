// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.util.Optional;
import org.waymark.federation.signature.Scheme;

/// Remembers how servers read signatures. Safe for many threads; what it remembers should get old.
public interface SchemeMemory {

    /// What a server was last seen to read; empty when nothing is known or it is too long ago.
    ///
    /// @param authority host, with its port unless it is the usual one
    Optional<Scheme> find(String authority);

    /// A server took a request signed so, after it had refused another.
    void remember(String authority, Scheme scheme);

    /// One that remembers nothing: each request begins the old way.
    static SchemeMemory none() {
        return new SchemeMemory() {
            @Override
            public Optional<Scheme> find(String authority) {
                return Optional.empty();
            }

            @Override
            public void remember(String authority, Scheme scheme) {}
        };
    }
}
