// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.List;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `focal_point`: those of the organisations hosted here. A partner's stand in the
/// agreement it signed.
final class FocalPointTable {

    private FocalPointTable() {}

    static List<FocalPoint> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT duty, role, phone, hours, languages, checked_on FROM focal_point"
                        + " WHERE organization = ? ORDER BY duty",
                FocalPointTable::focalPoint,
                organization.value());
    }

    static void replace(Transaction tx, OrganizationId organization, FocalPoint point) {
        tx.update(
                "DELETE FROM focal_point WHERE organization = ? AND duty = ?",
                organization.value(),
                point.duty());
        tx.update(
                "INSERT INTO focal_point (organization, duty, role, phone, hours, languages,"
                        + " checked_on) VALUES (?, ?, ?, ?, ?, ?, ?)",
                organization.value(),
                point.duty(),
                point.role(),
                point.phone(),
                point.hours(),
                String.join(",", point.languages()),
                point.checkedOn());
    }

    private static FocalPoint focalPoint(Row row) {
        var languages = row.optionalText("languages").orElse("");
        return new FocalPoint(
                row.enumOf("duty", Duty.class),
                row.text("role"),
                row.text("phone"),
                row.optionalText("hours").orElse(""),
                languages.isEmpty() ? List.of() : List.of(languages.split(",")),
                row.date("checked_on"));
    }
}
