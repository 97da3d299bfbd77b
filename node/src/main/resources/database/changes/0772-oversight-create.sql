--liquibase formatted sql
--changeset oversight:0772

-- Breaches of data. content (what happened, in words) is encrypted under a case key of its own; the rest says nothing of a person.
CREATE TABLE breach (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    case_id ${uuid} NOT NULL,
    content ${bytes} NOT NULL,
    risk ${key} NOT NULL,
    people INTEGER NOT NULL,
    known_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    authority_told_at BIGINT,
    partners_told_at BIGINT,
    people_told_at BIGINT,
    closed_at BIGINT
);
CREATE INDEX breach_organization ON breach (organization, known_at);
CREATE INDEX breach_case_id ON breach (case_id);

-- What people ask of their own data: no words of theirs are in it.
CREATE TABLE data_request (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    referral ${uuid},
    kind ${key} NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    is_extended BOOLEAN NOT NULL,
    outcome ${key},
    settled_at BIGINT
);
CREATE INDEX data_request_organization ON data_request (organization, settled_at);
