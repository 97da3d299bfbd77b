// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.List;

/// A node that is no peer of ours but of our peers.
///
/// @param name as they call it
/// @param knownTo the names of the peers that name it
public record SuggestedPeer(URI baseUrl, String name, List<String> knownTo) {}
