--liquibase formatted sql
--changeset listing:0601

-- Changes of listings, and new ones, that wait for somebody who may publish them.
CREATE TABLE listing_draft (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    listing_id ${uuid} NOT NULL,
    is_new BOOLEAN NOT NULL,
    name VARCHAR(500) NOT NULL,
    account ${uuid} NOT NULL,
    written_at BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    decided_by ${uuid},
    answer ${text},
    before_document ${text} NOT NULL,
    after_document ${text} NOT NULL,
    kind VARCHAR(20) NOT NULL,
    reach VARCHAR(20) NOT NULL,
    place VARCHAR(20) NOT NULL
);
CREATE INDEX listing_draft_organization ON listing_draft (organization, state, written_at);

-- Remarks of staff among themselves; they leave the node by no way.
CREATE TABLE listing_staff_note (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    listing_id ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    written_at BIGINT NOT NULL,
    words ${text} NOT NULL
);
CREATE INDEX listing_staff_note_listing ON listing_staff_note (listing_id, organization);
