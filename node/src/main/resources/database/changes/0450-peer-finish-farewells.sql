--liquibase formatted sql
--changeset peer:0450

-- Since when a closing organisation waits for nothing but that its last words arrive.
ALTER TABLE organization_farewell ADD COLUMN finished_at BIGINT;
