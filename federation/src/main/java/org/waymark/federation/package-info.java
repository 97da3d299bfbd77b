// SPDX-License-Identifier: Apache-2.0
/// ActivityPub for Java programs: what can be said, who said it, may we believe it, and how it
/// travels.
///
/// It never opens a database, starts no thread of its own but for the deadline of an exchange, and
/// knows nothing of what the activities mean to whoever uses it.
@NullMarked
package org.waymark.federation;

import org.jspecify.annotations.NullMarked;
