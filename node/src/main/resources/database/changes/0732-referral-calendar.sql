--liquibase formatted sql
--changeset referral:0732

-- The days on which an organisation works, by which the clocks of requests run.
CREATE TABLE working_week (
    organization ${uuid} NOT NULL PRIMARY KEY,
    days ${key} NOT NULL
);
CREATE TABLE closed_days (
    organization ${uuid} NOT NULL,
    first_day VARCHAR(10) NOT NULL,
    last_day VARCHAR(10) NOT NULL,
    PRIMARY KEY (organization, first_day)
);
