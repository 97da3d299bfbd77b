// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.util.List;

/// A service that translates by machine. Blocks; call it outside of transactions.
public interface MachineTranslator {

    /// What came of it.
    sealed interface Answer {
        /// In the order asked for.
        record Done(List<String> texts) implements Answer {}

        /// @param code `switched-off`, `service-refused`, `service-unreachable`, `answer-malformed`
        record Failed(String code) implements Answer {}
    }

    /// Translates markup, leaving tags where they belong.
    ///
    /// @param texts masked, see [Mask]
    /// @param from BCP 47 tag
    /// @param to BCP 47 tag
    Answer translate(List<String> texts, String from, String to);

    /// Whether there is one at all.
    default boolean isOn() {
        return true;
    }

    /// The one of a node that was not told of any.
    static MachineTranslator off() {
        return new MachineTranslator() {
            @Override
            public Answer translate(List<String> texts, String from, String to) {
                return new Answer.Failed("switched-off");
            }

            @Override
            public boolean isOn() {
                return false;
            }
        };
    }
}
