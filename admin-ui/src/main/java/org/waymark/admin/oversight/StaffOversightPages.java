// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.oversight;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waymark.admin.desk.Desk;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.AuditDesk;
import org.waymark.node.oversight.Breach;
import org.waymark.node.oversight.DataRequest;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.AuditEntry;
import org.waymark.node.privacy.Purpose;

/// `/admin/oversight`: what people ask of their data, breaches, and who did what.
@Path(StaffOversightPages.PAGE)
public final class StaffOversightPages {

    static final String PAGE = "/admin/oversight";
    static final String SECTION = "oversight";

    private final Domains domains;
    private final Desk desk;

    public StaffOversightPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.OVERSIGHT);
        List<DataRequest> asked =
                sheet.may(Right.SEE_REFERRALS) ? domains.dataRequests().list(acting) : List.of();
        List<Breach> breaches =
                sheet.may(Right.MANAGE_ORGANIZATION) ? domains.breaches().list(acting) : List.of();
        return sheet.show("oversight/show", Map.of("asked", asked, "breaches", breaches));
    }

    /// Who did what, and with `check` whether that record was touched.
    @GET
    @Path("audit")
    public Response audit(
            @Context ContainerRequestContext request,
            @QueryParam("check") @Nullable String check,
            @QueryParam("record") @Nullable String record) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.OVERSIGHT);
        var entries =
                record == null || record.isBlank()
                        ? domains.auditDesk().listNewest(acting)
                        : domains.auditDesk().list(acting, record.strip());
        Optional<AuditDesk.Checked> checked =
                check == null ? Optional.empty() : Optional.of(domains.auditDesk().verify(acting));
        Map<AccountId, String> names =
                sheet.may(Right.SEE_LISTINGS) ? domains.accounts().colleagues(acting) : Map.of();
        return sheet.show(
                "oversight/audit",
                Map.of(
                        "lines",
                        entries.stream().map(it -> line(it, names)).toList(),
                        "checked",
                        checked,
                        "record",
                        record == null ? "" : record.strip()));
    }

    /// One entry, with the mail address of who it was, where that is known.
    public record Line(AuditEntry entry, String who) {}

    private static Line line(AuditEntry entry, Map<AccountId, String> names) {
        return new Line(entry, names.getOrDefault(entry.acting().account(), ""));
    }
}
