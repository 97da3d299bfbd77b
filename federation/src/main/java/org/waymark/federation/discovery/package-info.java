// SPDX-License-Identifier: Apache-2.0
/// How an address becomes an actor: WebFinger, NodeInfo and host-meta, both ways.
///
/// It guesses nothing from the name of a server's software; capabilities stand in the actor
/// document.
@NullMarked
package org.waymark.federation.discovery;

import org.jspecify.annotations.NullMarked;
