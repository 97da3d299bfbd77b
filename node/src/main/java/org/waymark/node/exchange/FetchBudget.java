// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// How many documents one activity may make us fetch: whoever writes it must not send us crawling.
/// What is read on our own account, by a job of ours, is not counted here.
final class FetchBudget {

    /// 8 for one activity: the limit published in FEDERATION.md.
    static final int MOST = 8;

    private static final ScopedValue<AtomicInteger> LEFT = ScopedValue.newInstance();

    private FetchBudget() {}

    /// Does the work of one activity.
    static <T> T forOne(Supplier<T> work) {
        return ScopedValue.where(LEFT, new AtomicInteger(MOST)).call(work::get);
    }

    /// Takes one fetch, if there is one left or nobody counts.
    static boolean take() {
        return !LEFT.isBound() || LEFT.get().getAndDecrement() > 0;
    }
}
