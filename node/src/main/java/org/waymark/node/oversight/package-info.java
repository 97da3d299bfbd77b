// SPDX-License-Identifier: AGPL-3.0-or-later
/// Answers for the work: the check of the audit, breaches of data and their clock, what people ask
/// of their own data.
///
/// It reads no case itself and decides nothing about help; what it hands out about a person comes
/// from `person`.
@NullMarked
package org.waymark.node.oversight;

import org.jspecify.annotations.NullMarked;
