// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.database.DatabaseSettings;
import org.waymark.node.exchange.RateLimit;
import org.waymark.node.guide.GuideSettings;
import org.waymark.node.http.HttpSettings;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.freshness.FreshnessSettings;
import org.waymark.node.mail.MailSettings;
import org.waymark.node.operation.Settings;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.page.Contact;
import org.waymark.node.page.Languages;
import org.waymark.node.privacy.RetentionSettings;
import org.waymark.node.privacy.Unlocking;
import org.waymark.node.translation.TranslationSettings;

/// Everything that can be set, typed; `packaging/config/waymark.conf` explains each key.
///
/// @param data the data folder
/// @param http how the node listens
/// @param database where the rows lie
/// @param keysDirectory the key folder, outside the data folder
/// @param unlocking whether the node opens its keys by itself, or staff do by signing in
/// @param retention how long what is about a person is kept after the help has ended
/// @param languages of the public site, the first being the one shown when a reader names none
/// @param country ISO 3166-1 alpha-2: which emergency lines `/now` shows
/// @param zone in which staff write down opening hours
/// @param federationMode `allow-list` or `closed`
/// @param publishesPeers whether our peers are named to everybody
/// @param allowNetworks networks that may be reached though they are private, in CIDR notation
/// @param activitiesPerMinute how many activities one host may bring in a minute
/// @param training shows "Training: nothing here is real" on every page
/// @param contact how visitors reach a person
/// @param guide who takes complaints and answers for data
/// @param intakeOrganization the slug of the organisation that what people ask online arrives with
/// @param leaveTo where "Leave quickly" goes; empty for a plain calendar of our own
/// @param freshness how often listings are to be checked
/// @param translation whether and by whom listings may be translated by machine
/// @param mail by which server mail leaves, if any does
/// @param source for `config show`
public record NodeSettings(
        Path data,
        HttpSettings http,
        DatabaseSettings database,
        Path keysDirectory,
        Unlocking unlocking,
        RetentionSettings retention,
        List<String> languages,
        Optional<String> country,
        ZoneId zone,
        String federationMode,
        boolean publishesPeers,
        List<String> allowNetworks,
        int activitiesPerMinute,
        boolean training,
        Contact contact,
        GuideSettings guide,
        Optional<String> intakeOrganization,
        Optional<String> leaveTo,
        FreshnessSettings freshness,
        TranslationSettings translation,
        MailSettings mail,
        Settings source) {

    /// Reads `DATA/waymark.conf`, the environment and the overrides.
    ///
    /// @throws org.waymark.node.operation.UnusableSettingException for an unknown key or a bad
    ///   value
    public static NodeSettings load(
            Path data, Map<String, String> environment, List<String> overrides) {
        var settings = Settings.load(data.resolve("waymark.conf"), environment, overrides);
        var typed =
                new NodeSettings(
                        data,
                        new HttpSettings(
                                settings.text("http.address", "127.0.0.1"),
                                settings.integer("http.port", 8080, 0, 65_535),
                                settings.integer("http.internal-port", 0, 0, 65_535),
                                settings.integer(
                                        "http.max-body-bytes",
                                        HttpSettings.DEFAULT_MAX_BODY_BYTES,
                                        1_024,
                                        1 << 26),
                                settings.integer(
                                        "http.max-upload-megabytes",
                                        HttpSettings.DEFAULT_MAX_UPLOAD_MEGABYTES,
                                        1,
                                        10_000),
                                settings.list("http.trusted-proxies", "")),
                        new DatabaseSettings(
                                settings.text(
                                        "database.url", DatabaseSettings.inFolder(data).url()),
                                settings.integer("database.connections", 8, 2, 64)),
                        Path.of(settings.text("keys.directory", besides(data).toString())),
                        Unlocking.valueOf(
                                settings.choice(
                                                "keys.unlock",
                                                "service",
                                                List.of("service", "staff"))
                                        .toUpperCase(Locale.ROOT)),
                        new RetentionSettings(
                                settings.integer(
                                        "retention.contact-days",
                                        RetentionSettings.LONGEST_CONTACT_DAYS,
                                        1,
                                        RetentionSettings.LONGEST_CONTACT_DAYS),
                                settings.integer(
                                        "retention.case-months",
                                        RetentionSettings.LONGEST_CASE_MONTHS,
                                        1,
                                        RetentionSettings.LONGEST_CASE_MONTHS),
                                settings.integer(
                                        "retention.history-months",
                                        RetentionSettings.USUAL_HISTORY_MONTHS,
                                        1,
                                        RetentionSettings.LONGEST_HISTORY_MONTHS),
                                settings.integer(
                                        "retention.audit-months",
                                        RetentionSettings.USUAL_AUDIT_MONTHS,
                                        RetentionSettings.SHORTEST_AUDIT_MONTHS,
                                        RetentionSettings.LONGEST_AUDIT_MONTHS)),
                        settings.list("languages", String.join(",", Languages.shipped().tags())),
                        Optional.of(settings.text("country", "")).filter(code -> !code.isEmpty()),
                        settings.zone("zone", ZoneId.systemDefault()),
                        settings.choice(
                                "federation.mode",
                                "allow-list",
                                List.of("allow-list", "open-listings", "closed")),
                        settings.flag("federation.publish-peers", false),
                        settings.list("federation.allow-networks", ""),
                        settings.integer(
                                "federation.activities-per-minute",
                                RateLimit.DEFAULT_PER_MINUTE,
                                1,
                                1_000_000),
                        settings.flag("training", false),
                        Contact.read(settings::text),
                        GuideSettings.read(settings::text),
                        Optional.of(settings.text("intake.organization", "").strip())
                                .filter(slug -> !slug.isEmpty()),
                        Optional.of(settings.text("page.leave-to", ""))
                                .filter(address -> !address.isEmpty()),
                        new FreshnessSettings(
                                settings.integer(
                                        "freshness.months",
                                        Checked.USUAL_MONTHS,
                                        1,
                                        Checked.LONGEST_MONTHS),
                                settings.integer(
                                        "freshness.remind-days",
                                        FreshnessSettings.USUAL_REMIND_DAYS,
                                        0,
                                        180),
                                settings.integer(
                                        "freshness.link-days",
                                        FreshnessSettings.USUAL_LINK_DAYS,
                                        1,
                                        366)),
                        translation(settings),
                        mail(settings),
                        settings);
        settings.refuseUnknown();
        return typed;
    }

    private static TranslationSettings translation(Settings settings) {
        var service =
                settings.choice(
                        "translation.service", "off", List.of("off", "libretranslate", "deepl"));
        var url = settings.text("translation.url", "");
        var key = settings.text("translation.key", "");
        settings.hide("translation.key");
        if (!service.equals("off") && !url.matches("https?://[^\\s/]+.*")) {
            throw new UnusableSettingException(
                    "translation.url takes the address of the service, but got " + url);
        }
        return new TranslationSettings(
                TranslationSettings.Service.valueOf(service.toUpperCase(Locale.ROOT)),
                Optional.of(url).filter(it -> !it.isEmpty()).map(URI::create),
                Optional.of(key).filter(it -> !it.isEmpty()),
                settings.list("translation.keep", ""),
                settings.list("translation.allow-networks", ""));
    }

    private static MailSettings mail(Settings settings) {
        settings.hide("mail.password");
        try {
            return MailSettings.read(settings::text);
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException(String.valueOf(e.getMessage()));
        }
    }

    private static Path besides(Path data) {
        var absolute = data.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + "-keys");
    }
}
