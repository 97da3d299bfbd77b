// SPDX-License-Identifier: Apache-2.0
/// Signed GET and POST over the one guarded client: the only place that opens sockets.
///
/// It follows no redirect, uses no proxy, keeps no cookie and never talks to a private address
/// whose network was not named.
@NullMarked
package org.waymark.federation.transport;

import org.jspecify.annotations.NullMarked;
