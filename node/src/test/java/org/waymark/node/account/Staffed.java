// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.AuditChain;
import org.waymark.node.privacy.KeyFolders;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// The account package wired on one database, for tests of it and of the domains above it.
public final class Staffed {

    public static final String PASSWORD = "correct horse battery";

    public final Audit audit;
    public final Access access;
    public final HostedOrganizations organizations;
    public final Accounts accounts;
    public final Sessions sessions;
    public final ApiTokens tokens;

    public Staffed(Database database, Clock clock) {
        var random = new SecureRandom();
        audit = audit(database, clock, random);
        access = new Access(database);
        organizations = new HostedOrganizations(database, access, audit, UUID::randomUUID);
        accounts = new Accounts(database, access, audit, clock, UUID::randomUUID);
        sessions = new Sessions(database, access, audit, clock, random);
        tokens = new ApiTokens(database, access, audit, clock, UUID::randomUUID, random);
    }

    private static Audit audit(Database database, Clock clock, SecureRandom random) {
        try {
            var folder = KeyFolders.in(Files.createTempDirectory("staffed"));
            var chain =
                    new AuditChain(
                            database, folder, MasterKey.create(folder, random), clock, random);
            return new Audit(database, chain, clock, UUID::randomUUID);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public OrganizationId organization(String slug) {
        var added =
                organizations.add(
                        Acting.node(), "The " + slug, slug, Optional.empty(), List.of("en"));
        return ((HostedOrganizations.Outcome.Done) added).organization().id();
    }

    public Account person(String email, OrganizationId organization, Role... roles) {
        var added = accounts.add(Acting.node(), email, PASSWORD, organization, Set.of(roles));
        return ((Accounts.Outcome.Done) added).account();
    }

    /// A new person in this role, acting.
    public Acting acting(OrganizationId organization, Role role) {
        var email = role.word() + "-" + UUID.randomUUID() + "@shelter.example";
        return new Acting(person(email, organization, role).id(), organization, Purpose.HELP);
    }
}
