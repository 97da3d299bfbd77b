// SPDX-License-Identifier: AGPL-3.0-or-later
/// Complaints: a door of their own to people who handle no requests for help (safety.md 12).
///
/// Nothing of them, not even how many there are, reaches those who handle requests or whomever a
/// complaint names, and so nothing is written into the audit that administrators read. It asks for
/// no name and no code, knows nothing of referrals, and sends nothing anywhere.
@NullMarked
package org.waymark.node.complaint;

import org.jspecify.annotations.NullMarked;
