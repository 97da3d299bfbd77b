// SPDX-License-Identifier: AGPL-3.0-or-later
/// How every page looks and speaks: languages, directions, messages, dates, styles, and the
/// rendering of templates.
///
/// It knows no domain: no listing, no referral, no account. It reads no database and opens no
/// socket, and it writes no JavaScript. What a page shows comes in as plain parameters.
@NullMarked
package org.waymark.node.page;

import org.jspecify.annotations.NullMarked;
