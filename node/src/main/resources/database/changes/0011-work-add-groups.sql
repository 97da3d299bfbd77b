--liquibase formatted sql
--changeset work:0011

-- Jobs of one kind and group (for example: of one other server) share its places.
ALTER TABLE job ADD COLUMN work_group ${key} DEFAULT '' NOT NULL;
CREATE INDEX job_group ON job (kind, work_group, due);
