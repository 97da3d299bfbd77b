// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import org.waymark.node.account.KeyHolders;
import org.waymark.node.account.KeyHolders.Opened;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Unlocking;

/// Locks the keys of the node, and opens them by the recovery sheet. Staff open them by signing in
/// ([KeyHolders]).
public final class KeyLock {

    private final KeyHolders holders;
    private final Database database;
    private final LocalActors actors;

    public KeyLock(KeyHolders holders, Database database, LocalActors actors) {
        this.holders = holders;
        this.database = database;
        this.actors = actors;
    }

    public boolean isLocked() {
        return holders.isLocked();
    }

    public Unlocking unlocking() {
        return holders.unlocking();
    }

    /// See [KeyHolders#needsSheet].
    public boolean needsSheet() {
        return holders.needsSheet();
    }

    /// See [KeyHolders#mayLock].
    public boolean mayLock(Acting acting) {
        return holders.mayLock(acting);
    }

    /// See [KeyHolders#lock].
    public boolean lock(Acting acting, boolean bySheetOnly) {
        return holders.lock(acting, bySheetOnly);
    }

    /// See [KeyHolders#unlock]; the key fits when the signing keys of this node lie under it.
    public Opened unlock(Acting acting, String sheet) {
        return holders.unlock(
                acting, sheet, key -> ActorKeys.fits(database, key, actors.node().id()));
    }
}
