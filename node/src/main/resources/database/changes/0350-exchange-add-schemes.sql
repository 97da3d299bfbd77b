--liquibase formatted sql
--changeset exchange:0350

-- How the server was last seen to read signatures, and when.
ALTER TABLE remote_host ADD COLUMN scheme VARCHAR(20);
ALTER TABLE remote_host ADD COLUMN scheme_seen_at BIGINT;
