--liquibase formatted sql
--changeset listing:0612

-- Under which of the nine topics a term of another taxonomy stands; "-" for none.
CREATE TABLE term_topic (
    term_id ${uuid} NOT NULL PRIMARY KEY,
    topic VARCHAR(20) NOT NULL,
    inherited BOOLEAN NOT NULL
);
