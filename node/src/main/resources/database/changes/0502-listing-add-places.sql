--liquibase formatted sql
--changeset listing:0502

-- Which published service shows which service_at_location; those that hide their place show none.
CREATE TABLE listing_place (
    id ${uuid} NOT NULL PRIMARY KEY,
    service_id ${uuid} NOT NULL
);
CREATE INDEX listing_place_service ON listing_place (service_id);
