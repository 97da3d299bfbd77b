// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A letter that is to be sent, before anybody has written it.
///
/// @param kind who writes it, see [Composer]
/// @param reference what it is about, in the words of whoever writes it; nothing about a person
/// @param owner the organisation on whose behalf it goes
/// @param language of the reader, a tag of this site
/// @param failure why it was given up, if it was
public record Post(
        UUID id,
        String kind,
        String reference,
        UUID owner,
        MailAddress to,
        String language,
        Instant madeAt,
        Optional<Failure> failure) {

    /// @param code stable kebab-case code, see [Sending]
    public record Failure(String code, Instant at) {}
}
