// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import org.waymark.node.work.HeldUp;

/// The keys are locked: what is about a person can be neither read nor written until somebody opens
/// them.
public final class LockedException extends HeldUp {

    private static final long serialVersionUID = 1;

    public LockedException() {
        super(
                "Locked: a member of staff who works with requests must sign in, or run"
                        + " waymark unlock with the recovery sheet");
    }
}
