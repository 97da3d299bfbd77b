// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.start;

import gg.jte.Content;
import java.time.Instant;

/// Something that waits for a person.
///
/// @param clock when it should be done, or since when it waits; tasks stand in this order
/// @param kind `danger`, `wait`, `info` or `ok`, beside an icon and a word
public record Task(
        Instant clock,
        String kind,
        String icon,
        Content state,
        Content what,
        Content line,
        String href) {}
