// SPDX-License-Identifier: AGPL-3.0-or-later
/// A server that shares no line with this one, written from FEDERATION.md alone, and what it and
/// this node say to each other. Nothing here but the test itself uses the node or its federation
/// library: what the document does not say must not come in by that door.
@NullMarked
package org.waymark.node.second;

import org.jspecify.annotations.NullMarked;
