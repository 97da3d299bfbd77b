// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The post that every server shows. Structured data may stand beside the readable content; it is
/// reached through [#json].
public record Note(ObjectNode json) implements Post {
    public Note {
        if (Members.text(json, "id").flatMap(Members::absolute).isEmpty()) {
            throw new Incomplete("id-missing");
        }
    }
}
