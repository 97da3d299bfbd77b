// SPDX-License-Identifier: AGPL-3.0-or-later
/// Organisations without a node as receivers of requests: a mail says only that one waits, a link
/// shows it once somebody presses a button, and their answer goes the way of every other.
///
/// Opening a link shows nothing and changes nothing. How to reach the person never stands behind
/// the link alone: it takes a code that the sender reads out by phone. It decides no move itself;
/// that is `referral.LifeCycle`.
@NullMarked
package org.waymark.node.referral.mailed;

import org.jspecify.annotations.NullMarked;
