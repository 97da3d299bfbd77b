// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.util.Map;

/// Where an organisation gives help of a kind, as far as it says so to everyone.
///
/// @param country ISO 3166-1 alpha-2, or empty
/// @param region the first level below it, or empty
/// @param code of that region in the country's list of places (p-code), or empty
/// @param place town, or empty
public record Where(String country, String region, String code, String place) {

    static final Where UNSAID = new Where("", "", "", "");

    /// @param codes by the names of regions
    Where coded(Map<String, String> codes) {
        return new Where(country, region, codes.getOrDefault(region, ""), place);
    }

    /// What two places have in common.
    Where and(Where other) {
        return new Where(
                same(country, other.country),
                same(region, other.region),
                same(code, other.code),
                same(place, other.place));
    }

    private static String same(String one, String other) {
        return one.equals(other) ? one : "";
    }
}
