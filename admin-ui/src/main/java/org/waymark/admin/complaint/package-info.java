// SPDX-License-Identifier: AGPL-3.0-or-later
/// Complaints for those who take them. Nobody else finds a page, a task or a number here.
@NullMarked
package org.waymark.admin.complaint;

import org.jspecify.annotations.NullMarked;
