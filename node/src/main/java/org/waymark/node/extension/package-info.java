// SPDX-License-Identifier: AGPL-3.0-or-later
/// Where other modules plug in: what they are given, and what they give back.
///
/// Beside the root this is the only package that names all domains; it does nothing with them.
@NullMarked
package org.waymark.node.extension;

import org.jspecify.annotations.NullMarked;
