// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.util.List;

/// Which peers the node names to everybody; peer implements it. All of it is public.
public interface PublishedPeers {

    /// A peer as its actor names itself.
    record Named(URI actor, String name) {}

    /// Whether the node names any: its operator chose so.
    boolean isOn();

    /// Those who name their own peers, too: nobody is named who would rather not be.
    List<Named> named();
}
