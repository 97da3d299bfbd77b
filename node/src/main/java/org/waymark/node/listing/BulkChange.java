// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// One change that many listings get at once.
public sealed interface BulkChange {

    /// Another number wherever the first one stands.
    record Phone(String from, String to) implements BulkChange {}

    record Website(URI to) implements BulkChange {}

    record AddTopic(Topic topic) implements BulkChange {}

    record Referrals(ReferralPolicy policy) implements BulkChange {}

    record GetIn(Access access) implements BulkChange {}

    /// @return empty where it would change nothing
    default Optional<Draft> on(Draft.Builder builder) {
        var before = builder.build();
        switch (this) {
            case Phone(var from, var to) -> builder.phones(replaced(before.phones(), from, to));
            case Website(var to) -> builder.website(to);
            case AddTopic(var topic) -> {
                var topics = EnumSet.of(topic);
                topics.addAll(before.topics());
                builder.topics(topics);
            }
            case Referrals(var policy) -> builder.referralPolicy(policy);
            case GetIn(var access) -> builder.access(access);
        }
        var after = builder.build();
        return after.equals(before) ? Optional.empty() : Optional.of(after);
    }

    private static List<org.waymark.node.listing.Phone> replaced(
            List<org.waymark.node.listing.Phone> phones, String from, String to) {
        var all = new ArrayList<org.waymark.node.listing.Phone>();
        for (var phone : phones) {
            all.add(
                    digits(phone.number()).equals(digits(from))
                            ? new org.waymark.node.listing.Phone(
                                    to, phone.extension(), phone.note(), phone.languages())
                            : phone);
        }
        return all;
    }

    private static String digits(String number) {
        return number.replaceAll("[^+0-9]", "");
    }
}
