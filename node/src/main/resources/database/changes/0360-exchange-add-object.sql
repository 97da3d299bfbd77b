--liquibase formatted sql
--changeset exchange:0360

-- What an activity was about and whether it was for everyone, for its own address.
ALTER TABLE outbox_activity ADD COLUMN object ${uri};
ALTER TABLE outbox_activity ADD COLUMN for_all BOOLEAN DEFAULT FALSE NOT NULL;
