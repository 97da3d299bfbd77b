// SPDX-License-Identifier: AGPL-3.0-or-later
/// Partners keep the end of each other's audit, so that one who cuts off or rewrites their own is
/// found out: asking, agreeing, the daily word, and what a partner's word tells.
///
/// It knows no entry of any audit. What is found in our own is for `privacy.Audit` to say.
@NullMarked
package org.waymark.node.oversight.witness;

import org.jspecify.annotations.NullMarked;
