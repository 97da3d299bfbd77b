// SPDX-License-Identifier: AGPL-3.0-or-later
/// Lets the operator run a node: settings, identity, commands, health.
///
/// It holds no rule of a domain; a command calls what the staff pages call.
@NullMarked
package org.waymark.node.operation;

import org.jspecify.annotations.NullMarked;
