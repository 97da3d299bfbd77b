--liquibase formatted sql
--changeset peer:0400

-- Other nodes: asked, asking, peers, former peers, blocked ones.
CREATE TABLE peer (
    id ${uuid} NOT NULL PRIMARY KEY,
    base_url ${uri} NOT NULL UNIQUE,
    actor ${uri} NOT NULL UNIQUE,
    name VARCHAR(500) NOT NULL,
    state VARCHAR(10) NOT NULL,
    follow ${uri},
    wants_copies BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- The organisations a peer says it hosts.
CREATE TABLE peer_organization (
    actor ${uri} NOT NULL PRIMARY KEY,
    peer_id ${uuid} NOT NULL,
    name VARCHAR(500) NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX peer_organization_peer ON peer_organization (peer_id);
