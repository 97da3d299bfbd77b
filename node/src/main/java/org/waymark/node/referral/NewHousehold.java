// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    public record Member(String letter, boolean isAdult, Travelling.Contact contact) {
        @Override
        public String toString() {
            return "Member[hidden]";
        }
    }

    /// @param letters for which of them
    /// @param interpreter a language somebody must interpret, as a BCP 47 tag
    /// @param called the letter of who is called about it, as somebody chose
    public record Service(
            ListingId listing,
            String reason,
            Urgency urgency,
            Optional<String> interpreter,
            Set<String> letters,
            Optional<String> called) {
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

    /// Who is called about a service: its only adult, or whom somebody chose among its adults, and
    /// among all adults where it is for children alone. The order of the rows says nothing.
    public Optional<Member> calledAbout(Service service) {
        var served =
                adults().stream().filter(it -> service.letters().contains(it.letter())).toList();
        if (served.size() == 1) {
            return Optional.of(served.getFirst());
        }
        return (served.isEmpty() ? adults() : served)
                .stream()
                        .filter(it -> service.called().equals(Optional.of(it.letter())))
                        .findFirst();
    }

    public List<Member> adults() {
        return members.stream().filter(Member::isAdult).toList();
    }
}
