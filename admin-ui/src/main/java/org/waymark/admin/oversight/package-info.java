// SPDX-License-Identifier: AGPL-3.0-or-later
/// Staff pages of those who answer for the work: what people ask of their data, breaches, the check
/// of the audit.
///
/// They decide nothing themselves.
@NullMarked
package org.waymark.admin.oversight;

import org.jspecify.annotations.NullMarked;
