--liquibase formatted sql
--changeset privacy:0770

-- At most one row: up to which entry the audit was pruned, and a seal over it by a key that the database does not hold.
CREATE TABLE audit_checkpoint (
    chain_number BIGINT NOT NULL PRIMARY KEY,
    chain_seal ${key} NOT NULL,
    pruned_at BIGINT NOT NULL,
    seal ${key} NOT NULL
);
CREATE INDEX audit_entry_organization ON audit_entry (organization, recorded_at);
