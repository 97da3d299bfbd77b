// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.Arrays;
import org.apache.lucene.util.FixedBitSet;

/// The numbers of the entries that have something in common, few or many, so that a filter is an
/// "and" and a count takes less than a microsecond.
sealed interface Documents {

    int count(FixedBitSet among);

    void addTo(FixedBitSet bits);

    /// @param size how many entries there are in all
    static Documents of(int[] numbers, int count, int size) {
        // A number takes 32 bits, a place in the set one.
        if (count < size / 32) {
            return new Few(Arrays.copyOf(numbers, count));
        }
        var bits = new FixedBitSet(Math.max(1, size));
        for (int i = 0; i < count; i++) {
            bits.set(numbers[i]);
        }
        return new Many(bits);
    }

    /// Only for few entries.
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Few(int[] numbers) implements Documents {

        @Override
        public int count(FixedBitSet among) {
            int count = 0;
            for (int number : numbers) {
                count += among.get(number) ? 1 : 0;
            }
            return count;
        }

        @Override
        public void addTo(FixedBitSet bits) {
            for (int number : numbers) {
                bits.set(number);
            }
        }
    }

    /// For many.
    record Many(FixedBitSet bits) implements Documents {

        @Override
        public int count(FixedBitSet among) {
            return (int) FixedBitSet.intersectionCount(bits, among);
        }

        @Override
        public void addTo(FixedBitSet others) {
            others.or(bits);
        }
    }
}
