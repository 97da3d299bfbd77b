// SPDX-License-Identifier: AGPL-3.0-or-later
/// What there is to do today, in the order of its clocks.
///
/// It changes nothing; each task is a link to the page where it is done.
@NullMarked
package org.waymark.admin.start;

import org.jspecify.annotations.NullMarked;
