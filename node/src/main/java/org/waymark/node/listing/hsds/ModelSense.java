// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import org.waymark.node.listing.hsds.Fault.Code;

/// What the members of an object say together must make sense, too. HSDS allows what this names, so
/// it is reported and never taken out.
final class ModelSense {

    private ModelSense() {}

    static void check(String object, ObjectNode json, String path, List<Fault> faults) {
        switch (object) {
            case "schedule" -> {
                period(json, path, faults);
                if (!Recurrence.isRule(json)) {
                    faults.add(new Fault(Code.NOT_A_RULE, path));
                }
            }
            case "cost_option" -> {
                period(json, path, faults);
                notBelowZero(json, "amount", path, faults);
                var currency = json.path("currency");
                if (currency.isTextual() && !ModelCheck.isCurrency(currency.asText())) {
                    faults.add(new Fault(Code.NOT_A_CURRENCY, path + ".currency"));
                }
            }
            case "service" -> {
                notBelowZero(json, "minimum_age", path, faults);
                notBelowZero(json, "maximum_age", path, faults);
                if (number(json, "maximum_age", Double.MAX_VALUE)
                        < number(json, "minimum_age", 0)) {
                    faults.add(new Fault(Code.AGES_REVERSED, path));
                }
            }
            case "location" -> {
                if (Math.abs(number(json, "latitude", 0)) > 90
                        || Math.abs(number(json, "longitude", 0)) > 180) {
                    faults.add(new Fault(Code.OUTSIDE_THE_EARTH, path));
                }
            }
            case "service_capacity" -> {
                notBelowZero(json, "available", path, faults);
                if (number(json, "available", 0) > number(json, "maximum", Double.MAX_VALUE)) {
                    faults.add(new Fault(Code.MORE_THAN_THERE_IS, path));
                }
            }
            case "language" -> {
                var code = json.path("code");
                if (code.isTextual() && !ModelCheck.isLanguage(code.asText())) {
                    faults.add(new Fault(Code.NOT_A_LANGUAGE, path + ".code"));
                }
            }
            default -> {
                // Nothing that the members say together.
            }
        }
    }

    private static void period(ObjectNode json, String path, List<Fault> faults) {
        var from = json.path("valid_from").asText();
        var to = json.path("valid_to").asText();
        if (ModelCheck.isDate(from)
                && ModelCheck.isDate(to)
                && LocalDate.parse(to).isBefore(LocalDate.parse(from))) {
            faults.add(new Fault(Code.PERIOD_REVERSED, path));
        }
    }

    private static void notBelowZero(
            ObjectNode json, String member, String path, List<Fault> faults) {
        if (number(json, member, 0) < 0) {
            faults.add(new Fault(Code.BELOW_ZERO, path + "." + member));
        }
    }

    private static double number(ObjectNode json, String member, double otherwise) {
        return json.path(member).isNumber() ? json.path(member).asDouble() : otherwise;
    }
}
