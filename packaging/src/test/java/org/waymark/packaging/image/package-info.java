// SPDX-License-Identifier: AGPL-3.0-or-later
/// What the packaged program must stand: being moved, linked to, killed, run without its staff
/// pages. It does not look at pages; the browser tests do.
@NullMarked
package org.waymark.packaging.image;

import org.jspecify.annotations.NullMarked;
