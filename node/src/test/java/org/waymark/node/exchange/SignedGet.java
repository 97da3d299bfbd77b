// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.Knocker;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.transport.SchemeMemory;
import org.waymark.node.TestNode;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;

/// Reads in the name of a test node's organisation, with its key.
public final class SignedGet {

    private SignedGet() {}

    public static Fetched fetch(TestNode reader, Clock clock, URI address) {
        var settings = reader.settings();
        var master = MasterKey.open(KeyFolder.open(settings.keysDirectory(), settings.data()));
        var domains = reader.domains();
        var actors = new LocalActors(domains.baseUrl(), domains.organizations());
        var client =
                GuardedClient.of(
                        ClientSettings.of(NetworkRules.allowing(settings.allowNetworks()), "test"),
                        clock);
        return new Fetcher(
                        new Knocker(client, SchemeMemory.none()),
                        new ActorKeys(reader.database(), master, clock),
                        actors)
                .fetch(address, actors.of(reader.organization().id()));
    }
}
