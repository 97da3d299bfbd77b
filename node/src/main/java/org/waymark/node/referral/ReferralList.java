// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.OrderedCollectionPage;
import org.waymark.federation.vocabulary.Reference;

/// What two organisations compare of their referrals: which there are, and how far each side has
/// come with both halves; never a state.
final class ReferralList {

    private static final String CASE = "waymark:case";

    private ReferralList() {}

    /// @param referralVersion the newest that whoever lists it knows of the sender's half
    /// @param caseVersion the same of the receiver's; 0 when it has said nothing
    record Entry(URI referral, Optional<URI> caseUri, long referralVersion, long caseVersion) {

        static Entry of(Referral referral) {
            var isSender = referral.side() == Side.SENDER;
            return new Entry(
                    referral.uri(),
                    referral.caseUri(),
                    isSender ? referral.ownVersion() : referral.seenVersion(),
                    isSender ? referral.seenVersion() : referral.ownVersion());
        }

        /// What they have of the half that one side writes.
        long version(Side writtenBy) {
            return writtenBy == Side.SENDER ? referralVersion : caseVersion;
        }
    }

    /// @param next the address of the following page
    static byte[] write(URI asked, URI partOf, List<Entry> entries, Optional<URI> next) {
        var items = JsonNodeFactory.instance.arrayNode();
        for (var entry : entries) {
            var half =
                    entry.caseUri()
                            .map(it -> Draft.of(ReferralActivities.CASE, it))
                            .orElseGet(() -> Draft.anonymous(ReferralActivities.CASE))
                            .set(Contexts.VERSION, entry.caseVersion());
            items.add(
                    Draft.of(ReferralActivities.REFERRAL, entry.referral())
                            .set(Contexts.VERSION, entry.referralVersion())
                            .set(CASE, half)
                            .json());
        }
        var page =
                Draft.of("OrderedCollectionPage", asked)
                        .set("partOf", partOf)
                        .set("orderedItems", items);
        next.ifPresent(it -> page.set("next", it));
        return page.bytes();
    }

    static List<Entry> read(OrderedCollectionPage page) {
        var entries = new ArrayList<Entry>();
        for (var item : page.items()) {
            if (item instanceof Reference.Embedded(var json)) {
                item.id().map(id -> entry(id, json)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private static Entry entry(URI referral, ObjectNode json) {
        JsonNode half = json.path(CASE);
        return new Entry(
                referral,
                new Reference.Embedded(half instanceof ObjectNode it ? it : json.objectNode()).id(),
                json.path(Contexts.VERSION).asLong(0),
                half.path(Contexts.VERSION).asLong(0));
    }
}
