// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What staff write down for a listing of their own.
///
/// @param provider who runs the service; empty for the publishing organisation itself
/// @param backing empty: as it is
public record Draft(
        Optional<UUID> provider,
        Text name,
        Text description,
        Set<Topic> topics,
        Access access,
        Text howToGetIn,
        List<Phone> phones,
        Optional<String> email,
        Optional<URI> website,
        List<Spot> spots,
        List<Schedule> schedules,
        List<SpokenLanguage> languages,
        Text cost,
        Text bring,
        Text eligibility,
        Answer nameNeeded,
        Answer papersNeeded,
        Answer mayHaveToReport,
        ReferralPolicy referralPolicy,
        Fit fit,
        Status status,
        Kind kind,
        Reach reach,
        Place place,
        Optional<Backing> backing) {

    /// An active, public offer of help with nothing but a name; the builder adds the rest.
    public static Builder named(Text name) {
        return new Builder(name);
    }

    /// What a listing says, to change some of it. Only for one that hides no place: what it does
    /// not show would be lost.
    static Builder of(Listing listing) {
        var builder = new Builder(listing.name());
        builder.provider = Optional.of(listing.provider().id());
        builder.description = listing.description();
        builder.topics = listing.topics();
        builder.access = listing.access();
        builder.howToGetIn = listing.howToGetIn();
        builder.phones = listing.phones();
        builder.email = listing.email();
        builder.website = listing.website();
        builder.spots = listing.spots();
        builder.schedules = listing.schedules();
        builder.languages = listing.languages();
        builder.cost = listing.cost();
        builder.bring = listing.bring();
        builder.eligibility = listing.eligibility();
        builder.nameNeeded = listing.nameNeeded();
        builder.papersNeeded = listing.papersNeeded();
        builder.mayHaveToReport = listing.mayHaveToReport();
        builder.referralPolicy = listing.referralPolicy();
        builder.fit = listing.fit();
        builder.status = listing.status();
        builder.kind = listing.kind();
        builder.reach = listing.reach();
        builder.place = listing.place();
        builder.backing = Optional.of(listing.details().backing());
        return builder;
    }

    /// Collects a draft; not for several threads.
    public static final class Builder {
        private Optional<UUID> provider = Optional.empty();
        private Text name;
        private Text description;
        private Set<Topic> topics = Set.of();
        private Access access = Access.UNKNOWN;
        private Text howToGetIn;
        private List<Phone> phones = List.of();
        private Optional<String> email = Optional.empty();
        private Optional<URI> website = Optional.empty();
        private List<Spot> spots = List.of();
        private List<Schedule> schedules = List.of();
        private List<SpokenLanguage> languages = List.of();
        private Text cost;
        private Text bring;
        private Text eligibility;
        private Answer nameNeeded = Answer.UNKNOWN;
        private Answer papersNeeded = Answer.UNKNOWN;
        private Answer mayHaveToReport = Answer.UNKNOWN;
        private ReferralPolicy referralPolicy = ReferralPolicy.UNKNOWN;
        private Fit fit = Fit.UNKNOWN;
        private Status status = Status.ACTIVE;
        private Kind kind = Kind.HELP;
        private Reach reach = Reach.PUBLIC;
        private Place place = Place.EXACT;
        private Optional<Backing> backing = Optional.empty();

        private Builder(Text name) {
            this.name = name;
            var none = Text.empty(name.baseLanguage());
            this.description = none;
            this.howToGetIn = none;
            this.cost = none;
            this.bring = none;
            this.eligibility = none;
        }

        public Builder provider(UUID provider) {
            this.provider = Optional.of(provider);
            return this;
        }

        public Builder name(Text name) {
            this.name = name;
            return this;
        }

        public Builder description(Text description) {
            this.description = description;
            return this;
        }

        public Builder topics(Set<Topic> topics) {
            this.topics = topics;
            return this;
        }

        public Builder access(Access access) {
            this.access = access;
            return this;
        }

        public Builder howToGetIn(Text howToGetIn) {
            this.howToGetIn = howToGetIn;
            return this;
        }

        public Builder phones(List<Phone> phones) {
            this.phones = phones;
            return this;
        }

        public Builder email(String email) {
            this.email = Optional.of(email);
            return this;
        }

        public Builder website(URI website) {
            this.website = Optional.of(website);
            return this;
        }

        public Builder spots(List<Spot> spots) {
            this.spots = spots;
            return this;
        }

        public Builder schedules(List<Schedule> schedules) {
            this.schedules = schedules;
            return this;
        }

        public Builder languages(List<SpokenLanguage> languages) {
            this.languages = languages;
            return this;
        }

        public Builder cost(Text cost) {
            this.cost = cost;
            return this;
        }

        public Builder bring(Text bring) {
            this.bring = bring;
            return this;
        }

        public Builder eligibility(Text eligibility) {
            this.eligibility = eligibility;
            return this;
        }

        public Builder nameNeeded(Answer nameNeeded) {
            this.nameNeeded = nameNeeded;
            return this;
        }

        public Builder papersNeeded(Answer papersNeeded) {
            this.papersNeeded = papersNeeded;
            return this;
        }

        public Builder mayHaveToReport(Answer mayHaveToReport) {
            this.mayHaveToReport = mayHaveToReport;
            return this;
        }

        public Builder referralPolicy(ReferralPolicy referralPolicy) {
            this.referralPolicy = referralPolicy;
            return this;
        }

        public Builder fit(Fit fit) {
            this.fit = fit;
            return this;
        }

        public Builder status(Status status) {
            this.status = status;
            return this;
        }

        public Builder kind(Kind kind) {
            this.kind = kind;
            return this;
        }

        public Builder reach(Reach reach) {
            this.reach = reach;
            return this;
        }

        public Builder place(Place place) {
            this.place = place;
            return this;
        }

        public Builder backing(Backing backing) {
            this.backing = Optional.of(backing);
            return this;
        }

        public Draft build() {
            return new Draft(
                    provider,
                    name,
                    description,
                    topics,
                    access,
                    howToGetIn,
                    phones,
                    email,
                    website,
                    spots,
                    schedules,
                    languages,
                    cost,
                    bring,
                    eligibility,
                    nameNeeded,
                    papersNeeded,
                    mayHaveToReport,
                    referralPolicy,
                    fit,
                    status,
                    kind,
                    reach,
                    place,
                    backing);
        }
    }
}
