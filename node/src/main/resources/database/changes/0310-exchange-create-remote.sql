--liquibase formatted sql
--changeset exchange:0310

-- The last document each remote actor published.
CREATE TABLE remote_actor (
    id ${uri} NOT NULL PRIMARY KEY,
    host ${key} NOT NULL,
    document ${bytes} NOT NULL,
    fetched_at BIGINT NOT NULL
);
CREATE INDEX remote_actor_host ON remote_actor (host);

-- Every key a remote actor was ever seen with. A key that is no longer listed keeps its row.
CREATE TABLE remote_key (
    actor ${uri} NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    algorithm VARCHAR(10) NOT NULL,
    first_seen BIGINT NOT NULL,
    gone_since BIGINT,
    PRIMARY KEY (actor, fingerprint)
);

-- How each host fares.
CREATE TABLE remote_host (
    host ${key} NOT NULL PRIMARY KEY,
    heard_at BIGINT,
    reached_at BIGINT,
    failed_at BIGINT,
    failures INTEGER NOT NULL,
    rest_until BIGINT
);

-- Signatures accepted within their time window, so that none is accepted twice, restart or not.
CREATE TABLE seen_signature (
    digest VARCHAR(64) NOT NULL PRIMARY KEY,
    forget_at BIGINT NOT NULL
);
CREATE INDEX seen_signature_forget ON seen_signature (forget_at);
