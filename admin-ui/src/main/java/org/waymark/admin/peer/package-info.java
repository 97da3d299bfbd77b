// SPDX-License-Identifier: AGPL-3.0-or-later
/// Partners as staff meet them: other nodes, agreements between organisations, whom to phone.
///
/// Who may do what with whom is decided by the node's `peer` package.
@NullMarked
package org.waymark.admin.peer;

import org.jspecify.annotations.NullMarked;
