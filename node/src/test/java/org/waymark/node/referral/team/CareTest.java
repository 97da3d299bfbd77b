// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.referral.ReferralId;

class CareTest {

    private static final AccountId AMAL = new AccountId(new UUID(0, 1));
    private static final AccountId BO = new AccountId(new UUID(0, 2));
    private static final AccountId CIM = new AccountId(new UUID(0, 3));
    private static final ReferralId REQUEST = new ReferralId(new UUID(1, 1));

    private static Care care(
            AccountId me, Map<AccountId, Optional<AccountId>> away, Set<AccountId> gone) {
        return new Care(me, Map.of(REQUEST, AMAL), away, gone);
    }

    @Test
    void whoTakesCareOfItHasItOnTheirDay() {
        assertThat(care(AMAL, Map.of(), Set.of()).isMine(REQUEST)).isTrue();
        assertThat(care(BO, Map.of(), Set.of()).isMine(REQUEST)).isFalse();
    }

    @Test
    void theDeputyOfADeputyHasItWhenBothAreAway() {
        var away = Map.of(AMAL, Optional.of(BO), BO, Optional.of(CIM));

        assertThat(care(CIM, away, Set.of()).isMine(REQUEST)).isTrue();
        assertThat(care(CIM, away, Set.of()).isForAnother(REQUEST)).isTrue();
        assertThat(care(BO, away, Set.of()).isMine(REQUEST)).isFalse();
    }

    @Test
    void withNobodyThereItIsEverybodys() {
        assertThat(care(CIM, Map.of(AMAL, Optional.empty()), Set.of()).isMine(REQUEST)).isTrue();
        assertThat(care(CIM, Map.of(), Set.of(AMAL)).isMine(REQUEST)).isTrue();
        var inCircles = Map.of(AMAL, Optional.of(BO), BO, Optional.of(AMAL));
        assertThat(care(CIM, inCircles, Set.of()).isMine(REQUEST)).isTrue();
        var toOneWhoLeft = Map.of(AMAL, Optional.of(BO));
        assertThat(care(CIM, toOneWhoLeft, Set.of(BO)).isMine(REQUEST)).isTrue();
    }
}
