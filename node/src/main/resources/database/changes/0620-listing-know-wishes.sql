--liquibase formatted sql
--changeset listing:0620

-- How widely a listing was seen when a draft of it was written: what its writer left alone is no
-- wish of theirs. Empty for a new listing.
ALTER TABLE listing_draft ADD COLUMN from_kind VARCHAR(20);
ALTER TABLE listing_draft ADD COLUMN from_reach VARCHAR(20);
ALTER TABLE listing_draft ADD COLUMN from_place VARCHAR(20);
