// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Requests that may be about the same person, among the organisation's own. They are compared
/// after opening each under its case key; no name, number or hash of one is kept to compare with,
/// and no other node is asked.
public final class Duplicates {

    // The last nine digits say which phone it is, however the country was written.
    private static final int TELLING_DIGITS = 9;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final CaseFiles files;
    private final ReferralTable table = new ReferralTable();

    Duplicates(Database database, Access access, Audit audit, CaseFiles files) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.files = files;
    }

    /// Open requests of ours to the same service for the same local person: with the same case
    /// number of ours, or the same name where the numbers do not tell them apart. Somebody may
    /// still mean it.
    public List<Referral> before(Acting acting, NewReferral wanted) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        // A phone is shared by many: here only the number and the name count.
        var person =
                Person.of(Optional.of(wanted.notes()), Optional.of(wanted.contact()))
                        .withoutPhone();
        return found(
                acting,
                database.read(
                        tx ->
                                table
                                        .listNewestOf(
                                                tx,
                                                acting.organization(),
                                                wanted.listing(),
                                                Side.SENDER)
                                        .stream()
                                        .filter(it -> person.isPerhaps(person(tx, it)))
                                        .toList()));
    }

    /// Other open requests to us that may be about the person of this one, once contact data is
    /// here.
    public List<Referral> besides(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return found(
                acting,
                database.read(
                        tx ->
                                table.find(tx, id)
                                        .filter(
                                                it ->
                                                        it.organization()
                                                                .equals(acting.organization()))
                                        .filter(it -> it.side() == Side.RECEIVER)
                                        .filter(it -> it.state().isOpen())
                                        .map(it -> besides(tx, it))
                                        .orElse(List.of())));
    }

    private List<Referral> besides(Transaction tx, Referral ours) {
        var person = person(tx, ours);
        return person.isNobody()
                ? List.of()
                : table.listNewestWithContact(tx, ours.organization(), Side.RECEIVER).stream()
                        .filter(it -> !it.id().equals(ours.id()))
                        .filter(it -> person.isPerhaps(person(tx, it)))
                        .toList();
    }

    private Person person(Transaction tx, Referral referral) {
        return Person.of(
                files.read(tx, referral, LocalNotes.class),
                files.read(tx, referral, Travelling.Contact.class));
    }

    /// Who learns that two may be one person has read something of both.
    private List<Referral> found(Acting acting, List<Referral> alike) {
        if (!alike.isEmpty()) {
            database.run(
                    tx ->
                            alike.forEach(
                                    it ->
                                            audit.record(
                                                    tx,
                                                    acting,
                                                    "referral-compared",
                                                    it.id().toString())));
        }
        return alike;
    }

    /// What tells one person from another, for one comparison.
    private record Person(String number, Set<String> names, String address, boolean isOfHousehold) {

        static Person of(Optional<LocalNotes> notes, Optional<Travelling.Contact> contact) {
            var names = new HashSet<String>();
            notes.map(LocalNotes::name).map(Duplicates::plain).ifPresent(names::add);
            contact.map(Travelling.Contact::preferredName)
                    .map(Duplicates::plain)
                    .ifPresent(names::add);
            var household = notes.flatMap(LocalNotes::household);
            household.stream()
                    .flatMap(it -> it.members().stream())
                    .filter(HouseholdPart.Member::isServed)
                    .map(it -> plain(it.name()))
                    .forEach(names::add);
            names.remove("");
            return new Person(
                    notes.map(LocalNotes::caseNumber).map(Duplicates::plain).orElse(""),
                    names,
                    contact.filter(it -> it.phoneOwner() == Travelling.PhoneOwner.OWN)
                            .map(Travelling.Contact::address)
                            .map(Duplicates::line)
                            .orElse(""),
                    household.isPresent());
        }

        Person withoutPhone() {
            return new Person(number, names, "", isOfHousehold);
        }

        boolean isNobody() {
            return number.isEmpty() && names.isEmpty() && address.isEmpty();
        }

        boolean isPerhaps(Person other) {
            // One number stands for all of a household.
            var doNumbersTell = !isOfHousehold && !other.isOfHousehold;
            if (doNumbersTell && !number.isEmpty() && !other.number.isEmpty()) {
                return number.equals(other.number);
            }
            return names.stream().anyMatch(other.names::contains)
                    || !address.isEmpty() && address.equals(other.address);
        }
    }

    /// Without what people write differently: case, accents, vowel signs, dots, blanks.
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{Nd}]+", " ")
                .strip();
    }

    private static String line(String address) {
        var digits =
                address.codePoints()
                        .filter(Character::isDigit)
                        .map(it -> Character.digit(it, 10))
                        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                        .toString();
        return digits.length() >= TELLING_DIGITS
                ? digits.substring(digits.length() - TELLING_DIGITS)
                : address.contains("@") ? address.strip().toLowerCase(Locale.ROOT) : "";
    }
}
