// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

/// How far one activity has come on its way to one inbox.
public enum DeliveryState {
    /// Waiting for its turn or for the next attempt.
    QUEUED,
    /// The other server took it (2xx). That it was understood, only an answer can tell.
    DELIVERED,
    /// Not tried any more: 14 days passed, or the inbox is gone. "Send again" queues it anew.
    GIVEN_UP
}
