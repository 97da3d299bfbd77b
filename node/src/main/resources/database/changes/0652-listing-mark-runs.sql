--liquibase formatted sql
--changeset listing:0652

-- When the run of a file began that has not come to its end; empty while it waits.
ALTER TABLE listing_file ADD COLUMN run_at BIGINT;
