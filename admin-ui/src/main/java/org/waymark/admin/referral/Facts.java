// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.page.Pieces.Fact;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Travelling;

/// What is known about a referral, by the step in which it was disclosed.
final class Facts {

    private Facts() {}

    /// Step 1: nothing in it says who the person is.
    ///
    /// @param side who reads it: "you" is the one who asks, or the one who is asked
    static List<Fact> need(Sheet sheet, Side side, Travelling.FirstStep step) {
        var page = sheet.page();
        var fit = step.fit();
        var facts = new ArrayList<Fact>();
        facts.add(fact(sheet, "service", page.isolated(step.need().serviceName())));
        facts.add(fact(sheet, "about", page.isolated(step.need().reason())));
        facts.add(fact(sheet, "urgency", page.say("staff.urgency." + Fields.word(step.urgency()))));
        facts.add(fact(sheet, "respond-by", sheet.day(step.respondBy().minusSeconds(1))));
        facts.add(
                fact(
                        sheet,
                        "people",
                        page.say("staff.referral.people.are", fit.adults(), fit.children())));
        facts.add(
                fact(
                        sheet,
                        "fit",
                        fit.unsureCriterion()
                                .map(
                                        words ->
                                                fit.wasNotCompared()
                                                        ? page.say("request.not-compared")
                                                        : page.say(
                                                                "staff.referral.fit.unsure", words))
                                .orElseGet(
                                        () ->
                                                page.say(
                                                        "staff.referral.fit.meets."
                                                                + Fields.word(side)))));
        facts.add(
                fact(
                        sheet,
                        "language",
                        fit.interpreterLanguage()
                                .map(
                                        tag ->
                                                page.say(
                                                        "staff.referral.interpreter.needed",
                                                        page.formats().languageName(tag)))
                                .orElseGet(
                                        () ->
                                                page.say(
                                                        "staff.referral.language.spoken."
                                                                + Fields.word(side)))));
        facts.add(fact(sheet, "case-code", page.ltr(step.caseCode())));
        return facts;
    }

    /// Step 2: how to reach the person safely.
    static List<Fact> contact(Sheet sheet, Travelling.Contact contact) {
        var page = sheet.page();
        var facts = new ArrayList<Fact>();
        facts.add(fact(sheet, "preferred-name", page.isolated(contact.preferredName())));
        facts.add(
                fact(
                        sheet,
                        "channel",
                        page.say("staff.channel." + Fields.word(contact.channel()))));
        if (!contact.address().isEmpty()) {
            facts.add(fact(sheet, "address", page.ltr(contact.address())));
            facts.add(
                    fact(
                            sheet,
                            "phone-owner",
                            page.say("staff.phone-owner." + Fields.word(contact.phoneOwner()))));
        }
        facts.add(
                fact(
                        sheet,
                        "contact-language",
                        page.isolated(page.formats().languageName(contact.language()))));
        if (!contact.safeTimes().isEmpty()) {
            facts.add(fact(sheet, "safe-times", page.isolated(contact.safeTimes())));
        }
        return facts;
    }

    private static Fact fact(Sheet sheet, String name, Content value) {
        return Fact.of(sheet.page().say("staff.referral." + name), value);
    }
}
