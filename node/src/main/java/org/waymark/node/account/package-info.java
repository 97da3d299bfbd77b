// SPDX-License-Identifier: AGPL-3.0-or-later
/// Knows the organisations hosted here, the people who work for them, and what each may do: roles,
/// passwords, sign-in, sessions, API tokens.
///
/// It does not know what the rights are used for, sends no mail, and holds nothing about people who
/// seek help. Shiro is used as a library: one security manager per node, none of its sessions, none
/// of its statics.
@NullMarked
package org.waymark.node.account;

import org.jspecify.annotations.NullMarked;
