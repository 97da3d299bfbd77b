// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.function.Supplier;

/// Where work that takes much memory waits for its turn.
public interface OneAtATime {

    <T> T alone(Supplier<T> work);
}
