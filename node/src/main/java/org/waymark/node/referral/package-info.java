// SPDX-License-Identifier: AGPL-3.0-or-later
/// One organisation asks another to help a person, and learns what became of it.
///
/// It sends nothing by a clock alone, closes nothing by itself, and asks no other node about a
/// person. Access is `account`'s, keys are `privacy`'s, delivery is `exchange`'s.
@NullMarked
package org.waymark.node.referral;

import org.jspecify.annotations.NullMarked;
