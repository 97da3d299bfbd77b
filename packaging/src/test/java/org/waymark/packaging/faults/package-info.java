// SPDX-License-Identifier: AGPL-3.0-or-later

/// Two nodes as they ship, each a process, partners over a wire that a test can listen to and cut;
/// and what happens when power or network fail. It does not test what each state means: node's own
/// tests do.
@NullMarked
package org.waymark.packaging.faults;

import org.jspecify.annotations.NullMarked;
