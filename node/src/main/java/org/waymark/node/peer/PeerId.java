// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.UUID;

/// Names a peer inside this node.
public record PeerId(UUID value) {}
