--liquibase formatted sql
--changeset listing:0603

-- What came of trying the web sites of listings.
CREATE TABLE listing_website (
    listing_id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    website ${uri} NOT NULL,
    failures INTEGER NOT NULL,
    tried_at BIGINT NOT NULL
);
CREATE INDEX listing_website_organization ON listing_website (organization, failures);

-- How far the round of each organisation is, and until when it rests.
CREATE TABLE listing_website_round (
    organization ${uuid} NOT NULL PRIMARY KEY,
    last_listing VARCHAR(36) NOT NULL,
    rests_until BIGINT NOT NULL
);
