--liquibase formatted sql
--changeset listing:0520

-- The listings that followers were shown as posts, and the mark of what they read there last.
CREATE TABLE listing_post (
    listing_id ${uuid} NOT NULL PRIMARY KEY,
    hash VARCHAR(64) NOT NULL
);

-- One post about many changes. Until posted_at it is being counted.
CREATE TABLE listing_roundup (
    id ${uuid} NOT NULL PRIMARY KEY,
    publisher_id ${uuid} NOT NULL,
    changes INTEGER NOT NULL,
    posted_at BIGINT
);
CREATE INDEX listing_roundup_publisher ON listing_roundup (publisher_id, posted_at);
