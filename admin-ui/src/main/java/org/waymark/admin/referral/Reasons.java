// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import org.waymark.node.page.Page;
import org.waymark.node.referral.suggest.Suggestion;

/// Why somebody is suggested, in a few words each: "answers in 1 day", "speaks Dari", "2 km".
public final class Reasons {

    private Reasons() {}

    public static Content of(Page page, Suggestion suggestion) {
        var words = new ArrayList<Content>();
        suggestion
                .answersInDays()
                .ifPresent(days -> words.add(page.count("staff.why.answers", days)));
        suggestion
                .spoken()
                .ifPresent(
                        tag ->
                                words.add(
                                        page.say(
                                                "staff.why.speaks",
                                                page.formats().languageName(tag))));
        suggestion.kilometres().ifPresent(far -> words.add(page.kilometres(far)));
        if (suggestion.free().orElse(0) > 0) {
            words.add(page.count("staff.why.free", suggestion.free().getAsInt()));
        }
        if (suggestion.waitDays().orElse(0) > 0) {
            words.add(page.count("staff.why.wait", suggestion.waitDays().getAsInt()));
        }
        if (words.isEmpty()) {
            words.add(page.say("staff.why.topic"));
        }
        return joined(words);
    }

    private static Content joined(List<Content> words) {
        return output -> {
            for (int i = 0; i < words.size(); i++) {
                if (i > 0) {
                    output.writeContent(" · ");
                }
                words.get(i).writeTo(output);
            }
        };
    }
}
