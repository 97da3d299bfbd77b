// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import org.waymark.node.database.Database;
import org.waymark.node.privacy.CaseId;

/// Which case keys belong to the register of breaches, so that they are kept.
public final class BreachKeys {

    private final Database database;

    public BreachKeys(Database database) {
        this.database = database;
    }

    public boolean knows(CaseId caseId) {
        return database.read(tx -> BreachTable.holds(tx, caseId));
    }
}
