// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Reference;

/// Place checks as activities, and back (federation.md, Referrals).
final class PlaceCheckActivities {

    static final String TYPE = "waymark:PlaceCheck";

    private PlaceCheckActivities() {}

    /// What an `Offer` asks.
    record Asked(URI service, int adults, int children, LocalDate from) {}

    static Activity ask(PlaceCheck check, URI asker, URI service) {
        var object =
                Draft.of(TYPE, URI.create(check.activity() + "#check"))
                        .set("attributedTo", asker)
                        .set("waymark:service", service.toString())
                        .set("waymark:adults", check.adults())
                        .set("waymark:children", check.children())
                        .set("waymark:from", check.from().toString());
        return read(
                Draft.activity("Offer", check.activity(), asker)
                        .set("object", object)
                        .to(check.partner()));
    }

    static Activity answer(PlaceCheck check, PlaceAnswer answer, URI activity, URI us) {
        return read(
                Draft.activity(answer.activity(), activity, us)
                        .set("object", check.activity())
                        .to(check.partner()));
    }

    private static Activity read(Draft draft) {
        return Activity.read(draft.document()).orElseThrow();
    }

    /// Empty when it is no place check of its actor, or asks for nobody.
    static Optional<Asked> read(Activity activity) {
        if (!(activity.object().orElse(null) instanceof Reference.Embedded(ObjectNode json))
                || !json.path("type").asText().equals(TYPE)
                || !json.path("attributedTo").asText().equals(activity.actor().toString())) {
            return Optional.empty();
        }
        try {
            var adults = json.path("waymark:adults").asInt(-1);
            var children = json.path("waymark:children").asInt(-1);
            var asked =
                    new Asked(
                            URI.create(json.path("waymark:service").asText()),
                            adults,
                            children,
                            LocalDate.parse(json.path("waymark:from").asText()));
            return Optional.of(asked)
                    .filter(_ -> adults >= 0 && children >= 0)
                    .filter(_ -> adults + children >= 1 && adults + children <= 50);
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    static Optional<PlaceAnswer> answerOf(Activity activity) {
        return Arrays.stream(PlaceAnswer.values())
                .filter(it -> it.activity().equals(activity.type()))
                .findFirst();
    }
}
