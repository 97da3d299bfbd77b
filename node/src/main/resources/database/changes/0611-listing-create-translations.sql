--liquibase formatted sql
--changeset listing:0611

-- What was translated when a text was translated: the original then, and the mark of the translation. The texts
-- themselves stand in the documents.
CREATE TABLE listing_text (
    aggregate_id ${uuid} NOT NULL,
    language VARCHAR(35) NOT NULL,
    member VARCHAR(60) NOT NULL,
    original ${text} NOT NULL,
    mark VARCHAR(64) NOT NULL,
    by_machine BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (aggregate_id, language, member)
);
