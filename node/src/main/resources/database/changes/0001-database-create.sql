--liquibase formatted sql
--changeset database:0001

-- What identifies this node for ever (base URL, account domain, restore id).
CREATE TABLE node_identity (name ${key} NOT NULL PRIMARY KEY, value ${uri} NOT NULL);

-- One row, locked by the last statement of every transaction that changes something others follow.
CREATE TABLE change_counter (last_number BIGINT NOT NULL);
INSERT INTO change_counter VALUES (0);

-- The fingerprint of the change files applied last.
CREATE TABLE change_files (fingerprint VARCHAR(64) NOT NULL);
