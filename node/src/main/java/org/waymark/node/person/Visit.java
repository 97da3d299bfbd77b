// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What somebody is doing here without an account.
sealed interface Visit {

    /// How long it lasts without being used.
    Duration idle();

    /// Answering questions about what they need.
    ///
    /// @param listing what they ask help from
    /// @param answers by the name of the field
    record Asking(UUID listing, Map<String, List<String>> answers) implements Visit {

        public Asking {
            answers = Map.copyOf(answers);
        }

        Asking with(Map<String, List<String>> more) {
            var all = new HashMap<>(answers);
            all.putAll(more);
            return new Asking(listing, all);
        }

        String text(String field) {
            return answers.getOrDefault(field, List.of("")).getFirst();
        }

        List<String> list(String field) {
            return answers.getOrDefault(field, List.of());
        }

        // 30 min: time to think and to ask somebody.
        @Override
        public Duration idle() {
            return Duration.ofMinutes(30);
        }
    }

    /// Reading behind a help code.
    ///
    /// @param codeHash of the code it was opened with; another code ends the visit
    /// @param wordHash of the second word, when that was right too
    record Reading(UUID referral, String codeHash, Optional<String> wordHash) implements Visit {

        /// Whether the second word was right too.
        boolean hasWord() {
            return wordHash.isPresent();
        }

        /// Whether code and word are still the ones that count.
        boolean isOf(HelpCodeTable.Stored code) {
            return codeHash.equals(code.secretHash())
                    && (wordHash.isEmpty() || wordHash.equals(code.wordHash()));
        }

        // 10 min (referral.md, What the person sees).
        @Override
        public Duration idle() {
            return Duration.ofMinutes(10);
        }
    }
}
