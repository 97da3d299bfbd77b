// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;

/// Names the case to which a sealed body belongs, so that it is stored under that case's key from
/// the first write. Referral implements it.
@FunctionalInterface
public interface SealedBodies {

    /// What to do with a body.
    sealed interface Fate {
        /// For a referral never seen it is a new case, whose keys are on disk by now.
        record StoredUnder(CaseId caseId) implements Fate {}

        /// Its sender and its receiver know it, and nothing may be kept about it any more.
        record Dropped() implements Fate {}

        /// Nobody here awaits it.
        record Refused() implements Fate {}
    }

    Fate fateOf(Activity activity, OrganizationId receiver);
}
