// SPDX-License-Identifier: AGPL-3.0-or-later
/// The packaged node and an independent ActivityPub server, Fedify, over real HTTP. What this
/// program alone has words for is tested between two of its own nodes, not here.
@NullMarked
package org.waymark.packaging.interop;

import org.jspecify.annotations.NullMarked;
