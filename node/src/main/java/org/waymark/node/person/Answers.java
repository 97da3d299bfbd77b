// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Answer;

/// What was answered, in the words of the page on which it is checked.
final class Answers {

    private Answers() {}

    static List<Answer> of(Page page, Visit.Asking asking) {
        var answers = new ArrayList<Answer>();
        for (var question : Question.values()) {
            if (question.isFor(asking)) {
                answers.add(
                        new Answer(
                                page.say("ask." + question.word()),
                                words(page, asking, question),
                                page.href("ask/" + question.number())));
            }
        }
        return answers;
    }

    private static Content words(Page page, Visit.Asking asking, Question question) {
        return switch (question) {
            case WHO, TROUBLE, WHEN, REACH ->
                    page.say("ask." + question.word() + "." + asking.text(question.word()));
            case NEED -> page.isolated(asking.text("need"));
            case PEOPLE ->
                    page.say(
                            "ask.people.both",
                            Integer.parseInt(asking.text("adults")),
                            Integer.parseInt(asking.text("children")));
            case LANGUAGE -> page.isolated(page.formats().languageName(asking.text("language")));
            case WISHES ->
                    asking.list("wishes").isEmpty()
                            ? page.say("ask.none")
                            : page.isolated(
                                    asking.list("wishes").stream()
                                            .map(it -> "ask.wishes." + it)
                                            .filter(page.messages()::has)
                                            .map(page::plain)
                                            .collect(Collectors.joining(page.plain("page.comma"))));
            case NUMBER -> page.ltr(asking.text("number"));
            case NAME ->
                    asking.text("name").isEmpty()
                            ? page.say("ask.none")
                            : page.isolated(asking.text("name"));
            // The word itself is not shown: somebody may look over the shoulder.
            case WORD -> page.say(asking.text("word").isEmpty() ? "ask.none" : "ask.word.given");
        };
    }
}
