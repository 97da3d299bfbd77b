// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

/// What a job needs is closed, and will be opened by somebody. The job comes again without having
/// failed: at the latest in some minutes, and at once with [Work#resume()].
public class HeldUp extends RuntimeException {

    private static final long serialVersionUID = 1;

    public HeldUp(String message) {
        super(message);
    }
}
