--liquibase formatted sql
--changeset listing:0600

-- By when each own listing has to be checked again; empty for what nobody ever checked.
CREATE TABLE listing_due (
    listing_id ${uuid} NOT NULL PRIMARY KEY,
    due VARCHAR(10) NOT NULL
);

-- How often an organisation checks its listings, if it said so, and what its listings say now.
CREATE TABLE organization_rhythm (
    organization ${uuid} NOT NULL PRIMARY KEY,
    months INTEGER,
    applied INTEGER NOT NULL
);

-- What staff keep beside a listing of theirs: a rhythm of its own, and whom to ask.
CREATE TABLE listing_care (
    listing_id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    months INTEGER,
    ask_mail VARCHAR(320)
);

-- Calls to find out whether a listing is still right that nobody answered.
CREATE TABLE listing_failed_call (
    id ${uuid} NOT NULL PRIMARY KEY,
    listing_id ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    called_at BIGINT NOT NULL
);
CREATE INDEX listing_failed_call_listing ON listing_failed_call (listing_id, called_at);

-- What a listing was after each change by a person here: the service and its places as JSON.
CREATE TABLE listing_version (
    id ${uuid} NOT NULL PRIMARY KEY,
    listing_id ${uuid} NOT NULL,
    number INTEGER NOT NULL,
    happened_at BIGINT NOT NULL,
    account ${uuid},
    action VARCHAR(40) NOT NULL,
    batch ${uuid},
    hash VARCHAR(64) NOT NULL,
    document ${text} NOT NULL
);
CREATE UNIQUE INDEX listing_version_number ON listing_version (listing_id, number);
CREATE INDEX listing_version_batch ON listing_version (batch);
