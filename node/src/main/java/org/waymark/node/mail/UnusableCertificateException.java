// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

/// The file of `mail.certificate` has no certificate that can be used.
final class UnusableCertificateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCertificateException(Exception cause) {
        super(cause);
    }
}
