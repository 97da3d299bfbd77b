// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

/// What is stored here was changed, moved to another place, or belongs to another key. Nothing of
/// it is readable.
public final class DamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedException() {
        super("Protected data does not open where it lies");
    }

    DamagedException(Throwable cause) {
        super("Protected data does not open where it lies", cause);
    }
}
