// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import org.waymark.node.database.Database;
import org.waymark.node.privacy.CaseId;

/// Which case keys belong to counts, so that they are kept.
public final class EvidenceKeys {

    private final Database database;

    public EvidenceKeys(Database database) {
        this.database = database;
    }

    public boolean knows(CaseId caseId) {
        return database.read(tx -> EvidenceTable.holds(tx, caseId));
    }
}
