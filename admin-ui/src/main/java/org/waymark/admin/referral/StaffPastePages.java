// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.writing.PastedRow;
import org.waymark.node.referral.writing.PastedRow.Column;
import org.waymark.node.referral.writing.WritingAids;

/// `/admin/paste`: a row of a spreadsheet becomes a form that is filled in already. The row is kept
/// nowhere; in which order its columns come is.
@Path("/admin/paste")
public final class StaffPastePages {

    private static final int MAX_PASTED = 20_000;

    private final WritingAids aids;
    private final StaffReferralPages pages;
    private final Desk desk;

    public StaffPastePages(Domains domains, Desk desk, StaffReferralPages pages) {
        this.aids = domains.writingAids();
        this.pages = pages;
        this.desk = desk;
    }

    @GET
    public Response open(
            @Context ContainerRequestContext request,
            @QueryParam("listing") UUID listing,
            @QueryParam("call") List<UUID> calls) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        return show(200, sheet, listing, calls, "", List.of(), List.of());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response paste(
            @Context ContainerRequestContext request,
            @QueryParam("listing") UUID listing,
            @QueryParam("call") List<UUID> calls,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var fields = new Fields(form);
        // Not stripped: an empty first cell is a cell.
        var text = Optional.ofNullable(form.getFirst("row")).orElse("");
        var row = text.length() > MAX_PASTED ? Optional.<PastedRow>empty() : PastedRow.read(text);
        if (row.isEmpty()) {
            var wrong =
                    new Wrong(
                            "row",
                            text.length() > MAX_PASTED
                                    ? sheet.page().say("ask.too-long", MAX_PASTED)
                                    : sheet.page().say("staff.paste.row.wrong"));
            return show(422, sheet, listing, calls, text, List.of(), List.of(wrong));
        }
        var order =
                chosen(fields, row.get())
                        .or(() -> row.get().columns())
                        .or(
                                () ->
                                        fields.isTicked("ask")
                                                ? Optional.empty()
                                                : aids.columnOrder(acting)
                                                        .filter(it -> fits(it, row.get())));
        if (order.isEmpty()) {
            return show(200, sheet, listing, calls, text, row.get().cells(), List.of());
        }
        aids.rememberOrder(acting, order.get());
        return pages.prefilled(
                sheet, listing, calls, fields(sheet.page(), row.get().values(order.get())));
    }

    /// A sheet with a column more or less is asked about anew: a cell in the wrong field travels.
    private static boolean fits(List<Column> order, PastedRow row) {
        return order.size() == row.cells().size()
                && order.stream().anyMatch(it -> it != Column.NOTHING);
    }

    /// What somebody said the columns are for.
    private static Optional<List<Column>> chosen(Fields fields, PastedRow row) {
        if (fields.text("column-0").isEmpty()) {
            return Optional.empty();
        }
        var order = new ArrayList<Column>();
        for (int i = 0; i < row.cells().size(); i++) {
            order.add(fields.choice("column-" + i, Column.NOTHING));
        }
        return Optional.of(order);
    }

    private static Fields fields(Page page, Map<Column, String> values) {
        var known = new MultivaluedHashMap<String, String>();
        values.forEach(
                (column, cell) -> {
                    switch (column) {
                        case REASON -> known.putSingle("reason", cell);
                        case NAME -> known.putSingle("preferred-name", cell);
                        case PHONE -> known.putSingle("address", cell);
                        case ADULTS -> known.putSingle("adults", digits(cell));
                        case CHILDREN -> known.putSingle("children", digits(cell));
                        case LANGUAGE ->
                                tag(page, cell).ifPresent(it -> known.putSingle("interpreter", it));
                        case CASE_NUMBER -> known.putSingle("case-number", cell);
                        case SAFE_TIMES -> known.putSingle("safe-times", cell);
                        case NOTHING -> {
                            // Left out.
                        }
                    }
                });
        return new Fields(known);
    }

    private static String digits(String cell) {
        // The first number of "2 (1 w, 1 m)", and not all its digits.
        return cell.codePoints()
                .dropWhile(it -> !Character.isDigit(it))
                .takeWhile(Character::isDigit)
                .map(it -> Character.digit(it, 10))
                .limit(2)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    /// The language that a cell names: by its tag, or in the language of the page or in English.
    private static Optional<String> tag(Page page, String cell) {
        return ReferralForm.INTERPRETED.stream()
                .filter(
                        tag ->
                                cell.equalsIgnoreCase(tag)
                                        || cell.equalsIgnoreCase(page.formats().languageName(tag))
                                        || cell.equalsIgnoreCase(
                                                Locale.forLanguageTag(tag)
                                                        .getDisplayLanguage(Locale.ENGLISH)))
                .findFirst();
    }

    /// @param cells of a row whose columns nobody has named yet
    private Response show(
            int status,
            Sheet sheet,
            UUID listing,
            List<UUID> calls,
            String row,
            List<String> cells,
            List<Wrong> errors) {
        return sheet.show(
                status,
                "referral/paste",
                Map.of(
                        "query",
                        StaffCallPages.parameters(listing, calls),
                        "row",
                        row,
                        "cells",
                        cells,
                        "errors",
                        errors));
    }
}
