// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.peer.StaffDeliveryPages;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.exchange.DeliveryState;
import org.waymark.node.page.Pieces.Moment;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.ReferralEvent;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Travelling;

/// What happened to a referral, newest last, in words.
final class Timeline {

    private final Sheet sheet;
    private final OpenedReferral opened;
    private final Map<ReferralEvent, List<Delivery>> deliveries;

    Timeline(Sheet sheet, OpenedReferral opened, Map<ReferralEvent, List<Delivery>> deliveries) {
        this.sheet = sheet;
        this.opened = opened;
        this.deliveries = deliveries;
    }

    List<Moment> moments() {
        return opened.timeline().stream().map(this::moment).toList();
    }

    private Moment moment(ReferralEvent event) {
        var details = new ArrayList<Content>();
        event.content().ifPresent(content -> details.addAll(words(content)));
        deliveries.getOrDefault(event, List.of()).stream()
                .map(this::delivery)
                .forEach(details::add);
        return new Moment(what(event), when(event), details, true);
    }

    private Content what(ReferralEvent event) {
        return sheet.page()
                .say(
                        "staff.event."
                                + event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private Content when(ReferralEvent event) {
        var ours =
                event.by()
                        == (opened.referral().side() == Side.SENDER
                                ? Party.SENDER
                                : Party.RECEIVER);
        var who =
                event.by() == Party.PERSON
                        ? sheet.page().say("staff.by.person")
                        : ours
                                ? sheet.page().say("staff.by.us")
                                : sheet.page().isolated(opened.referral().partnerName());
        return output -> {
            who.writeTo(output);
            output.writeContent(" · ");
            sheet.when(event.at()).writeTo(output);
        };
    }

    private List<Content> words(Travelling content) {
        var page = sheet.page();
        return switch (content) {
            case Travelling.Text(var text) -> List.of(page.isolated(text));
            case Travelling.Waiting(var expected) ->
                    List.of(page.say("staff.waiting.expected", expected));
            case Travelling.NextStep(var text, var appointment) ->
                    appointment
                            .map(at -> List.of(page.isolated(text), sheet.when(at)))
                            .orElseGet(() -> List.of(page.isolated(text)));
            case Travelling.Refusal(var reason, var note, _) ->
                    note.isBlank()
                            ? List.of(page.say("staff.refusal." + Fields.word(reason)))
                            : List.of(
                                    page.say("staff.refusal." + Fields.word(reason)),
                                    page.isolated(note));
            case Travelling.Closing(var outcome, _) ->
                    outcome.map(it -> List.of(page.say("staff.outcome." + Fields.word(it))))
                            .orElse(List.of());
            case Travelling.Stop(var reason) ->
                    List.of(page.say("staff.stop." + Fields.word(reason)));
            case Travelling.Told(var answer, var role, _) ->
                    List.of(
                            page.say(
                                    "staff.told.says",
                                    role,
                                    page.say("staff.told." + Fields.word(answer))));
            case Travelling.Onward(var to, var word) ->
                    List.of(page.isolated(to), page.say("staff.word." + Fields.word(word)));
            // Shown with the facts, or nothing to show.
            case Travelling.FirstStep _,
                    Travelling.Contact _,
                    Travelling.Withdrawal _,
                    Travelling.Nothing _ ->
                    List.of();
        };
    }

    private Content delivery(Delivery delivery) {
        var page = sheet.page();
        if (delivery.state() == DeliveryState.QUEUED && delivery.failingSince().isPresent()) {
            return page.say("staff.delivery.failing", sheet.when(delivery.failingSince().get()));
        }
        return StaffDeliveryPages.isTakenBack(delivery)
                ? StaffDeliveryPages.reason(page, delivery)
                : page.say("staff.delivery." + Fields.word(delivery.state()));
    }
}
