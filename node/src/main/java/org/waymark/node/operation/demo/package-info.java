// SPDX-License-Identifier: AGPL-3.0-or-later
/// Tells the story of Lindmar, an invented city, so that people can try everything on data that
/// harms nobody.
///
/// It calls what staff call and writes no row itself; nothing here runs in a real node.
@NullMarked
package org.waymark.node.operation.demo;

import org.jspecify.annotations.NullMarked;
