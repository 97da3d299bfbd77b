--liquibase formatted sql
--changeset listing:0650

-- What was uploaded stayed for a day at most.
DROP TABLE listing_upload;

-- A file that staff sent for an import; it lies in the folder "uploads" until it is imported.
CREATE TABLE listing_file (
    id ${uuid} NOT NULL PRIMARY KEY,
    publisher_id ${uuid} NOT NULL,
    account_id ${uuid} NOT NULL,
    name VARCHAR(500) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    state VARCHAR(20) NOT NULL,
    wish ${text},
    code ${key},
    sent_at BIGINT NOT NULL
);
CREATE INDEX listing_file_publisher ON listing_file (publisher_id, sent_at);
