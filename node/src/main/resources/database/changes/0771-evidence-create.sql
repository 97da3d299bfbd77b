--liquibase formatted sql
--changeset evidence:0771

-- What happened this month, counted: nothing of a person, and no referral, is in it. Empty texts stand for what is not said, so that
-- rows compare. A row of evidence_fresh lives until the next night, when it is added to evidence_count.
CREATE TABLE evidence_fresh (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    counted_month VARCHAR(7) NOT NULL,
    side ${key} NOT NULL,
    measure ${key} NOT NULL,
    listing ${key} NOT NULL,
    partner ${uri} NOT NULL,
    topic ${key} NOT NULL,
    detail ${key} NOT NULL,
    language ${key} NOT NULL,
    hours INTEGER NOT NULL,
    in_time BOOLEAN NOT NULL,
    is_protected BOOLEAN NOT NULL,
    times BIGINT NOT NULL
);
CREATE TABLE evidence_count (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    counted_month VARCHAR(7) NOT NULL,
    side ${key} NOT NULL,
    measure ${key} NOT NULL,
    listing ${key} NOT NULL,
    partner ${uri} NOT NULL,
    topic ${key} NOT NULL,
    detail ${key} NOT NULL,
    language ${key} NOT NULL,
    hours INTEGER NOT NULL,
    in_time BOOLEAN NOT NULL,
    is_protected BOOLEAN NOT NULL,
    times BIGINT NOT NULL
);
CREATE INDEX evidence_count_month ON evidence_count (organization, counted_month);
