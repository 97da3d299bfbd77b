// SPDX-License-Identifier: AGPL-3.0-or-later
/// How our mail fares: what did not arrive, and what to do about it.
///
/// It shows no letter, for none is kept.
@NullMarked
package org.waymark.admin.mail;

import org.jspecify.annotations.NullMarked;
