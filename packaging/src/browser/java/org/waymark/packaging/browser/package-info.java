// SPDX-License-Identifier: AGPL-3.0-or-later
/// What people see: the packaged node in the system's Chromium, mostly without JavaScript. How
/// pages are made up inside is tested in `node`.
@NullMarked
package org.waymark.packaging.browser;

import org.jspecify.annotations.NullMarked;
