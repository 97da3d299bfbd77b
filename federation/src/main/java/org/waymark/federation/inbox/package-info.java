// SPDX-License-Identifier: Apache-2.0
/// From a request to a received activity: signature, key, owner, origin and replay, in that order.
///
/// It stores nothing and acts on nothing; what is accepted here is only known to be said by its
/// actor.
@NullMarked
package org.waymark.federation.inbox;

import org.jspecify.annotations.NullMarked;
