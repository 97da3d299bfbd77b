// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One text in several languages (Activity Streams 2.0, section 4.7), in the order sent: servers
/// read the first as the language of the text that stands beside the map.
///
/// @param byTag text by BCP 47 language tag
public record LanguageMap(Map<String, String> byTag) {
    public LanguageMap {
        byTag = Collections.unmodifiableMap(new LinkedHashMap<>(byTag));
    }

    /// The language tags, first the one of the text beside the map.
    public List<String> tags() {
        return new ArrayList<>(byTag.keySet());
    }

    /// The text under exactly this tag; tags are compared without regard to case.
    public Optional<String> in(String tag) {
        return byTag.entrySet().stream()
                .filter(it -> it.getKey().equalsIgnoreCase(tag))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// The text that suits a reader best (RFC 4647, lookup): for `pt-BR` also `pt`.
    ///
    /// @param wanted language tags, the dearest first
    public Optional<String> best(List<String> wanted) {
        var ranges = wanted.stream().map(Locale.LanguageRange::new).toList();
        return Optional.ofNullable(
                        Locale.lookupTag(
                                ranges, (Collection<String>) new ArrayList<>(byTag.keySet())))
                .flatMap(this::in);
    }

    public boolean isEmpty() {
        return byTag.isEmpty();
    }
}
