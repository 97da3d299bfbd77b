// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import org.waymark.node.referral.LifeCycle.Party;

/// Which of the two organisations keeps this row. Between two organisations of one node there are
/// two rows, like between two nodes.
public enum Side {
    SENDER,
    RECEIVER;

    public Side other() {
        return this == SENDER ? RECEIVER : SENDER;
    }

    Party party() {
        return this == SENDER ? Party.SENDER : Party.RECEIVER;
    }
}
