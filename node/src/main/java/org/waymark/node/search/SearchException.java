// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

/// The index could not be read or written. [SearchIndex#reset()] and a rebuild mend it.
public final class SearchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SearchException(String message, Throwable cause) {
        super(message, cause);
    }
}
