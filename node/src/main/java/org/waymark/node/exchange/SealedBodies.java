// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.Optional;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;

/// Names the case to which a sealed body belongs, so that it is stored under that case's key from
/// the first write. Referral implements it.
@FunctionalInterface
public interface SealedBodies {

    /// The case; for a referral never seen, a new one whose keys are on disk when this returns.
    /// Empty when nobody here awaits it: then it is refused and nothing is stored.
    Optional<CaseId> caseOf(Activity activity, OrganizationId receiver);
}
