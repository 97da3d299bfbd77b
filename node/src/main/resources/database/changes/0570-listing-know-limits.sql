--liquibase formatted sql
--changeset listing:0570

-- One row: the last number in the limit ledger of the key folder that this database has taken in.
CREATE TABLE known_limits (last_number BIGINT NOT NULL);
INSERT INTO known_limits VALUES (0);
