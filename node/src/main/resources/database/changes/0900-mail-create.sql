--liquibase formatted sql
--changeset mail:0900

-- Letters that are to be sent, and those that were given up (failed_at). Nothing of what they say is in them.
CREATE TABLE mail_post (
    id ${uuid} NOT NULL PRIMARY KEY,
    kind ${key} NOT NULL,
    reference ${key} NOT NULL,
    owner ${uuid} NOT NULL,
    recipient ${key} NOT NULL,
    language ${key} NOT NULL,
    made_at BIGINT NOT NULL,
    failed_at BIGINT,
    code ${key}
);
CREATE INDEX mail_post_owner ON mail_post (owner, failed_at);
CREATE INDEX mail_post_reference ON mail_post (kind, reference);
