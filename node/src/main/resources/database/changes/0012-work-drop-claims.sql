--liquibase formatted sql
--changeset work:0012

-- Who works on a job is known to the one process of the node.
ALTER TABLE job DROP COLUMN claimed_until;
