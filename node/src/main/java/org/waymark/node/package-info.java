// SPDX-License-Identifier: AGPL-3.0-or-later
/// Puts a node together: the command line, the settings, the parts list, the routing of activities.
///
/// Nobody sees this package, and it decides nothing about the domain.
@NullMarked
package org.waymark.node;

import org.jspecify.annotations.NullMarked;
