// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// What was given to the import cannot be read as a directory. Nothing was changed.
public final class UnusablePackageException extends RuntimeException {

    private final String code;

    UnusablePackageException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /// Stable, kebab-case, an anchor in the manual.
    public String code() {
        return code;
    }
}
