// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.waymark.node.privacy.OrganizationId;

/// A member organisation of this node: it publishes listings, has staff, an actor and keys. All of
/// it is public.
///
/// @param slug the name in addresses such as `@slug@domain`; it may change, the id never does
/// @param phone the office line, as people dial it
/// @param languages BCP 47 tags of what the staff speak, most used first
public record HostedOrganization(
        OrganizationId id,
        String slug,
        String name,
        Optional<String> phone,
        List<String> languages) {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?");

    public HostedOrganization {
        if (!SLUG.matcher(slug).matches()) {
            throw new IllegalArgumentException(
                    "A slug is 1 to 62 small letters, digits and hyphens: " + slug);
        }
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("A name has 1 to 200 characters");
        }
        languages = List.copyOf(languages);
    }

    /// A slug made from a name: Latin letters without their marks, everything else a hyphen. "Café
    /// Übersee" gives `cafe-ubersee`; a name without Latin letters gives `organization`.
    public static String slugOf(String name) {
        var plain =
                Normalizer.normalize(name, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-");
        var slug = plain.substring(0, Math.min(plain.length(), 60)).replaceAll("^-+|-+$", "");
        return slug.isEmpty() ? "organization" : slug;
    }
}
