// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.waymark.node.listing.ListingId;
import org.waymark.node.referral.NewReferral.Protection;

/// What staff fill in once for a household: who they are, and what for whom.
///
/// @param caseNumber the organisation's own
/// @param minorAlone no adult of them is parent or guardian of the children
public record NewHousehold(
        List<Member> members,
        List<Service> services,
        String caseNumber,
        Set<Protection> protection,
        boolean minorAlone) {

    // A to H: larger families are rare, and two forms do.
    public static final int MOST_MEMBERS = 8;

    /// @param contact how an adult is reached safely; of children there is none
    public record Member(String letter, boolean isAdult, Travelling.Contact contact) {}

    /// @param letters for which of them
    /// @param interpreter a language somebody must interpret, as a BCP 47 tag
    public record Service(
            ListingId listing,
            String reason,
            Urgency urgency,
            Optional<String> interpreter,
            Set<String> letters) {
        public Service {
            letters = Set.copyOf(letters);
        }
    }

    public NewHousehold {
        members = List.copyOf(members);
        services = List.copyOf(services);
        protection = Set.copyOf(protection);
        if (members.size() > MOST_MEMBERS) {
            throw new IllegalArgumentException("A household has at most " + MOST_MEMBERS);
        }
    }

    /// Who is called about a service: the first adult it is for, or the first of the household, who
    /// speaks for the children.
    Optional<Member> calledAbout(Service service) {
        return adults().filter(it -> service.letters().contains(it.letter()))
                .findFirst()
                .or(() -> adults().findFirst());
    }

    private Stream<Member> adults() {
        return members.stream().filter(Member::isAdult);
    }
}
