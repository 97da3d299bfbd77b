// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.peer.PeeringObserver.Copied;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What several of the `peer` commands ask for, each written down once.
final class PeerOptions {

    private PeerOptions() {}

    static final class Address {

        @Parameters(
                paramLabel = "ADDRESS",
                description = "The other node's base URL; known ones: waymark peer list")
        private String text = "";

        /// Empty when it is none, which the operator is told.
        Optional<URI> read(Terminal terminal) {
            try {
                var uri = URI.create(text.strip());
                if (uri.isAbsolute() && uri.getHost() != null) {
                    return Optional.of(uri);
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            terminal.error("ADDRESS is a base URL such as https://clinic.example, but got " + text);
            return Optional.empty();
        }
    }

    static final class Copies {

        @Option(names = "--no-copies", description = "Do not copy the other side's listings.")
        private boolean none;

        boolean wanted() {
            return !none;
        }
    }

    static final class Purge {

        @Option(names = "--purge", description = "Remove the copies of its listings.")
        private boolean purge;

        Copied copied() {
            return purge ? Copied.PURGE : Copied.KEEP;
        }
    }
}
