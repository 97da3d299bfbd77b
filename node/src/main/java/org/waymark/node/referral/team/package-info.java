// SPDX-License-Identifier: AGPL-3.0-or-later
/// How colleagues share the work on requests: who takes care of which, who stands in for whom, and
/// notes for each other.
///
/// None of it travels, and it decides nothing about a request: whoever may work on requests may
/// work on all of them.
@NullMarked
package org.waymark.node.referral.team;

import org.jspecify.annotations.NullMarked;
