// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import java.util.List;
import java.util.Optional;
import org.waymark.node.page.Contact;

/// Who takes complaints and answers for data, as the operator wrote it; shown as it is in every
/// language.
///
/// @param complaintContact how to reach the two people here who take complaints and handle no
///   requests for help
/// @param outsideName who takes complaints outside this organisation
/// @param outsidePhone their phone; stands at the foot of every page
/// @param privacyContact who answers for data protection
public record GuideSettings(
        Optional<String> complaintContact,
        Optional<String> outsideName,
        Optional<String> outsidePhone,
        Optional<String> privacyContact) {

    /// The settings of this package by their keys.
    public static GuideSettings read(Contact.Reader settings) {
        return new GuideSettings(
                given(settings, "complaint.contact"),
                given(settings, "complaint.outside-name"),
                given(settings, "complaint.outside-phone"),
                given(settings, "privacy.contact"));
    }

    /// What a visitor misses while it is not set; for the log at start.
    public List<String> warnings() {
        return outsidePhone.isPresent()
                ? List.of()
                : List.of(
                        "Nobody outside takes complaints: set complaint.outside-phone and"
                                + " complaint.outside-name. Until then people cannot ask for help through this"
                                + " site.");
    }

    private static Optional<String> given(Contact.Reader settings, String key) {
        return Optional.of(settings.text(key, "").strip()).filter(value -> !value.isEmpty());
    }
}
