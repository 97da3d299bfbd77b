// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.translation.TextFile;

/// What people write in other languages: in the form beside the original, and in files that come
/// back from translators.
public final class TranslationEdits {

    /// A translation that somebody wrote.
    ///
    /// @param mark of the translation they saw
    /// @param checked they say that it is right as it stands
    public record Written(String text, String mark, boolean checked) {}

    /// What came of a form or a file.
    ///
    /// @param taken how many texts are new or checked now
    /// @param conflicts where somebody else wrote meanwhile; nothing of theirs was lost
    /// @param unknown texts of what is not there
    /// @param changed texts whose original has changed since: taken, and out of date already
    /// @param machine what a machine wrote, and a person's text stands there
    /// @param hidden texts that name a house which no listing tells; nothing of them was kept
    public record Taken(
            int taken,
            List<String> conflicts,
            List<String> unknown,
            List<String> changed,
            List<String> machine,
            List<String> hidden) {}

    private final Database database;
    private final Listings listings;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final Clock clock;

    public TranslationEdits(
            Database database,
            Listings listings,
            org.waymark.node.account.Access access,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.listings = listings;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /// Takes what somebody wrote into the form, by member.
    public Taken save(Acting acting, UUID id, String language, Map<String, Written> written) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    var taking = new TranslationTaking(tx, language);
                    TranslationSections.own(tx, acting, id)
                            .filter(it -> !TranslationSections.base(tx, it).equals(language))
                            .ifPresent(it -> taking.form(it, written));
                    taking.store(acting, "translation-write", listings, audit, clock.instant());
                    return taking.report();
                });
    }

    /// Says that the last change of the original was too small to matter, in every language.
    public void keepAll(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    var translated = TranslationSections.own(tx, acting, id);
                    if (translated.isEmpty()) {
                        return;
                    }
                    for (var row : TranslationTable.find(tx, id).values()) {
                        TranslationTable.put(
                                tx,
                                new TranslationTable.Translated(
                                        row.id(),
                                        row.language(),
                                        row.member(),
                                        TranslatedDocument.original(
                                                translated.get().json(), row.member()),
                                        row.mark(),
                                        row.byMachine()),
                                clock.instant());
                    }
                    audit.record(tx, acting, "translation-keep", id.toString());
                });
    }

    /// Takes a file back from a translator. What nobody touched changes nothing, so a file can be
    /// taken twice.
    public Taken take(Acting acting, TextFile file) {
        access.require(acting, Right.EDIT_LISTINGS);
        var byObject = new LinkedHashMap<UUID, List<TextFile.Unit>>();
        var strange = new ArrayList<String>();
        for (var unit : file.units()) {
            var dot = unit.id().indexOf('.');
            var id = Document.uuid(dot < 0 ? "" : unit.id().substring(0, dot));
            if (id.isEmpty()) {
                strange.add(unit.id());
            } else {
                byObject.computeIfAbsent(id.get(), _ -> new ArrayList<>()).add(unit);
            }
        }
        var taken = new Taken(0, List.of(), strange, List.of(), List.of(), List.of());
        for (var entry : byObject.entrySet()) {
            taken = sum(taken, take(acting, file.to(), entry.getKey(), entry.getValue()));
        }
        return taken;
    }

    private Taken take(Acting acting, String language, UUID id, List<TextFile.Unit> units) {
        return database.write(
                tx -> {
                    var taking = new TranslationTaking(tx, language);
                    var own = TranslationSections.own(tx, acting, id);
                    // In its own language it would stand over the original.
                    if (own.filter(it -> !TranslationSections.base(tx, it).equals(language))
                            .isEmpty()) {
                        taking.strange(units);
                    } else {
                        taking.file(own.get(), units);
                    }
                    taking.store(acting, "translation-import", listings, audit, clock.instant());
                    return taking.report();
                });
    }

    private static Taken sum(Taken one, Taken other) {
        return new Taken(
                one.taken() + other.taken(),
                joined(one.conflicts(), other.conflicts()),
                joined(one.unknown(), other.unknown()),
                joined(one.changed(), other.changed()),
                joined(one.machine(), other.machine()),
                joined(one.hidden(), other.hidden()));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
