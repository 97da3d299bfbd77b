// SPDX-License-Identifier: AGPL-3.0-or-later
/// Nodes in containers made of our own image, on a local Docker engine. Nothing is pulled from
/// anywhere; without an engine these tests say so and skip.
@NullMarked
package org.waymark.packaging.containers;

import org.jspecify.annotations.NullMarked;
