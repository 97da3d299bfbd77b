// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.Knocker;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestClock;
import org.waymark.node.account.Staffed;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.database.SharedCommits;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// The sending half of a shelter's node, on a clock of the test: rows, work, worker.
final class Sending implements AutoCloseable {

    static final URI SHELTER = URI.create("http://127.0.0.1:1");

    final TestClock clock = new TestClock();
    final Database database = Databases.inMemory();
    final Work work = new Work(database, clock);
    final CaseKeys caseKeys;
    final RemoteActors remoteActors;
    final RemoteHosts hosts;
    final Deliveries deliveries;
    final Staffed staffed;
    volatile boolean paused;
    private final LocalActors actors;
    private final Outbox outbox;

    Sending(Path folder) {
        var random = new SecureRandom();
        staffed = new Staffed(database, clock);
        actors = new LocalActors(BaseUrl.parse(SHELTER.toString()), staffed.organizations);
        var keyFolder = KeyFolder.open(folder.resolve("keys"), folder.resolve("data"));
        var master = MasterKey.create(keyFolder, random);
        caseKeys = new CaseKeys(keyFolder, master, clock, random);
        var keys = new ActorKeys(database, master, clock);
        var client =
                GuardedClient.of(
                        ClientSettings.of(
                                NetworkRules.allowing(List.of("127.0.0.0/8")), "Shelter/1"),
                        clock);
        var schemes = new HostSchemes(database, clock);
        var knocker = new Knocker(client, schemes);
        remoteActors =
                new RemoteActors(
                        database,
                        new Fetcher(knocker, keys, actors),
                        schemes,
                        staffed.access,
                        clock);
        outbox = new Outbox(work, caseKeys, clock);
        hosts = new RemoteHosts(database, staffed.access, clock, () -> 1.0);
        deliveries = new Deliveries(database, work, hosts, actors, staffed.access, clock);
        new DeliveryWorker(
                database,
                new SharedCommits(database),
                work,
                knocker,
                keys,
                actors,
                caseKeys,
                new NoFollowers(),
                remoteActors,
                hosts,
                deliveries,
                new Pausing(),
                clock,
                () -> 1.0);
    }

    /// Queues something new.
    URI send(OtherServer to, String orderKey) {
        var activity = activity("");
        send(to, activity, orderKey, Optional.empty());
        return activity.id();
    }

    /// The same, said by an organisation of the node.
    URI sendAs(OrganizationId organization, OtherServer to, String orderKey) {
        var sender = actors.of(organization);
        var activity =
                Draft.activity("Update", actors.activity(UUID.randomUUID()), sender.id())
                        .set("object", SHELTER.resolve(orderKey))
                        .document();
        var read = Activity.read(activity).orElseThrow();
        send(sender, to, read, orderKey, Optional.empty());
        return read.id();
    }

    void send(OtherServer to, Activity activity, String orderKey, Optional<CaseId> protectedBy) {
        send(actors.node(), to, activity, orderKey, protectedBy);
    }

    private void send(
            LocalActor sender,
            OtherServer to,
            Activity activity,
            String orderKey,
            Optional<CaseId> protectedBy) {
        database.run(
                tx ->
                        outbox.send(
                                tx,
                                sender,
                                to.actor(),
                                activity,
                                SHELTER.resolve(orderKey),
                                protectedBy));
    }

    /// Queues something new for all of them.
    URI sendToAll(List<URI> recipients, String orderKey) {
        var activity = activity("");
        database.run(
                tx ->
                        outbox.sendToAll(
                                tx,
                                actors.node(),
                                recipients,
                                activity,
                                SHELTER.resolve(orderKey)));
        return activity.id();
    }

    Activity activity(String sealed) {
        var object = Draft.of("waymark:Referral", SHELTER.resolve("/r/1"));
        if (!sealed.isEmpty()) {
            object.set("waymark:sealed", sealed);
        }
        var draft =
                Draft.activity("Offer", actors.activity(UUID.randomUUID()), actors.node().id())
                        .set("object", object);
        return Activity.read(draft.document()).orElseThrow();
    }

    Delivery stateOf(URI activity) {
        return deliveries.of(Acting.node(), activity).getFirst();
    }

    @Override
    public void close() {
        work.close();
        database.close();
    }

    private final class Pausing implements Trust {
        @Override
        public boolean isPartner(URI actor) {
            return true;
        }

        @Override
        public boolean isNeeded(URI actor) {
            return true;
        }

        @Override
        public Answer ask(Activity activity, String subject) {
            return new Answer.Welcome();
        }

        @Override
        public boolean isPaused(URI address) {
            return paused;
        }
    }

    private static final class NoFollowers implements Followership {
        @Override
        public boolean isAsked() {
            return true;
        }

        @Override
        public int count(OrganizationId organization) {
            return 0;
        }

        @Override
        public List<URI> livingAt(OrganizationId organization, URI address) {
            return List.of();
        }
    }
}
