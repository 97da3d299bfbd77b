--liquibase formatted sql
--changeset peer:0480

-- Nodes that our peers name as theirs, as read last.
CREATE TABLE peer_suggestion (
    named_by ${uuid} NOT NULL REFERENCES peer (id),
    base_url ${uri} NOT NULL,
    name VARCHAR(500) NOT NULL,
    PRIMARY KEY (named_by, base_url)
);
