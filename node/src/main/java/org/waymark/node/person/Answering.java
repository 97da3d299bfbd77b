// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.referral.Screening;
import org.waymark.node.referral.Travelling;

/// Reads the answer to one question, and says what is wrong with it.
///
/// @param given by the name of the field; kept when nothing is wrong
/// @param warnings what free text holds that should not travel; the person decides
record Answering(
        Map<String, List<String>> given, List<Wrong> errors, Set<Screening.Warning> warnings) {

    static final Set<String> WHO = Set.of("self", "with-parent", "minor", "someone-else");
    static final Set<String> TROUBLE = Set.of("none", "hurt", "controlled", "tortured", "child");
    static final Set<String> WHEN = Set.of("three-days", "two-weeks", "today");
    static final Set<String> REACH = Set.of("through-us", "call", "sms", "messenger", "mail");
    static final Set<String> OWNER = Set.of("own", "shared", "someone-elses");

    private static final int MOST_PEOPLE = 50;

    boolean isRight() {
        return errors.isEmpty();
    }

    static Answering read(Page page, Question question, MultivaluedMap<String, String> form) {
        var reader = new Reader(page, form);
        switch (question) {
            case WHO -> reader.among("who", WHO);
            case TROUBLE -> reader.among("trouble", TROUBLE);
            case NEED -> reader.screened("need");
            case WHEN -> reader.among("when", WHEN);
            case PEOPLE -> reader.people();
            case LANGUAGE -> reader.needed("language", 35);
            case WISHES -> reader.several("wishes");
            case REACH -> reader.among("reach", REACH);
            case NUMBER -> {
                reader.needed("number", 200);
                reader.among("owner", OWNER);
                reader.free("another", Travelling.MAX_TEXT);
                reader.free("times", Travelling.MAX_TEXT);
            }
            case NAME -> {
                reader.free("name", 120);
                reader.free("caregiver", 200);
            }
            case WORD -> reader.word();
        }
        return reader.result();
    }

    private static final class Reader {

        private final Page page;
        private final MultivaluedMap<String, String> form;
        private final Map<String, List<String>> given = new LinkedHashMap<>();
        private final List<Wrong> errors = new ArrayList<>();
        private Set<Screening.Warning> warnings = Set.of();

        Reader(Page page, MultivaluedMap<String, String> form) {
            this.page = page;
            this.form = form;
        }

        Answering result() {
            return new Answering(Map.copyOf(given), List.copyOf(errors), warnings);
        }

        private String text(String field) {
            var value = form.getFirst(field);
            return value == null ? "" : value.strip();
        }

        private void wrong(String field) {
            errors.add(new Wrong(field, page.say("ask." + field + ".missing")));
        }

        void among(String field, Set<String> choices) {
            given.put(field, List.of(text(field)));
            if (!choices.contains(text(field))) {
                wrong(field);
            }
        }

        void several(String field) {
            given.put(field, List.copyOf(form.getOrDefault(field, List.of())));
        }

        void free(String field, int most) {
            given.put(field, List.of(text(field)));
            if (text(field).length() > most) {
                errors.add(new Wrong(field, page.say("ask.too-long", most)));
            }
        }

        void needed(String field, int most) {
            free(field, most);
            if (text(field).isEmpty()) {
                wrong(field);
            }
        }

        /// What is found is shown once; who ticks the box means it.
        void screened(String field) {
            needed(field, Travelling.MAX_TEXT);
            warnings = Screening.warnings(text(field));
            if (!warnings.isEmpty() && text("sure").isEmpty() && errors.isEmpty()) {
                errors.add(new Wrong(field, page.say("ask.need.numbers")));
            }
        }

        void people() {
            var adults = number("adults");
            var children = number("children");
            var all = adults + children;
            given.put("people", List.of(String.valueOf(all)));
            given.put("adults", List.of(String.valueOf(adults)));
            given.put("children", List.of(String.valueOf(children)));
            if (adults < 0 || children < 0 || all < 1 || all > MOST_PEOPLE) {
                wrong("adults");
            }
        }

        private int number(String field) {
            var digits = new StringBuilder();
            // Digits of any script; what is none becomes -1, which no number holds.
            text(field).codePoints().map(it -> Character.digit(it, 10)).forEach(digits::append);
            return text(field).isEmpty()
                    ? 0
                    : digits.toString().matches("[0-9]{1,3}")
                            ? Integer.parseInt(digits.toString())
                            : -1;
        }

        void word() {
            given.put("word", List.of(text("word")));
            if (!text("word").isEmpty() && !HelpCodes.isWord(text("word"))) {
                wrong("word");
            }
        }
    }
}
