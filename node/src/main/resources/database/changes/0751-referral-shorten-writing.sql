--liquibase formatted sql
--changeset referral:0751

-- Listings often asked together, words often used, and in which order somebody's spreadsheet has its columns. Nothing of a person.
CREATE TABLE receiver_set (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    name ${key} NOT NULL,
    listings ${uri} NOT NULL
);
CREATE INDEX receiver_set_organization ON receiver_set (organization);

CREATE TABLE reason_template (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    words ${uri} NOT NULL
);
CREATE INDEX reason_template_organization ON reason_template (organization);

CREATE TABLE column_order (
    organization ${uuid} NOT NULL,
    account ${uuid} NOT NULL,
    names ${uri} NOT NULL,
    PRIMARY KEY (organization, account)
);
