// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

/// The operator gave something we cannot use; the message says what would do. Exit code 2.
public final class UnusableSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableSettingException(String message) {
        super(message);
    }
}
