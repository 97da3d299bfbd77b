// SPDX-License-Identifier: AGPL-3.0-or-later
/// Referrals as staff work on them: phone first, few words, one thing to do at a time.
///
/// What may be sent, when, and by whom is decided by the node's `referral` package.
@NullMarked
package org.waymark.admin.referral;

import org.jspecify.annotations.NullMarked;
