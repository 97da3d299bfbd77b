// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.UUID;

/// Where a protected field lies. It is bound into the encryption, so a field copied to another row
/// or column does not open.
public record FieldAddress(String table, UUID row, String column) {

    byte[] associatedData() {
        return Cipher.context("field-1", table, row.toString(), column);
    }
}
