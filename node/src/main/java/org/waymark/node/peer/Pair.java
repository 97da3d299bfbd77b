// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import org.waymark.node.privacy.OrganizationId;

/// One organisation hosted here and one of a peer, which are to work together.
public record Pair(OrganizationId ours, URI theirs) {}
