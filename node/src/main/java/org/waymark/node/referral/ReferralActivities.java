// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.SealContext;
import org.waymark.node.privacy.Sealing;
import org.waymark.node.referral.Message.Address;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Messages about referrals as activities, and back (federation.md, Referrals). In clear stand
/// type, ids, actor, `attributedTo`, `to`, `object`, `result`, `context` and version; everything
/// else is sealed.
final class ReferralActivities {

    static final String REFERRAL = "waymark:Referral";
    static final String CASE = "waymark:Case";

    private ReferralActivities() {}

    /// What came of an attempt to read an activity.
    sealed interface Reading {
        record Understood(Message message) implements Reading {}

        /// @param code stable kebab-case code
        record Refused(String code) implements Reading {}
    }

    /// @param side which side says it: a cancellation looks different from each
    static Activity write(Message message, Side side, Address.There to) {
        var form = formOf(message.kind(), side);
        var draft =
                Draft.activity(form.type(), message.activity().orElseThrow(), message.from())
                        .to(to.actor());
        var sealed = seal(message, to);
        switch (form.carrier()) {
            case OFFERED -> draft.set("object", referral(message, sealed));
            case REFERRAL ->
                    draft.set("object", referral(message, sealed))
                            .set("context", message.referral());
            case RESULT ->
                    draft.set("object", message.offer().orElseThrow())
                            .set("context", message.referral())
                            .set("result", caseOf(message, sealed));
            case CASE ->
                    draft.set("object", caseOf(message, sealed)).set("context", message.referral());
            case ANSWER ->
                    alone(draft.set("object", message.offer().orElseThrow()), message, sealed);
            case TOMBSTONE ->
                    alone(
                            draft.set(
                                    "object",
                                    Draft.of("Tombstone", message.referral())
                                            .set("formerType", REFERRAL)),
                            message,
                            sealed);
        }
        return Activity.read(draft.document()).orElseThrow();
    }

    private static void alone(Draft draft, Message message, String sealed) {
        draft.set("context", message.referral())
                .set(Contexts.VERSION, message.version())
                .set(Contexts.SEALED, sealed);
    }

    private static Draft referral(Message message, String sealed) {
        return part(REFERRAL, message.referral(), message, sealed);
    }

    private static Draft caseOf(Message message, String sealed) {
        return part(CASE, message.caseUri().orElseThrow(), message, sealed);
    }

    private static Draft part(String type, URI id, Message message, String sealed) {
        return Draft.of(type, id)
                .set("attributedTo", message.from())
                .set(Contexts.VERSION, message.version())
                .set(Contexts.SEALED, sealed);
    }

    private static String seal(Message message, Address.There to) {
        var context =
                new SealContext(
                        Sealing.MEMBER,
                        message.referral(),
                        message.from(),
                        to.actor(),
                        message.version());
        return Sealing.seal(
                to.sealKey(),
                context,
                ReferralJson.writeLetter(message.kind(), message.content(), message.follows()));
    }

    /// What holds the packet, and what stands around it.
    private enum Carrier {
        /// The referral, for the first time.
        OFFERED,
        /// The referral, which is the sender's.
        REFERRAL,
        /// The receiver's case beside the offer that it answers.
        RESULT,
        /// The case alone.
        CASE,
        /// The activity itself, which names the offer.
        ANSWER,
        /// The activity itself, which names a referral that is gone.
        TOMBSTONE
    }

    private record Form(String type, Carrier carrier) {}

    /// @param side which side says it
    private static Form formOf(Kind kind, Side side) {
        return switch (kind) {
            case SEND -> new Form("Offer", Carrier.OFFERED);
            case RECEIVE -> new Form("Read", Carrier.ANSWER);
            case ASK -> new Form("TentativeReject", Carrier.ANSWER);
            case DECLINE -> new Form("Reject", Carrier.ANSWER);
            case WAITLIST -> new Form("TentativeAccept", Carrier.RESULT);
            case ACCEPT -> new Form("Accept", Carrier.RESULT);
            case ANSWER, TOLD, CONTACT -> new Form("Update", Carrier.REFERRAL);
            case START, HOLD, COMPLETE, FAIL, ERASED, ONWARD -> new Form("Update", Carrier.CASE);
            case CANCEL, WITHDRAW ->
                    side == Side.SENDER
                            ? new Form("Undo", Carrier.ANSWER)
                            : new Form("Update", Carrier.CASE);
            case DELETE -> new Form("Delete", Carrier.TOMBSTONE);
            case DRAFT,
                    CONSENT,
                    CALL_REACHED,
                    CALL_NO_ANSWER,
                    CALL_BACK,
                    CALL_SAID_YES,
                    CALL_SAID_NO,
                    SENT_AGAIN,
                    ASKED_AGAIN,
                    SHOWN,
                    CONTACT_SHOWN,
                    FORGOTTEN,
                    REMINDED,
                    OVERDUE,
                    CONTACT_OVERDUE,
                    STILL_GOING_ASKED,
                    STILL_GOING,
                    CONSENT_ENDED,
                    REVIEWED,
                    HANDED_OVER,
                    NEXT_ASKED ->
                    throw new IllegalArgumentException(kind + " does not travel");
        };
    }

    /// The referral an activity is about; empty when it names none.
    static Optional<URI> referralOf(Activity activity) {
        var json = activity.json();
        var object = json.path("object");
        return uri(json.path("context"))
                .or(
                        () ->
                                object.path("type").asText().equals(REFERRAL)
                                        ? uri(object.path("id"))
                                        : Optional.empty());
    }

    /// Opens and reads an activity whose actor is known to have said it.
    ///
    /// @param receiver our organisation it came to, and `to` its actor
    static Reading read(
            Activity activity,
            OrganizationId receiver,
            URI to,
            Optional<Partner> back,
            Sealing sealing) {
        var referral = referralOf(activity);
        var carrier = carrier(activity);
        if (referral.isEmpty() || !carrier.path(Contexts.SEALED).isTextual()) {
            return new Reading.Refused("referral-incomplete");
        }
        if (!isTheirs(activity, carrier)) {
            return new Reading.Refused("referral-not-theirs");
        }
        var version = carrier.path(Contexts.VERSION).asLong(0);
        var context =
                new SealContext(Sealing.MEMBER, referral.get(), activity.actor(), to, version);
        var opened = sealing.open(receiver, context, carrier.path(Contexts.SEALED).textValue());
        return switch (opened) {
            case Sealing.Opened.Refused(var reason) -> new Reading.Refused(reason.code());
            case Sealing.Opened.Text(var json) ->
                    ReferralJson.readLetter(json)
                            .filter(letter -> fits(activity, carrier, letter.kind()))
                            .<Reading>map(
                                    letter ->
                                            new Reading.Understood(
                                                    new Message(
                                                            referral.get(),
                                                            letter.kind(),
                                                            letter.content(),
                                                            activity.actor(),
                                                            new Address.Here(receiver, back),
                                                            version,
                                                            offer(activity, letter.kind()),
                                                            caseUri(carrier),
                                                            Optional.of(activity.id()),
                                                            letter.follows())))
                            .orElseGet(() -> new Reading.Refused("content-unreadable"));
        };
    }

    /// The part that holds the packet: the activity itself, its object or its result.
    private static JsonNode carrier(Activity activity) {
        var json = activity.json();
        for (var member : new String[] {"object", "result"}) {
            if (json.path(member).has(Contexts.SEALED)) {
                return json.path(member);
            }
        }
        return json;
    }

    /// A referral is its sender's and a case its receiver's: nobody speaks for the other's.
    private static boolean isTheirs(Activity activity, JsonNode carrier) {
        if (carrier == activity.json()) {
            return true;
        }
        var id = uri(carrier.path("id"));
        var owner = uri(carrier.path("attributedTo"));
        return id.isPresent()
                && Origins.same(id.get(), activity.actor())
                && owner.equals(Optional.of(activity.actor()));
    }

    private static boolean fits(Activity activity, JsonNode carrier, Kind kind) {
        var saidBy = carrier.path("type").asText().equals(CASE) ? Side.RECEIVER : Side.SENDER;
        return kind.travels() && formOf(kind, saidBy).type().equals(activity.type());
    }

    private static Optional<URI> offer(Activity activity, Kind kind) {
        if (kind == Kind.SEND) {
            return Optional.of(activity.id());
        }
        // Updates name the referral or the case instead.
        var namesOffer = !activity.type().equals("Update") && !activity.type().equals("Delete");
        return uri(activity.json().path("object")).filter(_ -> namesOffer);
    }

    private static Optional<URI> caseUri(JsonNode carrier) {
        return carrier.path("type").asText().equals(CASE)
                ? uri(carrier.path("id"))
                : Optional.empty();
    }

    private static Optional<URI> uri(JsonNode node) {
        var text = node.isTextual() ? node : node.path("id");
        try {
            return Optional.ofNullable(text.textValue()).map(URI::create).filter(URI::isAbsolute);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
