// SPDX-License-Identifier: AGPL-3.0-or-later
/// Tests that cross modules, and the harness that starts the packaged node. Nothing here ships.
@NullMarked
package org.waymark.packaging;

import org.jspecify.annotations.NullMarked;
