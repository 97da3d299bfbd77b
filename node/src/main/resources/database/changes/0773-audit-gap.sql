--liquibase formatted sql
--changeset privacy:0773

-- Entries that the key folder remembers and a restored database does not have: where the chain goes on, under a seal of its own.
CREATE TABLE audit_gap (
    first_number BIGINT NOT NULL PRIMARY KEY,
    last_number BIGINT NOT NULL,
    last_seal ${key} NOT NULL,
    seal ${key} NOT NULL
);
