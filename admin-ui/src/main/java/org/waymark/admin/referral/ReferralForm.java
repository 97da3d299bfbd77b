// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.waymark.admin.desk.Fields;
import org.waymark.node.listing.ListingId;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.NewReferral;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.Urgency;

/// The form of a new referral: at most twelve things to fill in, and no place for what must never
/// travel.
public final class ReferralForm {

    /// The languages that can be chosen for an interpreter.
    public static final List<String> INTERPRETED =
            List.of(
                    "ar", "fa", "ps", "ku", "ti", "am", "so", "ur", "bn", "uk", "ru", "tr", "fr",
                    "es", "en", "pt", "sq", "sr", "vi", "zh");

    private final Fields fields;
    private final Page page;
    private final List<Wrong> errors = new ArrayList<>();

    private ReferralForm(Fields fields, Page page) {
        this.fields = fields;
        this.page = page;
    }

    /// What came of reading it: either something is wrong, or there is a referral to write.
    record Filled(Optional<NewReferral> referral, List<Wrong> errors) {}

    static Filled read(ListingId listing, Fields fields, Page page) {
        var form = new ReferralForm(fields, page);
        form.check();
        return form.errors.isEmpty()
                ? new Filled(Optional.of(form.referral(listing)), List.of())
                : new Filled(Optional.empty(), List.copyOf(form.errors));
    }

    private void check() {
        // Someone whose trouble is for the phone is not asked for anything else first.
        if (isForThePhone()) {
            return;
        }
        if (fields.text("reason").isEmpty()) {
            wrong("reason", "staff.referral.reason.missing");
        }
        for (var name : List.of("reason", "unsure", "safe-times")) {
            if (fields.text(name).length() > Travelling.MAX_TEXT) {
                wrong(name, "staff.referral.too-long");
            }
        }
        if (fields.number("adults", 1) + fields.number("children", 0) < 1) {
            wrong("adults", "staff.referral.nobody");
        }
        if (fields.text("preferred-name").isEmpty()) {
            wrong("preferred-name", "staff.referral.preferred-name.missing");
        }
        if (needsAddress(channel()) && fields.text("address").isEmpty()) {
            wrong("address", "staff.referral.address.missing");
        }
    }

    private void wrong(String field, String key) {
        errors.add(new Wrong(field, page.say(key)));
    }

    private boolean isForThePhone() {
        return fields.isTicked("minor-alone")
                || !fields.choices("protection", NewReferral.Protection.class).isEmpty();
    }

    private Travelling.Channel channel() {
        return fields.choice("channel", Travelling.Channel.CALL);
    }

    private static boolean needsAddress(Travelling.Channel channel) {
        return switch (channel) {
            case CALL, SMS, MESSENGER, MAIL -> true;
            case THROUGH_US, IN_PERSON -> false;
        };
    }

    private NewReferral referral(ListingId listing) {
        return new NewReferral(
                listing,
                text("reason"),
                "",
                fields.choice("urgency", Urgency.THREE_DAYS),
                new Travelling.Fit(
                        fields.optional("unsure").map(words -> text("unsure")),
                        interpreter(),
                        Set.of(),
                        Math.min(fields.number("adults", 1), 20),
                        Math.min(fields.number("children", 0), 20),
                        Set.of(),
                        ""),
                fields.choices("protection", NewReferral.Protection.class),
                fields.isTicked("minor-alone"),
                contact(),
                new LocalNotes("", fields.text("case-number", 60), ""));
    }

    private Optional<String> interpreter() {
        return fields.optional("interpreter").filter(tag -> tag.matches("[A-Za-z]{2,3}(-\\w+)*"));
    }

    private Travelling.Contact contact() {
        return new Travelling.Contact(
                fields.text("preferred-name", 120),
                channel(),
                fields.text("address", 200),
                needsAddress(channel())
                        ? fields.choice("phone-owner", Travelling.PhoneOwner.OWN)
                        : Travelling.PhoneOwner.NONE,
                interpreter().orElse(page.language().tag()),
                "",
                text("safe-times"),
                Optional.empty());
    }

    private String text(String name) {
        return fields.text(name, Travelling.MAX_TEXT);
    }
}
