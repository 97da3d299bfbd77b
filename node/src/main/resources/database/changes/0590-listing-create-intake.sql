--liquibase formatted sql
--changeset listing:0590

-- What the columns of a table mean, kept for next time by the publisher.
CREATE TABLE listing_mapping (
    publisher_id ${uuid} NOT NULL,
    name ${key} NOT NULL,
    document ${text} NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (publisher_id, name)
);

-- A table that staff uploaded and have not imported yet.
CREATE TABLE listing_upload (
    id ${uuid} NOT NULL PRIMARY KEY,
    publisher_id ${uuid} NOT NULL,
    name VARCHAR(500) NOT NULL,
    content ${bytes} NOT NULL,
    uploaded_at BIGINT NOT NULL
);

-- HSDS APIs of others that are read every day.
CREATE TABLE listing_feed (
    id ${uuid} NOT NULL PRIMARY KEY,
    publisher_id ${uuid} NOT NULL,
    url ${uri} NOT NULL,
    etag VARCHAR(500),
    read_at BIGINT,
    whole_at BIGINT,
    failures INTEGER NOT NULL,
    state VARCHAR(500) NOT NULL
);
CREATE UNIQUE INDEX listing_feed_url ON listing_feed (publisher_id, url);

-- What came from them, to see what is gone there.
CREATE TABLE listing_feed_item (
    feed_id ${uuid} NOT NULL,
    foreign_id ${key} NOT NULL,
    PRIMARY KEY (feed_id, foreign_id)
);

-- Two listings that may be one.
CREATE TABLE listing_twin (
    one_id ${uuid} NOT NULL,
    other_id ${uuid} NOT NULL,
    reason VARCHAR(20) NOT NULL,
    state VARCHAR(20) NOT NULL,
    found_at BIGINT NOT NULL,
    PRIMARY KEY (one_id, other_id)
);
