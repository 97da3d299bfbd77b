// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import java.util.Locale;

/// Something in an object that HSDS, or good sense, does not allow.
///
/// @param path where it stands, such as `service.phones[0].number`
public record Fault(Code code, String path) {

    /// What is wrong; [#key] is the stable code in reports, messages and the manual.
    public enum Code {
        REQUIRED_MISSING,
        NOT_A_TEXT,
        NOT_A_NUMBER,
        NOT_A_UUID,
        NOT_A_DATE,
        NOT_A_TIME,
        NOT_AN_INSTANT,
        NOT_A_WEB_ADDRESS,
        NOT_A_MAIL_ADDRESS,
        NOT_ONE_OF_THE_WORDS,
        NOT_AN_OBJECT,
        NOT_A_LIST,
        NOT_A_RULE,
        PERIOD_REVERSED,
        AGES_REVERSED,
        OUTSIDE_THE_EARTH,
        BELOW_ZERO,
        MORE_THAN_THERE_IS,
        NOT_A_CURRENCY,
        NOT_A_LANGUAGE;

        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
