--liquibase formatted sql
--changeset listing:0540

-- Since when the owner of a copy tells us of no changes any more.
ALTER TABLE listing ADD COLUMN left_at BIGINT;

-- That we asked a partner to delete its copies of our listings, and when it said that it did.
CREATE TABLE listing_purge (
    activity ${uri} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    partner ${uri} NOT NULL,
    partner_name VARCHAR(500) NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT
);
CREATE INDEX listing_purge_organization ON listing_purge (organization, asked_at);
