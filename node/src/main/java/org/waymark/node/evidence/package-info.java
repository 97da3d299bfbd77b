// SPDX-License-Identifier: AGPL-3.0-or-later
/// Tells what an organisation's work came to: how often it asked and was asked, how fast answers
/// came, what nobody could help with. For itself exactly; for others without small numbers.
///
/// It keeps counts by month and nothing about a person or a referral, and sends nothing.
@NullMarked
package org.waymark.node.evidence;

import org.jspecify.annotations.NullMarked;
