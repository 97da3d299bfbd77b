--liquibase formatted sql
--changeset referral:0720

-- Calls about a listing before there is a referral; nothing of a person is in them. A referral written after the call takes the row
-- over into its timeline.
CREATE TABLE listing_call (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    listing ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    called_at BIGINT NOT NULL,
    result ${key} NOT NULL
);
CREATE INDEX listing_call_listing ON listing_call (organization, listing, called_at);
