// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which record stands for which type.
final class Types {
    static final Map<String, Function<ObjectNode, Activity>> VERBS =
            Map.ofEntries(
                    Map.entry("Create", Activity.Create::new),
                    Map.entry("Update", Activity.Update::new),
                    Map.entry("Delete", Activity.Delete::new),
                    Map.entry("Follow", Activity.Follow::new),
                    Map.entry("Accept", Activity.Accept::new),
                    Map.entry("Reject", Activity.Reject::new),
                    Map.entry("TentativeAccept", Activity.TentativeAccept::new),
                    Map.entry("TentativeReject", Activity.TentativeReject::new),
                    Map.entry("Offer", Activity.Offer::new),
                    Map.entry("Undo", Activity.Undo::new),
                    Map.entry("Read", Activity.Read::new),
                    Map.entry("Announce", Activity.Announce::new),
                    Map.entry("Flag", Activity.Flag::new),
                    Map.entry("Move", Activity.Move::new),
                    Map.entry("Like", Activity.Like::new),
                    Map.entry("Dislike", Activity.Dislike::new),
                    Map.entry("Block", Activity.Block::new),
                    Map.entry("Ignore", Activity.Ignore::new),
                    Map.entry("Invite", Activity.Invite::new),
                    Map.entry("Join", Activity.Join::new),
                    Map.entry("Leave", Activity.Leave::new),
                    Map.entry("Add", Activity.Add::new),
                    Map.entry("Remove", Activity.Remove::new));

    private static final Map<String, Function<ObjectNode, Thing>> THINGS =
            Map.ofEntries(
                    Map.entry("Application", Actor::new),
                    Map.entry("Group", Actor::new),
                    Map.entry("Organization", Actor::new),
                    Map.entry("Person", Actor::new),
                    Map.entry("Service", Actor::new),
                    Map.entry("Article", Post.Article::new),
                    Map.entry("Event", Post.Event::new),
                    Map.entry("Note", Note::new),
                    Map.entry("Page", Post.Page::new),
                    Map.entry("Question", Post.Question::new),
                    Map.entry("Audio", Media::new),
                    Map.entry("Document", Media::new),
                    Map.entry("Image", Media::new),
                    Map.entry("Link", Media::new),
                    Map.entry("Video", Media::new),
                    Map.entry("Collection", UnorderedCollection::new),
                    Map.entry("CollectionPage", UnorderedCollection::new),
                    Map.entry("OrderedCollection", OrderedCollection::new),
                    Map.entry("OrderedCollectionPage", OrderedCollectionPage::new),
                    Map.entry("Place", Place::new),
                    Map.entry("Tombstone", Tombstone::new));

    private Types() {}

    static Reading<Thing> read(ObjectNode json) {
        List<String> types = Members.texts(json, "type");
        if (types.isEmpty()) {
            return new Reading.Refused<>("type-missing");
        }
        Function<ObjectNode, ? extends Thing> maker = Other::new;
        for (String type : types) {
            if (VERBS.containsKey(type)) {
                maker = VERBS.get(type);
                break;
            }
            if (THINGS.containsKey(type)) {
                maker = THINGS.get(type);
                break;
            }
        }
        return make(maker, json);
    }

    static Reading<Thing> make(Function<ObjectNode, ? extends Thing> maker, ObjectNode json) {
        try {
            return new Reading.Read<>(maker.apply(json));
        } catch (Incomplete e) {
            return new Reading.Refused<>(e.code());
        }
    }
}
