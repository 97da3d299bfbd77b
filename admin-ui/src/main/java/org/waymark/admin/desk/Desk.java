// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.desk;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.Right;
import org.waymark.node.account.Staff;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Tab;

/// Opens a [Sheet] for each request. Thread-safe.
public final class Desk {

    private static final int A_YEAR_IN_SECONDS = 31_536_000;

    private final Domains domains;
    private final Pages pages;
    private final String languageCookie;

    public Desk(Domains domains) {
        this.domains = domains;
        this.pages = domains.pages().withTemplates("org.waymark.admin.templates");
        this.languageCookie = "waymark-" + domains.baseUrl().mark() + "-language";
    }

    /// For a page that needs nobody signed in.
    public Page open(ContainerRequestContext request) {
        return pages.open(language(request), "").forStaff();
    }

    /// For a page of the person who is signed in.
    ///
    /// @param section the first part of the address below `/admin/`, whose tab is marked
    public Sheet open(ContainerRequestContext request, String section) {
        var staff = Staff.of(request.getSecurityContext());
        var page = open(request);
        var done = Optional.ofNullable(request.getUriInfo().getQueryParameters().getFirst("done"));
        return new Sheet(
                pages,
                page,
                staff,
                domains.organizations().find(staff.organization()).orElseThrow(),
                otherOrganizations(staff),
                tabs(page, staff, section),
                done.flatMap(what -> Sheet.Notice.of(page, what)),
                ZoneId.systemDefault());
    }

    public Pages pages() {
        return pages;
    }

    private Language language(ContainerRequestContext request) {
        var chosen =
                Optional.ofNullable(request.getCookies().get(languageCookie))
                        .map(Cookie::getValue)
                        .flatMap(pages.languages()::find);
        var accepted = request.getHeaderString("Accept-Language");
        return chosen.orElseGet(
                () -> pages.languages().negotiate(accepted == null ? "" : accepted));
    }

    /// Keeps the language that someone chose for the staff pages of this node on this device.
    public NewCookie languageCookie(String tag) {
        return new NewCookie.Builder(languageCookie)
                .value(pages.languages().find(tag).map(Language::tag).orElse(""))
                .path("/admin")
                .secure(domains.baseUrl().secure())
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(A_YEAR_IN_SECONDS)
                .build();
    }

    private List<HostedOrganization> otherOrganizations(Staff staff) {
        return domains.sessions().organizations(staff).stream()
                .filter(id -> !id.equals(staff.organization()))
                .flatMap(id -> domains.organizations().find(id).stream())
                .toList();
    }

    /// @param anyOf who has one of these sees it; nothing: everybody
    private record Section(String name, Right... anyOf) {
        boolean isFor(Staff staff) {
            return anyOf.length == 0 || Arrays.stream(anyOf).anyMatch(staff::has);
        }
    }

    private static final List<Section> SECTIONS =
            List.of(
                    new Section(""),
                    new Section("referrals", Right.SEE_REFERRALS),
                    new Section("listings", Right.SEE_LISTINGS),
                    new Section("review", Right.REVIEW_LISTINGS),
                    new Section("partners", Right.SEE_PARTNERS),
                    new Section("evidence", Right.SEE_REFERRALS),
                    new Section(
                            "oversight",
                            Right.SEE_REFERRALS,
                            Right.MANAGE_ORGANIZATION,
                            Right.READ_AUDIT),
                    new Section("complaints", Right.READ_COMPLAINTS));

    private static List<Tab> tabs(Page page, Staff staff, String current) {
        return SECTIONS.stream()
                .filter(section -> section.isFor(staff))
                .map(
                        section ->
                                new Tab(
                                        page.say(
                                                "staff.tab."
                                                        + (section.name().isEmpty()
                                                                ? "start"
                                                                : section.name())),
                                        "/admin/" + section.name(),
                                        section.name().equals(current),
                                        0))
                .toList();
    }
}
