--liquibase formatted sql
--changeset privacy:0100

-- Who did what to which record, and why; never data. A row enters without number and seal, and gets both within a second.
CREATE TABLE audit_entry (
    id ${uuid} NOT NULL PRIMARY KEY,
    recorded_at BIGINT NOT NULL,
    account ${uuid} NOT NULL,
    organization ${uuid} NOT NULL,
    purpose ${key} NOT NULL,
    action ${key} NOT NULL,
    record ${uri} NOT NULL,
    chain_number BIGINT,
    seal ${key},
    CONSTRAINT audit_entry_number UNIQUE (chain_number)
);
CREATE INDEX audit_entry_record ON audit_entry (record, recorded_at);

-- One row: the last link. Taking it is the lease; who finds another number than it read stands back.
CREATE TABLE audit_head (
    chain_number BIGINT NOT NULL,
    seal ${key} NOT NULL
);
INSERT INTO audit_head VALUES (0, '');
