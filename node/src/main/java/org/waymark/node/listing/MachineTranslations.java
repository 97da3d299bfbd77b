// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Translations.Section;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.translation.MachineTranslator;
import org.waymark.node.translation.Mask;
import org.waymark.node.translation.TextFile.State;

/// Lets a machine write what is missing in another language. It never reads what not everybody may,
/// and never writes over what a person wrote or checked while that is current.
public final class MachineTranslations {

    /// What came of asking a machine.
    public sealed interface Outcome {
        /// @param texts how many it wrote
        /// @param lost texts that came back without a name or a number, and were not kept
        record Done(int texts, int lost) implements Outcome {}

        /// Everything that could be translated has been, by people.
        record NothingToDo() implements Outcome {}

        record Failed(String code) implements Outcome {}
    }

    private final Database database;
    private final Listings listings;
    private final Translations translations;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final MachineTranslator machine;
    private final List<String> keep;
    private final Clock clock;

    /// @param keep spans that no machine translates, beside the names it finds itself
    public MachineTranslations(
            Database database,
            Listings listings,
            Translations translations,
            org.waymark.node.account.Access access,
            Audit audit,
            MachineTranslator machine,
            List<String> keep,
            Clock clock) {
        this.database = database;
        this.listings = listings;
        this.translations = translations;
        this.access = access;
        this.audit = audit;
        this.machine = machine;
        this.keep = List.copyOf(keep);
        this.clock = clock;
    }

    /// Whether a machine may be asked at all.
    public boolean isOn() {
        return machine.isOn();
    }

    /// Lets a machine write what is missing and what is out of date. What a person has written or
    /// checked is left alone as long as it is current.
    public Outcome translate(Acting acting, UUID id, String language) {
        access.require(acting, Right.EDIT_LISTINGS);
        if (!database.read(tx -> isForEverybody(tx, acting, id))) {
            // The service would read what not everybody may.
            return new Outcome.Failed("not-for-everybody");
        }
        var sheet = translations.open(acting, id, language);
        var wanted =
                sheet.map(Translations.Sheet::sections).orElse(List.of()).stream()
                        .filter(it -> it.state() != State.REVIEWED)
                        .filter(it -> it.state() != State.MACHINE)
                        // A name, which no machine sees.
                        .filter(it -> !it.member().equals(TranslatedDocument.TOWN))
                        .toList();
        if (sheet.isEmpty() || wanted.isEmpty()) {
            return new Outcome.NothingToDo();
        }
        var mask = new Mask(kept(acting, id));
        var masked = wanted.stream().map(it -> mask.mask(it.original())).toList();
        // Outside of any transaction: it takes seconds.
        var answer =
                machine.translate(
                        masked.stream().map(Mask.Masked::text).toList(),
                        sheet.get().from(),
                        language);
        return switch (answer) {
            case MachineTranslator.Answer.Failed(var code) -> new Outcome.Failed(code);
            case MachineTranslator.Answer.Done(var texts) -> {
                var back = new HashMap<String, String>();
                for (int i = 0; i < wanted.size(); i++) {
                    var member = wanted.get(i).member();
                    masked.get(i).unmask(texts.get(i)).ifPresent(it -> back.put(member, it));
                }
                yield keep(acting, id, language, wanted, back);
            }
        };
    }

    /// A term always; what listings show, where all that show it are for everybody.
    private static boolean isForEverybody(Transaction tx, Acting acting, UUID id) {
        var own = TranslationSections.own(tx, acting, id);
        if (own.isEmpty()) {
            return false;
        }
        var shown =
                switch (own.get().type()) {
                    case SERVICE -> List.of(id);
                    case LOCATION, ORGANIZATION -> AggregateTable.usersOf(tx, List.of(id));
                    case CONTACT, PROGRAM, TAXONOMY, TERM -> List.<UUID>of();
                };
        return own.get().type() == Aggregate.Type.TERM
                || !shown.isEmpty()
                        && ListingTable.listBriefs(tx, shown).stream()
                                .allMatch(it -> it.leavesBy(Way.OUTBOX));
    }

    private Outcome keep(
            Acting acting,
            UUID id,
            String language,
            List<Section> wanted,
            java.util.Map<String, String> back) {
        return database.write(
                tx -> {
                    var taking = new TranslationTaking(tx, language);
                    TranslationSections.own(tx, acting, id)
                            .ifPresent(it -> taking.machine(it, wanted, back));
                    taking.store(acting, "translation-machine", listings, audit, clock.instant());
                    return new Outcome.Done(taking.count(), wanted.size() - back.size());
                });
    }

    /// The names that stand in the listing.
    private List<String> kept(Acting acting, UUID id) {
        var names = new ArrayList<>(keep);
        listings.find(acting, new ListingId(id))
                .ifPresent(
                        listing -> {
                            names.add(listing.provider().name());
                            listing.spots()
                                    .forEach(
                                            spot -> {
                                                names.add(spot.name());
                                                names.add(spot.city());
                                                names.addAll(spot.street());
                                            });
                        });
        return names;
    }
}
