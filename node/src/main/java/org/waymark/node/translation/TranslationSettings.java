// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;

/// Whether and by whom listings may be translated by machine.
///
/// @param service whose shape of requests the service has
/// @param url of the service; the path of the request is added
/// @param keep spans that are never translated, such as the names of offices
/// @param allowNetworks private networks that the service may be in, in CIDR notation
public record TranslationSettings(
        Service service,
        Optional<URI> url,
        Optional<String> key,
        List<String> keep,
        List<String> allowNetworks) {

    // 30 s: a long description on a small server of one's own.
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    public enum Service {
        OFF,
        LIBRETRANSLATE,
        DEEPL
    }

    public static TranslationSettings off() {
        return new TranslationSettings(
                Service.OFF, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    public MachineTranslator open(Clock clock) {
        if (service == Service.OFF || url.isEmpty()) {
            return MachineTranslator.off();
        }
        var client =
                GuardedClient.of(
                        ClientSettings.of(NetworkRules.allowing(allowNetworks), "Waymark")
                                .withDeadline(DEADLINE),
                        clock);
        return switch (service) {
            case OFF -> MachineTranslator.off();
            case LIBRETRANSLATE -> new LibreTranslate(client, url.get(), key);
            case DEEPL -> new DeepL(client, url.get(), key);
        };
    }
}
