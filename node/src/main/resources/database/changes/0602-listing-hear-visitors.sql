--liquibase formatted sql
--changeset listing:0602

-- The hash of the code by which a visitor, who has no account, reads what came of their word.
ALTER TABLE correction ADD COLUMN code_hash VARCHAR(64);
CREATE INDEX correction_code ON correction (code_hash);

-- Links by which those who run a service say, without an account, whether its listing is right.
CREATE TABLE listing_link (
    id ${uuid} NOT NULL PRIMARY KEY,
    secret_hash VARCHAR(64) NOT NULL,
    listing_id ${uuid} NOT NULL,
    organization ${uuid} NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX listing_link_secret ON listing_link (secret_hash);
CREATE INDEX listing_link_listing ON listing_link (listing_id, expires_at);
