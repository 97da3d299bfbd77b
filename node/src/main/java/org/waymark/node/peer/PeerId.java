// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.UUID;

/// Names a peer inside this node.
public record PeerId(UUID value) {

    /// This node itself: two organisations of it may sign an agreement as well. There is no such
    /// peer (RFC 9562 5.9, the nil UUID).
    public static final PeerId HERE = new PeerId(new UUID(0, 0));

    public boolean isHere() {
        return equals(HERE);
    }
}
