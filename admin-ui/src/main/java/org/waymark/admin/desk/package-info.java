// SPDX-License-Identifier: AGPL-3.0-or-later
/// What every staff page stands on: who is signed in, in which language, what the top of the page
/// shows.
///
/// It knows no page in particular.
@NullMarked
package org.waymark.admin.desk;

import org.jspecify.annotations.NullMarked;
