// SPDX-License-Identifier: Apache-2.0
/// May we believe it: the origin rules of FEP-fe34 as pure functions.
///
/// It fetches nothing, remembers nothing and knows no allow-list.
@NullMarked
package org.waymark.federation.trust;

import org.jspecify.annotations.NullMarked;
