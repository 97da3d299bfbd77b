// SPDX-License-Identifier: AGPL-3.0-or-later
/// Staff pages about what the work came to: `/admin/evidence`.
///
/// They count nothing themselves.
@NullMarked
package org.waymark.admin.evidence;

import org.jspecify.annotations.NullMarked;
