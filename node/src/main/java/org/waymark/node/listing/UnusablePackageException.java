// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// What was given to the import cannot be read as a directory. Nothing was changed.
public final class UnusablePackageException extends RuntimeException {

    private final String code;

    public UnusablePackageException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /// What a library could not read: our own refusal where it wrapped one, else that the file is
    /// unreadable.
    public static UnusablePackageException from(RuntimeException failure, String detail) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnusablePackageException ours) {
                return ours;
            }
        }
        return new UnusablePackageException("file-unreadable", detail);
    }

    /// Stable, kebab-case, an anchor in the manual.
    public String code() {
        return code;
    }
}
