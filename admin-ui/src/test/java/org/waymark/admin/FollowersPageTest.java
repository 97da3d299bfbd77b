// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.exchange.SocialServer;

/// A manager answers somebody who asks to follow.
class FollowersPageTest {

    @Test
    void whoAsksToFollowIsATaskAndIsAnsweredByAPress() {
        var clock = new TestClock();
        try (var shelter = TestNode.still(clock, "shelter", "Lindmar Shelter");
                var social = new SocialServer(clock)) {
            shelter.person("amal@shelter.example", Role.MANAGER);
            var amal = Browser.signedIn(shelter, "amal@shelter.example", "en");
            social.follow("alice", social.find(shelter.url(), "shelter"));
            shelter.runDue();

            assertThat(amal.get("/admin/").body()).contains("@alice@").contains("/admin/followers");
            assertThat(amal.get("/admin/followers").body()).contains("@alice@");

            var accepted =
                    amal.post(
                            "/admin/followers/accept", "actor", social.person("alice").toString());
            assertThat(accepted.body()).contains("They follow now.").contains("Nobody waits");

            var removed =
                    amal.post(
                            "/admin/followers/reject", "actor", social.person("alice").toString());
            assertThat(removed.body()).contains("Nobody yet");
        }
    }
}
