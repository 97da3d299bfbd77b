--liquibase formatted sql
--changeset listing:0530

-- "This is wrong", said about a listing of ours (RECEIVED) or by us about one of a partner (SENT).
CREATE TABLE correction (
    id ${uuid} NOT NULL PRIMARY KEY,
    side VARCHAR(10) NOT NULL,
    organization ${uuid} NOT NULL,
    listing ${uri},
    listing_id ${uuid},
    name VARCHAR(500) NOT NULL,
    flag ${uri} NOT NULL,
    other_actor ${uri} NOT NULL,
    other_name VARCHAR(500) NOT NULL,
    host ${key} NOT NULL,
    answerable BOOLEAN NOT NULL,
    said ${text} NOT NULL,
    state VARCHAR(10) NOT NULL,
    answer ${text},
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX correction_organization ON correction (organization, side, state);
CREATE INDEX correction_flag ON correction (flag);
CREATE INDEX correction_host ON correction (host, created_at);
