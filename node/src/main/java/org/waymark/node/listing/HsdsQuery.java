// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.http.Problem;

/// What somebody asks the HSDS API for. Parameters that a list does not have are ignored, as HSDS
/// servers do; those that cannot be understood are refused.
final class HsdsQuery {

    // 100: a page of whole services stays under half a megabyte.
    static final int MOST_PER_PAGE = 100;
    static final int USUAL_PER_PAGE = 50;
    // With up to 50 services each.
    static final int MOST_WHOLE_ORGANIZATIONS = 10;

    private final List<HsdsParameter> known;
    private final MultivaluedMap<String, String> given;

    private HsdsQuery(List<HsdsParameter> known, MultivaluedMap<String, String> given) {
        this.known = known;
        this.given = given;
    }

    static HsdsQuery of(HsdsKind kind, MultivaluedMap<String, String> given) {
        var query = new HsdsQuery(kind.parameters(), given);
        query.check();
        return query;
    }

    static HsdsQuery ofOne(HsdsKind kind, MultivaluedMap<String, String> given) {
        var query = new HsdsQuery(kind.parametersOfOne(), given);
        query.check();
        return query;
    }

    private void check() {
        for (var parameter : known) {
            switch (parameter.type()) {
                case TEXT -> text(parameter);
                case WORD -> isLines();
                case NUMBER -> number(parameter);
                case UUID -> uuid(parameter);
                case INSTANT -> instant(parameter);
                case FLAG -> flag(parameter);
            }
        }
        if (text(HsdsParameter.POSTCODE).map(HsdsFacts::postcode).filter(""::equals).isPresent()) {
            throw refused(HsdsParameter.POSTCODE, "has letters or digits");
        }
        if (text(HsdsParameter.PROXIMITY).isPresent() && text(HsdsParameter.POSTCODE).isEmpty()) {
            throw refused(HsdsParameter.PROXIMITY, "needs postcode");
        }
    }

    Optional<String> text(HsdsParameter parameter) {
        return known.contains(parameter)
                ? Optional.ofNullable(given.getFirst(parameter.word()))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    boolean flag(HsdsParameter parameter) {
        return text(parameter)
                .map(
                        word ->
                                switch (word) {
                                    case "true", "1" -> true;
                                    case "false", "0" -> false;
                                    default -> throw refused(parameter, "is true or false");
                                })
                .orElse(false);
    }

    Optional<UUID> uuid(HsdsParameter parameter) {
        return text(parameter)
                .map(
                        text ->
                                Document.uuid(text)
                                        .orElseThrow(() -> refused(parameter, "is a UUID")));
    }

    Optional<Integer> number(HsdsParameter parameter) {
        int most = parameter == HsdsParameter.PER_PAGE ? mostPerPage() : Integer.MAX_VALUE;
        return text(parameter)
                .map(
                        text -> {
                            if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
                                throw refused(parameter, "is a number from 1 to " + most);
                            }
                            return Integer.parseInt(text);
                        });
    }

    /// A moment; one without a zone is in UTC, a day begins in UTC.
    Optional<Instant> instant(HsdsParameter parameter) {
        return text(parameter)
                .map(
                        text -> {
                            // A plus in an address that was not written as %2B.
                            var written = text.replace(' ', '+');
                            try {
                                if (written.length() == 10) {
                                    return LocalDate.parse(written)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant();
                                }
                                return written.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                                        ? OffsetDateTime.parse(written).toInstant()
                                        : LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
                            } catch (DateTimeException e) {
                                throw refused(parameter, "is a time such as 2026-01-31T09:00:00Z");
                            }
                        });
    }

    /// Whether all results are wanted, one on each line.
    boolean isLines() {
        return text(HsdsParameter.FORMAT)
                .map(
                        word ->
                                switch (word) {
                                    case "ndjson" -> true;
                                    case "json" -> false;
                                    default ->
                                            throw refused(
                                                    HsdsParameter.FORMAT, "is json or ndjson");
                                })
                .orElse(false);
    }

    int page() {
        return number(HsdsParameter.PAGE).orElse(1);
    }

    /// How many objects a page has at most.
    int size() {
        return number(HsdsParameter.PER_PAGE)
                .orElse(
                        flag(HsdsParameter.MINIMAL)
                                ? Integer.MAX_VALUE
                                : Math.min(USUAL_PER_PAGE, mostPerPage()));
    }

    int mostPerPage() {
        return wantsWholeOrganizations() ? MOST_WHOLE_ORGANIZATIONS : MOST_PER_PAGE;
    }

    /// Whether a list of organizations has their services in it.
    boolean wantsWholeOrganizations() {
        return known.contains(HsdsParameter.FULL_SERVICE)
                && (flag(HsdsParameter.FULL) || flag(HsdsParameter.FULL_SERVICE));
    }

    private static RuntimeException refused(HsdsParameter parameter, String why) {
        return Problem.of(400, "parameter-not-understood", parameter.word() + " " + why);
    }
}
