// SPDX-License-Identifier: AGPL-3.0-or-later
/// Mail that goes out: each letter is a row first, is written in the reader's language at the
/// moment it is sent, and is tried until the server has taken it or said no.
///
/// It takes in no mail, sends nothing that was not asked for, knows no domain, and does nothing at
/// all on a node without a mail server. No letter has HTML, pictures or anything that tells whether
/// it was read.
@NullMarked
package org.waymark.node.mail;

import org.jspecify.annotations.NullMarked;
