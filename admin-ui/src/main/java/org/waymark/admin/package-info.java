// SPDX-License-Identifier: AGPL-3.0-or-later
/// The pages staff work on, under `/admin/`.
///
/// They decide nothing and know no SQL: every rule, every right and every audit entry is in the
/// node's domains, which other programs reach by the same methods.
@NullMarked
package org.waymark.admin;

import org.jspecify.annotations.NullMarked;
