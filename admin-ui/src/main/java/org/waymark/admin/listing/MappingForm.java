// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.text.Collator;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.waymark.admin.desk.Fields;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.intake.ColumnMeaning;
import org.waymark.node.listing.intake.Mapping;
import org.waymark.node.listing.intake.Meaning;
import org.waymark.node.listing.intake.TableSheet;

/// What staff say of the columns of a table.
///
/// @param country ISO 3166 code for addresses that name none; may be empty
/// @param zone of the hours; empty: the node's
/// @param columns in the order of the table
public record MappingForm(
        String name, String language, String country, String zone, List<ColumnMeaning> columns) {

    /// What the screen offers; a mapping file can say more.
    public static final List<Meaning> OFFERED =
            List.of(
                    Meaning.ID,
                    Meaning.NAME,
                    Meaning.DESCRIPTION,
                    Meaning.TOPIC,
                    Meaning.HOW_TO_GET_IN,
                    Meaning.ELIGIBILITY,
                    Meaning.FEES,
                    Meaning.BRING,
                    Meaning.PHONE,
                    Meaning.MOBILE,
                    Meaning.EMAIL,
                    Meaning.URL,
                    Meaning.LANGUAGE,
                    Meaning.HOURS,
                    Meaning.ORGANIZATION_NAME,
                    Meaning.PLACE_NAME,
                    Meaning.STREET,
                    Meaning.POSTAL_CODE,
                    Meaning.CITY,
                    Meaning.LATITUDE,
                    Meaning.LONGITUDE);

    private static final Locale.IsoCountryCode COUNTRY = Locale.IsoCountryCode.PART1_ALPHA2;
    private static final String ZONES =
            "(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*";

    private static final Map<String, Meaning> USUAL =
            Map.ofEntries(
                    Map.entry("id", Meaning.ID),
                    Map.entry("name", Meaning.NAME),
                    Map.entry("title", Meaning.NAME),
                    Map.entry("description", Meaning.DESCRIPTION),
                    Map.entry("category", Meaning.TOPIC),
                    Map.entry("topic", Meaning.TOPIC),
                    Map.entry("phone", Meaning.PHONE),
                    Map.entry("telephone", Meaning.PHONE),
                    Map.entry("mobile", Meaning.MOBILE),
                    Map.entry("email", Meaning.EMAIL),
                    Map.entry("e-mail", Meaning.EMAIL),
                    Map.entry("website", Meaning.URL),
                    Map.entry("url", Meaning.URL),
                    Map.entry("languages", Meaning.LANGUAGE),
                    Map.entry("hours", Meaning.HOURS),
                    Map.entry("organisation", Meaning.ORGANIZATION_NAME),
                    Map.entry("organization", Meaning.ORGANIZATION_NAME),
                    Map.entry("address", Meaning.STREET),
                    Map.entry("street", Meaning.STREET),
                    Map.entry("postcode", Meaning.POSTAL_CODE),
                    Map.entry("city", Meaning.CITY),
                    Map.entry("latitude", Meaning.LATITUDE),
                    Map.entry("longitude", Meaning.LONGITUDE));

    static MappingForm guessed(TableSheet table, String language, String country) {
        return new MappingForm(
                table.name(),
                language,
                country,
                "",
                table.columns().stream()
                        .map(
                                column ->
                                        new ColumnMeaning(
                                                column.name(),
                                                Optional.ofNullable(
                                                        USUAL.get(
                                                                column.name()
                                                                        .toLowerCase(Locale.ROOT))),
                                                "",
                                                "",
                                                Map.of()))
                        .toList());
    }

    static MappingForm of(TableSheet table, Mapping mapping) {
        return new MappingForm(
                mapping.name(),
                mapping.baseLanguage(),
                mapping.country().orElse(""),
                mapping.zone().orElse(""),
                table.columns().stream().map(column -> mapping.of(column.name())).toList());
    }

    static MappingForm read(TableSheet table, Fields fields) {
        var columns = new ArrayList<ColumnMeaning>();
        for (int i = 0; i < table.columns().size(); i++) {
            var column = table.columns().get(i);
            var values = new LinkedHashMap<String, String>();
            var meaning = Meaning.of(fields.text("meaning-" + i));
            if (meaning.equals(Optional.of(Meaning.TOPIC))) {
                int j = 0;
                for (var kind : column.kinds()) {
                    var slug = fields.text("topic-" + i + "-" + j++);
                    values.put(kind, Topic.ofSlug(slug).map(Topic::slug).orElse(""));
                }
            }
            columns.add(
                    new ColumnMeaning(
                            column.name(),
                            meaning,
                            fields.text("language-" + i, 35),
                            values.isEmpty() ? fields.text("split-" + i, 3) : "",
                            values));
        }
        return new MappingForm(
                fields.text("name", 200),
                fields.text("language", 35),
                fields.text("country", 2),
                fields.text("zone", 60),
                List.copyOf(columns));
    }

    /// The ids of the fields that no country and no zone can be read from.
    List<String> wrong() {
        return wrong(country, zone);
    }

    static List<String> wrong(String country, String zone) {
        var wrong = new ArrayList<String>();
        if (!country.isEmpty() && !Locale.getISOCountries(COUNTRY).contains(country)) {
            wrong.add("country");
        }
        if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            wrong.add("zone");
        }
        return wrong;
    }

    /// Codes with their names in a language, by name.
    public static Map<String, String> countries(Locale language) {
        var names = new LinkedHashMap<String, String>();
        Locale.getISOCountries(COUNTRY).stream()
                .map(code -> Map.entry(code, Locale.of("", code).getDisplayCountry(language)))
                .sorted(Map.Entry.comparingByValue(Collator.getInstance(language)))
                .forEach(it -> names.put(it.getKey(), it.getValue()));
        return names;
    }

    /// Zones that a town stands for, such as `Europe/Berlin`.
    public static List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(it -> it.matches(ZONES))
                .sorted()
                .toList();
    }

    Mapping mapping(TableSheet table) {
        return Mapping.ofColumns(
                name.isEmpty() ? table.name() : name, language, country, zone, columns);
    }
}
