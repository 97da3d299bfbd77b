// SPDX-License-Identifier: Apache-2.0
/// Whom an activity goes to, one attempt to hand it over, and when to try again.
///
/// It keeps no queue: the rows, the lease and the clock belong to whoever calls.
@NullMarked
package org.waymark.federation.delivery;

import org.jspecify.annotations.NullMarked;
