--liquibase formatted sql
--changeset oversight:0790

-- Ends of our own audit that partners say they keep: the check looks for each in the chain.
CREATE TABLE audit_claim (
    digest ${key} NOT NULL PRIMARY KEY,
    stated_at BIGINT NOT NULL,
    keeper ${key} NOT NULL
);
-- Who keeps whose, between us and a partner; one row for each direction.
CREATE TABLE audit_keeping (
    peer ${uuid} NOT NULL,
    whose ${key} NOT NULL,
    state ${key} NOT NULL,
    asked_at BIGINT NOT NULL,
    offer ${uri} NOT NULL,
    head_number BIGINT NOT NULL,
    heard_at BIGINT,
    forked_at BIGINT,
    PRIMARY KEY (peer, whose)
);
-- What is kept of partners, as they signed it. Two of one number stay both: that is what shows.
CREATE TABLE audit_kept_head (
    peer ${uuid} NOT NULL,
    head_number BIGINT NOT NULL,
    digest ${key} NOT NULL,
    stated_at BIGINT NOT NULL,
    document ${text} NOT NULL,
    PRIMARY KEY (peer, head_number, digest)
);
