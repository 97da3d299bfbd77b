--liquibase formatted sql
--changeset exchange:0392

-- Of the signature it first came under: one that comes again is a copy, also after a restart.
ALTER TABLE inbox_activity ADD COLUMN signature VARCHAR(32);

-- Marks of their own took a commit for each request.
DROP TABLE seen_signature;
DELETE FROM job WHERE kind = 'forget-signatures';
