// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.OrderedCollectionPage;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.referral.ReferralList.Entry;

class ReferralListTest {

    private static final URI LIST = URI.create("https://n1.example/o/1/referrals");
    private static final List<Entry> ENTRIES =
            List.of(
                    new Entry(
                            URI.create("https://n2.example/r/1"),
                            Optional.of(URI.create("https://n1.example/c/1")),
                            17,
                            18),
                    new Entry(URI.create("https://n1.example/r/2"), Optional.empty(), 19, 0));

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertThat(ReferralList.read(written())).isEqualTo(ENTRIES);
    }

    @Test
    void nothingButIdsAndVersionsIsInIt() {
        var members = new HashSet<String>();
        written()
                .json()
                .path("orderedItems")
                .forEach(
                        item -> {
                            item.fieldNames().forEachRemaining(members::add);
                            item.path("waymark:case").fieldNames().forEachRemaining(members::add);
                        });

        assertThat(members).isEqualTo(Set.of("type", "id", "waymark:version", "waymark:case"));
    }

    private static OrderedCollectionPage written() {
        var bytes = ReferralList.write(LIST, LIST, ENTRIES, Optional.empty());
        return new OrderedCollectionPage(StrictJson.read(bytes).orElseThrow());
    }
}
