--liquibase formatted sql
--changeset listing:0510

-- What has left this node, so that it can be called back: nothing else is ever spoken of outside.
CREATE TABLE shared_listing (
    listing_id ${uuid} NOT NULL PRIMARY KEY,
    publisher_id ${uuid} NOT NULL,
    state VARCHAR(10) NOT NULL,
    public_since BIGINT,
    changed_at BIGINT NOT NULL,
    change_number BIGINT NOT NULL
);
CREATE INDEX shared_listing_change ON shared_listing (publisher_id, change_number);

-- Up to which change partners were told.
CREATE TABLE listing_sender (
    told BIGINT NOT NULL
);
INSERT INTO listing_sender (told) VALUES (0);

-- How far we have read the listings of each partner organisation.
CREATE TABLE listing_pull (
    partner ${uri} NOT NULL PRIMARY KEY,
    since VARCHAR(500),
    page ${uri},
    page_cursor VARCHAR(500)
);
