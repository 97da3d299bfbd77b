// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A picture, sound, film, file or link, usually attached to something else and without an id.
public record Media(ObjectNode json) implements Thing {

    public Optional<String> mediaType() {
        return Members.text(json, "mediaType");
    }
}
