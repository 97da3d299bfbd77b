// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Those who want to know; domains to the right of this one add themselves before the node serves.
public final class PeeringObservers implements PeeringObserver {

    private final List<PeeringObserver> observers = new CopyOnWriteArrayList<>();

    public void add(PeeringObserver observer) {
        observers.add(observer);
    }

    @Override
    public void listingsShared(Transaction tx, OrganizationId organization, URI partner) {
        observers.forEach(it -> it.listingsShared(tx, organization, partner));
    }

    @Override
    public void listingsStopped(Transaction tx, URI partner, Copied copied) {
        observers.forEach(it -> it.listingsStopped(tx, partner, copied));
    }
}
