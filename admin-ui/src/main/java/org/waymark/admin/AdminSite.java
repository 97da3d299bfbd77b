// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import java.util.List;
import org.waymark.admin.account.StaffLockPages;
import org.waymark.admin.account.StaffPasswordPages;
import org.waymark.admin.account.StaffPeoplePages;
import org.waymark.admin.account.StaffSignInPages;
import org.waymark.admin.complaint.ComplaintTasks;
import org.waymark.admin.complaint.StaffComplaintPages;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.evidence.StaffEvidencePages;
import org.waymark.admin.listing.StaffBulkPages;
import org.waymark.admin.listing.StaffCampaignPages;
import org.waymark.admin.listing.StaffCarePages;
import org.waymark.admin.listing.StaffCheckPages;
import org.waymark.admin.listing.StaffClosingPages;
import org.waymark.admin.listing.StaffCorrectionPages;
import org.waymark.admin.listing.StaffDraftPages;
import org.waymark.admin.listing.StaffFindPages;
import org.waymark.admin.listing.StaffHandOverPages;
import org.waymark.admin.listing.StaffHistoryPages;
import org.waymark.admin.listing.StaffImportPages;
import org.waymark.admin.listing.StaffListingPages;
import org.waymark.admin.listing.StaffNotePages;
import org.waymark.admin.listing.StaffQualityPages;
import org.waymark.admin.listing.StaffReviewPages;
import org.waymark.admin.listing.StaffSearchPages;
import org.waymark.admin.listing.StaffSharedPages;
import org.waymark.admin.listing.StaffTaxonomyPages;
import org.waymark.admin.listing.StaffTranslationPages;
import org.waymark.admin.listing.StaffTwinPages;
import org.waymark.admin.mail.StaffMailPages;
import org.waymark.admin.mail.StaffMailReceiverPages;
import org.waymark.admin.mail.StaffMailedPages;
import org.waymark.admin.oversight.OversightTasks;
import org.waymark.admin.oversight.StaffBreachPages;
import org.waymark.admin.oversight.StaffDataPages;
import org.waymark.admin.oversight.StaffKeeperPages;
import org.waymark.admin.oversight.StaffOversightPages;
import org.waymark.admin.peer.PartnerTasks;
import org.waymark.admin.peer.StaffAgreementPages;
import org.waymark.admin.peer.StaffDeliveryPages;
import org.waymark.admin.peer.StaffEndingPages;
import org.waymark.admin.peer.StaffFocalPointPages;
import org.waymark.admin.peer.StaffFollowerPages;
import org.waymark.admin.peer.StaffPartnerPages;
import org.waymark.admin.referral.PersonTasks;
import org.waymark.admin.referral.ReferralTasks;
import org.waymark.admin.referral.StaffCalendarPages;
import org.waymark.admin.referral.StaffCallPages;
import org.waymark.admin.referral.StaffFormPages;
import org.waymark.admin.referral.StaffHouseholdPages;
import org.waymark.admin.referral.StaffPastePages;
import org.waymark.admin.referral.StaffPersonPages;
import org.waymark.admin.referral.StaffPlaceCheckPages;
import org.waymark.admin.referral.StaffReferralMoves;
import org.waymark.admin.referral.StaffReferralPages;
import org.waymark.admin.referral.StaffSuggestPages;
import org.waymark.admin.referral.StaffTeamPages;
import org.waymark.admin.referral.StaffWritingPages;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.node.extension.Domains;
import org.waymark.node.extension.StaffSite;

/// All staff pages, found by the node through ServiceLoader.
public final class AdminSite implements StaffSite {

    @Override
    public List<Object> resources(Domains domains) {
        var desk = new Desk(domains);
        var checks = new StaffCheckPages(domains, desk);
        var drafts = new StaffDraftPages(domains, desk);
        var review = new StaffReviewPages(domains, desk);
        var corrections = new StaffCorrectionPages(domains, desk);
        var handOvers = new StaffHandOverPages(domains, desk);
        var mail = new StaffMailPages(domains, desk);
        var requests = new StaffReferralPages(domains, desk);
        var placeChecks = new StaffPlaceCheckPages(domains, desk);
        return List.of(
                new StaffSignInPages(domains, desk),
                new StaffPasswordPages(domains, desk),
                new StaffLockPages(domains, desk),
                new StaffPeoplePages(domains, desk),
                new StaffStartPages(
                        desk,
                        domains.keyLock(),
                        List.of(
                                new ReferralTasks(domains),
                                placeChecks,
                                new PersonTasks(domains),
                                new OversightTasks(domains),
                                new ComplaintTasks(domains),
                                new PartnerTasks(domains),
                                review,
                                checks,
                                drafts,
                                corrections,
                                handOvers,
                                mail)),
                new StaffListingPages(domains, desk),
                new StaffClosingPages(domains, desk),
                new StaffFindPages(domains, desk),
                new StaffSearchPages(domains, desk),
                new StaffSharedPages(domains, desk),
                new StaffTranslationPages(domains, desk),
                new StaffImportPages(domains, desk),
                new StaffTwinPages(domains, desk),
                new StaffTaxonomyPages(domains, desk),
                review,
                checks,
                drafts,
                new StaffQualityPages(domains, desk),
                new StaffBulkPages(domains, desk),
                new StaffHistoryPages(domains, desk),
                new StaffNotePages(domains, desk),
                new StaffCarePages(domains, desk),
                new StaffCampaignPages(domains, desk),
                corrections,
                handOvers,
                requests,
                new StaffSuggestPages(domains, desk),
                new StaffPastePages(domains, desk, requests),
                new StaffWritingPages(domains, desk),
                new StaffFormPages(domains, desk),
                new StaffTeamPages(domains, desk),
                new StaffHouseholdPages(domains, desk),
                new StaffReferralMoves(domains, desk, requests),
                new StaffCallPages(domains, desk),
                placeChecks,
                new StaffCalendarPages(domains, desk),
                new StaffEvidencePages(domains, desk),
                new StaffOversightPages(domains, desk),
                new StaffKeeperPages(domains, desk),
                new StaffBreachPages(domains, desk),
                new StaffDataPages(domains, desk),
                new StaffPersonPages(domains, desk),
                new StaffComplaintPages(domains, desk),
                new StaffPartnerPages(domains, desk),
                new StaffDeliveryPages(domains, desk),
                mail,
                new StaffMailReceiverPages(domains, desk),
                new StaffMailedPages(domains, desk),
                new StaffFollowerPages(domains, desk),
                new StaffEndingPages(domains, desk),
                new StaffAgreementPages(domains, desk),
                new StaffFocalPointPages(domains, desk));
    }
}
