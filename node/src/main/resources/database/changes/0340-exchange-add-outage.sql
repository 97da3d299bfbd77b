--liquibase formatted sql
--changeset exchange:0340

-- When the first of the attempts failed that failed without a success between.
ALTER TABLE remote_host ADD COLUMN failing_since BIGINT;
