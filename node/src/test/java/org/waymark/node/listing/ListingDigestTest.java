// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ListingDigestTest {

    private static final URI FIRST = URI.create("https://n1.example/s/1");
    private static final URI SECOND = URI.create("https://n1.example/s/2");

    @Test
    void theOrderMakesNoDifference() {
        var there = new ListingDigest();
        there.add(FIRST, 1);
        there.add(SECOND, 2);
        var back = new ListingDigest();
        back.add(SECOND, 2);
        back.add(FIRST, 1);

        assertThat(there.sums()).isEqualTo(back.sums()).hasSize(2);
    }

    @Test
    void anotherVersionIsSeenInItsBucketOnly() {
        var digest = new ListingDigest();
        digest.add(FIRST, 1);
        digest.add(SECOND, 2);
        var changed = new ListingDigest();
        changed.add(FIRST, 1);
        changed.add(SECOND, 3);

        var first = ListingDigest.bucket(FIRST);
        var second = ListingDigest.bucket(SECOND);
        assertThat(changed.sums().get(first)).isEqualTo(digest.sums().get(first));
        assertThat(changed.sums().get(second)).isNotEqualTo(digest.sums().get(second));
    }

    /// So that another program can compute the same: `printf %s 'https://n1.example/s/1 1' |
    /// sha256sum`, and of `https://n1.example/s/1` the first two digits.
    @Test
    void anybodyCanComputeIt() {
        var digest = new ListingDigest();
        digest.add(FIRST, 1);

        assertThat(digest.sums())
                .containsExactly(
                        entry(
                                "1f",
                                "04d9386d5c2b622aca0614eab9a92ed0"
                                        + "9d7292b2ed0a1629e4f2b5de4973b6e3"));
    }
}
