// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Optional;

/// A language that staff of a service speak: its BCP 47 tag if the source's words meant one, and
/// those words.
public record SpokenLanguage(Optional<String> tag, String name) {}
