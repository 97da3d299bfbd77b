// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

/// The four answers, each one click. Names are message keys in lower case.
public enum PlaceAnswer {
    YES("Accept"),
    WAITING_LIST("TentativeAccept"),
    NO("Reject"),
    CALL_US("TentativeReject");

    private final String activity;

    PlaceAnswer(String activity) {
        this.activity = activity;
    }

    /// The type of the activity that says it.
    String activity() {
        return activity;
    }
}
