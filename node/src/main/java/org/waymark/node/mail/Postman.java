// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.util.Optional;
import java.util.function.Supplier;

/// Brings a letter to the mail server.
interface Postman {

    /// @param letter asked for once the server is ready to take one
    Sending send(Post post, Supplier<Optional<Letter>> letter);

    /// On a node without a mail server.
    static Postman off() {
        return (_, _) -> new Sending.NoServer("mail-off");
    }
}
