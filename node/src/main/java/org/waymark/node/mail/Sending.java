// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

/// What came of one attempt to send a letter. Codes are stable, in kebab-case, and message keys
/// (`staff.mail.code.CODE`).
public sealed interface Sending {

    /// The server took it.
    record Sent() implements Sending {}

    /// Nobody wanted it any more.
    record Dropped() implements Sending {}

    /// The server will not take this letter, now or later.
    record Refused(String code) implements Sending {}

    /// The server took no blame and gave no promise: this letter again, later.
    record Later(String code) implements Sending {}

    /// No letter gets through now: the server cannot be reached, or will have nothing from us.
    record NoServer(String code) implements Sending {}
}
