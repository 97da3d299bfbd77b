--liquibase formatted sql
--changeset peer:0490

-- That an organisation hosted here vouches for a partner. What was taken back stays: its address says so.
CREATE TABLE vouch (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    about ${uri} NOT NULL,
    given_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    taken_back_at BIGINT
);
CREATE INDEX vouch_by_organization ON vouch (organization);

-- That a partner vouches for an organisation hosted here, to be named where we ask to become a peer.
CREATE TABLE received_vouch (
    uri ${uri} NOT NULL PRIMARY KEY,
    voucher ${uri} NOT NULL,
    organization ${uuid} NOT NULL,
    ends_at BIGINT NOT NULL
);

-- What a node named that asks to become our peer; voucher, about and seen_at are empty until it was read where it was given and found to be true.
CREATE TABLE named_vouch (
    peer_id ${uuid} NOT NULL REFERENCES peer (id),
    uri ${uri} NOT NULL,
    voucher ${uri},
    about ${uri},
    seen_at BIGINT,
    PRIMARY KEY (peer_id, uri)
);
