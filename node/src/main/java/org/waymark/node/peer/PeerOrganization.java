// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;

/// An organisation that a peer says it hosts.
public record PeerOrganization(URI actor, PeerId peer, String name) {}
