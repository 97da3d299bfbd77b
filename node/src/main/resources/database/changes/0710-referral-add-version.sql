--liquibase formatted sql
--changeset referral:0710

-- The version of what was said to the other side, so that what did not arrive can be said once more.
ALTER TABLE referral_event ADD COLUMN version BIGINT;
