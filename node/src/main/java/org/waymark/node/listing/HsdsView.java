// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.waymark.node.listing.hsds.HsdsModel;

/// For whom the API's answers are: readers of HSDS 3.1 with our Profile, or of Open Referral UK
/// 3.0.
enum HsdsView {
    HSDS("3.1", "/hsds"),
    /// Without our additions and what came after 3.0, and with the members of the UK's profile.
    OPEN_REFERRAL_UK("HSDS-UK-3.0", "/hsds/oruk");

    private final String version;
    private final String path;

    HsdsView(String version, String path) {
        this.version = version;
        this.path = path;
    }

    String version() {
        return version;
    }

    String path() {
        return path;
    }

    HsdsModel model() {
        return switch (this) {
            case HSDS -> HsdsModel.get();
            case OPEN_REFERRAL_UK -> HsdsModel.uk();
        };
    }

    ObjectNode show(String object, ObjectNode json) {
        if (this == OPEN_REFERRAL_UK) {
            HsdsUk.make(object, json);
        }
        return json;
    }
}
