// SPDX-License-Identifier: AGPL-3.0-or-later
/// Signing in and out, and for which organisation and in which language one works.
///
/// Passwords, sessions and their rules are the node's.
@NullMarked
package org.waymark.admin.account;

import org.jspecify.annotations.NullMarked;
