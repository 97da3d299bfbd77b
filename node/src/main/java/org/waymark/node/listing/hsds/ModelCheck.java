// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.waymark.node.listing.hsds.Fault.Code;
import org.waymark.node.listing.hsds.HsdsMember.Type;

/// Holds an object against HSDS 3.1, the objects in it included: the same for what is imported, for
/// what staff write, and for what is published. Members that HSDS does not know are nobody's fault.
public final class ModelCheck {

    // As the schemas of HSDS read it; whether somebody answers there, no form can say.
    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern UUIDS =
            Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d:?\\d\\d)$");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    private final List<Fault> faults = new ArrayList<>();
    private final boolean mends;
    private final String seed;

    private ModelCheck(boolean mends, String seed) {
        this.mends = mends;
        this.seed = seed;
    }

    /// What is wrong with an object, in the order of its members.
    ///
    /// @param object a kind of HSDS object, such as `service`
    public static List<Fault> faults(String object, ObjectNode json) {
        var check = new ModelCheck(false, "");
        check.check(HsdsModel.get().object(object), json, object);
        return List.copyOf(check.faults);
    }

    /// Takes out what breaks HSDS, and fills in what it requires where that says nothing untrue: an
    /// id made from the place in the document, an empty description. A part that lacks more goes
    /// whole. What comes out is valid, and the same for the same object.
    ///
    /// @return what was wrong before
    public static List<Fault> conform(String object, ObjectNode json) {
        var check = new ModelCheck(true, json.path("id").asText());
        check.check(HsdsModel.get().object(object), json, object);
        return List.copyOf(check.faults);
    }

    private void check(HsdsObject object, ObjectNode json, String path) {
        if (mends) {
            json.properties().removeIf(it -> it.getValue().isNull());
            keepFrequency(object, json);
        }
        for (var member : object.members()) {
            var value = json.path(member.name());
            if (value.isMissingNode() || value.isNull()) {
                if (member.required()) {
                    var place = path + "." + member.name();
                    faults.add(new Fault(Code.REQUIRED_MISSING, place));
                    fill(object, member, json, place);
                }
                continue;
            }
            var wrong = wrong(member, value);
            if (wrong.isPresent()) {
                var place = path + "." + member.name();
                faults.add(new Fault(wrong.get(), place));
                takeOut(object, member, json, place);
            } else if (value instanceof ObjectNode inner && member.type() == Type.OBJECT) {
                check(HsdsModel.get().object(member.of()), inner, path + "." + member.name());
                if (lacks(member.of(), inner)) {
                    json.remove(member.name());
                }
            } else if (value instanceof ArrayNode list && member.type() == Type.LIST) {
                checkAll(HsdsModel.get().object(member.of()), list, path + "." + member.name());
            }
        }
        ModelSense.check(object.name(), json, path, faults);
    }

    private void takeOut(HsdsObject object, HsdsMember member, ObjectNode json, String place) {
        if (mends) {
            var meant = Meaning.of(member, json.path(member.name()));
            json.remove(member.name());
            if (meant.isPresent() && wrong(member, meant.get()).isEmpty()) {
                json.set(member.name(), meant.get());
            } else if (member.required()) {
                fill(object, member, json, place);
            }
        }
    }

    /// HSDS has no word for every day and every year; our Profile's `frequency` keeps it.
    private static void keepFrequency(HsdsObject object, ObjectNode json) {
        if (!object.name().equals("schedule")) {
            return;
        }
        var said = json.path("freq").asText("");
        if (said.equals("DAILY") || said.equals("YEARLY")) {
            json.put("frequency", said);
            json.remove("freq");
        }
    }

    private void checkAll(HsdsObject object, ArrayNode list, String path) {
        for (int i = 0; i < list.size(); i++) {
            var place = path + "[" + i + "]";
            if (list.get(i) instanceof ObjectNode one) {
                check(object, one, place);
            } else {
                faults.add(new Fault(Code.NOT_AN_OBJECT, place));
            }
        }
        if (mends) {
            var whole = new ArrayList<JsonNode>();
            list.forEach(
                    one -> {
                        if (one instanceof ObjectNode it && !lacks(object.name(), it)) {
                            whole.add(it);
                        }
                    });
            list.removeAll();
            list.addAll(whole);
        }
    }

    private boolean lacks(String object, ObjectNode json) {
        return mends
                && HsdsModel.get().object(object).members().stream()
                        .anyMatch(it -> it.required() && !json.has(it.name()));
    }

    private void fill(HsdsObject object, HsdsMember member, ObjectNode json, String place) {
        if (!mends) {
            return;
        }
        if (member.name().equals("id")) {
            var source = seed + place + json;
            json.put(
                    "id",
                    UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString());
        } else if (member.type() == Type.WORD) {
            json.put(member.name(), member.words().getFirst());
        } else if (member.type() == Type.TEXT
                && (member.name().equals("description")
                        || object.name().equals("address")
                        || object.name().equals("service"))) {
            json.put(member.name(), "");
        }
    }

    private static Optional<Code> wrong(HsdsMember member, JsonNode value) {
        return switch (member.type()) {
            case TEXT -> unless(value.isTextual(), Code.NOT_A_TEXT);
            case NUMBER -> unless(value.isNumber(), Code.NOT_A_NUMBER);
            case UUID -> text(value, it -> UUIDS.matcher(it).matches(), Code.NOT_A_UUID);
            case DATE -> text(value, ModelCheck::isDate, Code.NOT_A_DATE);
            case TIME -> text(value, ModelCheck::isTime, Code.NOT_A_TIME);
            case INSTANT -> text(value, ModelCheck::isInstant, Code.NOT_AN_INSTANT);
            case URI -> text(value, ModelCheck::isWebAddress, Code.NOT_A_WEB_ADDRESS);
            case EMAIL -> text(value, it -> MAIL.matcher(it).matches(), Code.NOT_A_MAIL_ADDRESS);
            case WORD -> text(value, member.words()::contains, Code.NOT_ONE_OF_THE_WORDS);
            case OBJECT -> unless(value.isObject(), Code.NOT_AN_OBJECT);
            case LIST -> unless(value.isArray(), Code.NOT_A_LIST);
        };
    }

    private static Optional<Code> text(JsonNode value, Predicate<String> test, Code code) {
        return unless(value.isTextual() && test.test(value.asText()), code);
    }

    private static Optional<Code> unless(boolean right, Code code) {
        return right ? Optional.empty() : Optional.of(code);
    }

    static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// `09:00`, `09:00:00`, with an offset or without.
    static boolean isTime(String text) {
        try {
            LocalTime.parse(OFFSET.matcher(text).replaceFirst(""));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isInstant(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text);
            // Of other schemes, some run programs where a page shows them as links.
            return ("http".equalsIgnoreCase(uri.getScheme())
                            || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.toASCIIString().equals(text);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static boolean isLanguage(String text) {
        return LANGUAGE.matcher(text).matches();
    }

    static boolean isCurrency(String text) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(it -> it.getCurrencyCode().equals(text));
    }
}
