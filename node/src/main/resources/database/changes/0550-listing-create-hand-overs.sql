--liquibase formatted sql
--changeset listing:0550

-- Listings on their way to another organisation (GIVEN), or to ours (TAKEN), with what each side
-- signed.
CREATE TABLE listing_hand_over (
    id ${uuid} NOT NULL PRIMARY KEY,
    side VARCHAR(10) NOT NULL,
    state VARCHAR(20) NOT NULL,
    organization ${uuid} NOT NULL,
    listing ${uri} NOT NULL,
    name VARCHAR(500) NOT NULL,
    other_actor ${uri} NOT NULL,
    other_name VARCHAR(500) NOT NULL,
    offer ${uri} NOT NULL,
    given ${text} NOT NULL,
    taken ${text},
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX listing_hand_over_offer ON listing_hand_over (offer, side);
CREATE INDEX listing_hand_over_organization ON listing_hand_over (organization, changed_at);
CREATE INDEX listing_hand_over_listing ON listing_hand_over (listing);
CREATE INDEX listing_hand_over_other ON listing_hand_over (other_actor);
