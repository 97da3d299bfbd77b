--liquibase formatted sql
--changeset listing:0621

-- To find what is too old to be kept.
CREATE INDEX listing_version_happened ON listing_version (happened_at);
