// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.Optional;

/// Knows who handles what. The root package implements it.
///
/// An activity is routed by its type and its subject. The subject is the type of the object written
/// out in it; for a tombstone, what it was; for an answer to an activity (or its `Undo`), the type
/// of that activity, or, when that was an `Offer`, of what was offered. So `Accept` of an `Offer`
/// of a `waymark:Agreement` has the subject `waymark:Agreement`, also when it names the `Offer` by
/// id only. A subject that cannot be told is the empty text.
@FunctionalInterface
public interface ActivityRoutes {

    /// Who handles it; empty when it means nothing to us.
    Optional<ActivityHandler> find(String type, String subject);
}
