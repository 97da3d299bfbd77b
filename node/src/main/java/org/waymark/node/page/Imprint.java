// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.time.LocalDate;
import java.util.Optional;

/// What every page says about the site it belongs to.
///
/// @param name who runs it, as people call it
/// @param country ISO 3166 code that settles clock and calendar habits, or empty
/// @param contact how to reach a person here
/// @param outsidePhone someone outside this organisation who takes complaints, for the line on
///   every page
/// @param leaveTo where "Leave quickly" goes: an address, or empty for the plain calendar page of
///   this site
/// @param danger whom to call here when a life is in danger, as far as it was checked
/// @param training whether nothing here is real
/// @param untendedSince since when nobody has looked after the site, if that is long ago
public record Imprint(
        String name,
        String country,
        Contact contact,
        Optional<String> outsidePhone,
        Optional<String> leaveTo,
        Optional<String> danger,
        boolean training,
        Optional<LocalDate> untendedSince) {}
