// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.waymark.admin.desk.Fields;
import org.waymark.node.listing.Listing;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.referral.NewHousehold;
import org.waymark.node.referral.NewReferral.Protection;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.Urgency;

/// The form of a household: its members once, and for each service whom it is for.
public final class HouseholdForm {

    /// What each row of the form is called.
    public static final List<String> LETTERS = List.of("A", "B", "C", "D", "E", "F", "G", "H");

    static final int MOST_SERVICES = 5;

    private final List<Listing> listings;
    private final Fields fields;
    private final Page page;
    private final List<Wrong> errors = new ArrayList<>();

    private HouseholdForm(List<Listing> listings, Fields fields, Page page) {
        this.listings = listings;
        this.fields = fields;
        this.page = page;
    }

    record Filled(Optional<NewHousehold> household, List<Wrong> errors) {}

    static Filled read(List<Listing> listings, Fields fields, Page page) {
        var form = new HouseholdForm(listings, fields, page);
        form.check();
        return form.errors.isEmpty()
                ? new Filled(Optional.of(form.household()), List.of())
                : new Filled(Optional.empty(), List.copyOf(form.errors));
    }

    private void check() {
        if (isForThePhone()) {
            return;
        }
        var members = members();
        if (members.isEmpty()) {
            wrong("name-A", "staff.household.nobody");
        }
        for (var letter : LETTERS) {
            var isNamed = !fields.text("name-" + letter).isEmpty();
            if (isNamed && fields.text("age-" + letter).isEmpty()) {
                wrong("age-" + letter, "staff.household.age.missing");
            }
            if (!isNamed && isMeant(letter)) {
                wrong("name-" + letter, "staff.household.name.missing");
            }
        }
        for (var listing : listings) {
            var id = listing.id().toString();
            var letters = letters(listing);
            if (!letters.isEmpty() && fields.text("reason-" + id).isEmpty()) {
                wrong("reason-" + id, "staff.referral.reason.missing");
            }
            if (fields.text("reason-" + id).length() > Travelling.MAX_TEXT) {
                wrong("reason-" + id, "staff.referral.too-long");
            }
            if (!letters.isEmpty()
                    && members.stream().anyMatch(NewHousehold.Member::isAdult)
                    && household().calledAbout(service(listing)).isEmpty()) {
                wrong("called-" + id, "staff.household.called.missing");
            }
        }
        if (listings.stream().allMatch(it -> letters(it).isEmpty())) {
            wrong("serves-" + listings.getFirst().id(), "staff.household.for-nobody");
        }
    }

    /// Whether a row without a name says something all the same.
    private boolean isMeant(String letter) {
        return fields.isTicked("age-" + letter)
                || fields.isTicked("address-" + letter)
                || listings.stream().anyMatch(it -> ticked(it).contains(letter));
    }

    private void wrong(String field, String key) {
        errors.add(new Wrong(field, page.say(key)));
    }

    private boolean isForThePhone() {
        return fields.isTicked("minor-alone")
                || !fields.choices("protection", Protection.class).isEmpty();
    }

    private List<NewHousehold.Member> members() {
        return LETTERS.stream()
                .filter(it -> !fields.text("name-" + it).isEmpty())
                .map(this::member)
                .toList();
    }

    private NewHousehold.Member member(String letter) {
        var address = fields.text("address-" + letter, 200);
        return new NewHousehold.Member(
                letter,
                fields.text("age-" + letter).equals("adult"),
                new Travelling.Contact(
                        fields.text("name-" + letter, 120),
                        // Without a number of their own, the way is through us.
                        address.isEmpty() ? Travelling.Channel.THROUGH_US : Travelling.Channel.CALL,
                        address,
                        address.isEmpty()
                                ? Travelling.PhoneOwner.NONE
                                : isShared(address)
                                        ? Travelling.PhoneOwner.SHARED
                                        : Travelling.PhoneOwner.OWN,
                        language(),
                        "",
                        "",
                        Optional.empty()));
    }

    private boolean isShared(String address) {
        return LETTERS.stream()
                        .map(it -> fields.text("address-" + it))
                        .filter(it -> digits(it).equals(digits(address)))
                        .count()
                > 1;
    }

    /// A number however somebody spaced it; what is none stays as it is.
    private static String digits(String address) {
        var digits = address.replaceAll("[^\\p{Nd}]", "");
        return digits.isEmpty() ? address : digits;
    }

    private String language() {
        return fields.optional("language")
                .filter(tag -> tag.matches("[A-Za-z]{2,3}"))
                .orElse(page.language().tag());
    }

    private Set<String> letters(Listing listing) {
        var known = members().stream().map(NewHousehold.Member::letter).toList();
        return ticked(listing).stream()
                .filter(known::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> ticked(Listing listing) {
        return fields.values().getOrDefault("serves-" + listing.id(), List.of());
    }

    private NewHousehold household() {
        return new NewHousehold(
                members(),
                listings.stream().map(this::service).toList(),
                fields.text("case-number", 60),
                fields.choices("protection", Protection.class),
                fields.isTicked("minor-alone"));
    }

    private NewHousehold.Service service(Listing listing) {
        var language = language();
        var isSpoken =
                listing.languages().stream()
                        .flatMap(it -> it.tag().stream())
                        .anyMatch(it -> it.split("-", 2)[0].equalsIgnoreCase(language));
        return new NewHousehold.Service(
                listing.id(),
                fields.text("reason-" + listing.id(), Travelling.MAX_TEXT),
                fields.choice("urgency", Urgency.THREE_DAYS),
                Optional.of(language).filter(_ -> fields.isTicked("language") && !isSpoken),
                letters(listing),
                fields.optional("called-" + listing.id()));
    }
}
