// SPDX-License-Identifier: AGPL-3.0-or-later
/// What a visitor is told beside the directory: the first page, whom to call in danger, how to
/// complain, what happens to personal data, and whether everyone can use the site.
///
/// It writes nothing down: numbers come from a country file that a person checked, addresses from
/// the settings, and the pages that forms are answered with stay in memory for minutes. It assumes
/// no number to work anywhere.
@NullMarked
package org.waymark.node.guide;

import org.jspecify.annotations.NullMarked;
