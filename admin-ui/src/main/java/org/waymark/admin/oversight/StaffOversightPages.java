// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.oversight;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.AuditDesk;
import org.waymark.node.oversight.Breach;
import org.waymark.node.oversight.DataRequest;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Audit.Reason;
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

    /// Who did what.
    @GET
    @Path("audit")
    public Response audit(
            @Context ContainerRequestContext request,
            @QueryParam("record") @Nullable String record) {
        return audit(
                desk.open(request, SECTION),
                Optional.ofNullable(record).map(String::strip).orElse(""),
                Optional.empty());
    }

    /// Whether that record was touched. Not a GET: it reads everything and is written down.
    @POST
    @Path("audit/check")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var checked = domains.auditDesk().verify(sheet.acting(Purpose.OVERSIGHT));
        return audit(sheet, "", Optional.of(checked));
    }

    /// An administrator knows of what the check found, and says why.
    @POST
    @Path("audit/accept")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response accept(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var reason = fields.choice("reason", Reason.class);
        if (reason.isEmpty()) {
            return Sheet.to(PAGE + "/audit", "audit-reason-missing");
        }
        var accepted =
                domains.auditDesk()
                        .accept(
                                sheet.acting(Purpose.OVERSIGHT),
                                fields.text("finding"),
                                reason.get());
        return Sheet.to(PAGE + "/audit", accepted ? "oversight-saved" : "oversight-not-now");
    }

    private Response audit(Sheet sheet, String record, Optional<AuditDesk.Checked> checked) {
        var acting = sheet.acting(Purpose.OVERSIGHT);
        var entries =
                record.isEmpty()
                        ? domains.auditDesk().listNewest(acting)
                        : domains.auditDesk().list(acting, record);
        Map<AccountId, String> names =
                sheet.may(Right.SEE_LISTINGS) ? domains.accounts().colleagues(acting) : Map.of();
        return sheet.show(
                "oversight/audit",
                Map.of(
                        "lines",
                        entries.stream().map(it -> line(it, names)).toList(),
                        "checked",
                        checked,
                        "reasons",
                        Fields.among(sheet.page(), "staff.audit.reason", Reason.class, Set.of()),
                        "record",
                        record));
    }

    /// One entry, with the mail address of who it was, where that is known.
    public record Line(AuditEntry entry, String who) {}

    private static Line line(AuditEntry entry, Map<AccountId, String> names) {
        return new Line(entry, names.getOrDefault(entry.acting().account(), ""));
    }
}
